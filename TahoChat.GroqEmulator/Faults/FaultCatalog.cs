using TahoChat.GroqEmulator.Wire;

namespace TahoChat.GroqEmulator.Faults;

/// <summary>All faults by name.</summary>
public static class FaultCatalog
{
    private static readonly Dictionary<string, Fault> _faults = new IReadOnlyList<Fault>[]
    {
        StatusFaults.All, BodyFaults.All, ConnectionFaults.All, LateFaults.All, CutFaults.All, EventFaults.All, EndFaults.All,
        ChunkFaults.All, WireFaults.All, ReplyFaults.All,
    }.SelectMany(list => list).ToDictionary(fault => fault.Name);

    /// <summary>Every fault there is, those of a kind together. All but <c>refused</c>: who refuses a connection does not see
    /// what it asks for; a port that nobody listens on does that.</summary>
    public static IReadOnlyList<FaultDescription> All { get; } = [.. _faults.Values.Select(fault => fault.About)];

    /// <summary>The fault of that name; null for <c>none</c>.</summary>
    /// <exception cref="GroqErrorException">There is none of that name: 400, with all names.</exception>
    internal static Fault? Find(string name) =>
        name == "none" ? null
        : _faults.TryGetValue(name, out var fault) ? fault
        : throw new GroqErrorException($"emulator: '{name}' is no fault. There are: none, {string.Join(", ", _faults.Keys)}.");
}
