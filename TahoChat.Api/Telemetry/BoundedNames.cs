using System.Collections.Concurrent;

namespace TahoChat.Api.Telemetry;

/// <summary>Names that come from people or from elsewhere, such as models', as values of a metric's attribute: the first
/// hundred are kept, all others are <c>other</c>, so that nobody can fill the memory of what stores them.</summary>
internal sealed class BoundedNames
{
    /// <summary>How many there are at most.</summary>
    public const int Most = 100;

    /// <summary>All beyond them.</summary>
    public const string Other = "other";

    private readonly ConcurrentDictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <summary>The name itself, or <see cref="Other"/>.</summary>
    public string Of(string name)
    {
        if (_names.TryGetValue(name, out var known)) return known;
        return _names.Count < Most ? _names.GetOrAdd(name, name) : Other;
    }
}
