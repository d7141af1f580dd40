using System.Runtime.InteropServices;

namespace TahoChat.Api.Lifetime;

/// <summary>The operating system's signals: SIGTERM asks for the end with patience, SIGINT and SIGQUIT (on Windows Ctrl+C and
/// Ctrl+Break) and any second one at once. The host's own handler takes them all alike.</summary>
internal sealed class Signals(Ending ending) : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> _registrations = [];

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGQUIT, PosixSignal.SIGTERM])
            _registrations.Add(PosixSignalRegistration.Create(signal, Handle));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _registrations.Clear();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        ending.Ask(patiently: context.Signal == PosixSignal.SIGTERM);
    }
}
