using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.FileProviders;

namespace TahoChat.Api.Frontend;

/// <summary>The policies of the export's files, worked out when a file is first asked for and again when it changes.</summary>
internal sealed class ExportPolicies
{
    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    /// <summary>The policy that a file is sent with.</summary>
    /// <exception cref="IOException">The page cannot be read.</exception>
    public string Of(IFileInfo file)
    {
        if (!file.Name.EndsWith(".html", StringComparison.OrdinalIgnoreCase)) return ContentPolicy.Script;
        var path = file.PhysicalPath!;
        if (_known.TryGetValue(path, out var known) && known.Modified == file.LastModified && known.Length == file.Length) return known.Policy;
        var policy = ContentPolicy.OfExport(File.ReadAllText(path, Encoding.UTF8));
        _known[path] = new Known(file.LastModified, file.Length, policy);
        return policy;
    }

    private sealed record Known(DateTimeOffset Modified, long Length, string Policy);
}
