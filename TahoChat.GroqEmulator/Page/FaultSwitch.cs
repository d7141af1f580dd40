using TahoChat.GroqEmulator.Directives;
using TahoChat.GroqEmulator.Faults;
using TahoChat.GroqEmulator.Wire;

namespace TahoChat.GroqEmulator.Page;

/// <summary>A fault that strikes requests that ask for none themselves.</summary>
/// <param name="Left">How many more requests; null until it is switched off.</param>
/// <param name="Directives">What goes with it, such as <c>retry_after=2</c>; empty for nothing.</param>
internal sealed record ArmedFault(string Name, int? Left, string Directives);

/// <summary>The switch of the emulator's page. Safe from any thread.</summary>
internal sealed class FaultSwitch
{
    private readonly Lock _gate = new();
    private ArmedFault? _armed;

    /// <summary>What is switched on; null for nothing.</summary>
    public ArmedFault? Armed
    {
        get { lock (_gate) return _armed; }
    }

    /// <exception cref="GroqErrorException">There is no such fault or directive: 400, with those that there are.</exception>
    public void Arm(ArmedFault armed)
    {
        _ = FaultCatalog.Find(armed.Name) ?? throw new GroqErrorException($"emulator: '{armed.Name}' is no fault to switch on.");
        _ = Read(armed);
        lock (_gate) _armed = armed;
    }

    public void Disarm()
    {
        lock (_gate) _armed = null;
    }

    /// <summary>Strikes once: the directives of the fault that is on, and one request less is left; null where none is.</summary>
    public RequestDirectives? Take()
    {
        lock (_gate)
        {
            if (_armed is not { } armed) return null;
            if (armed.Left is { } left) _armed = left > 1 ? armed with { Left = left - 1 } : null;
            return Read(armed);
        }
    }

    private static RequestDirectives Read(ArmedFault armed) => RequestDirectives.None.With(armed.Directives) with { Fault = FaultCatalog.Find(armed.Name) };
}
