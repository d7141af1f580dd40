using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using TahoChat.Api.Attachments;

namespace TahoChat.Api.Import;

/// <summary>What another program exported as JSON: a file, or ChatGPT's zip with <c>conversations.json</c> in it.</summary>
internal sealed partial class ForeignFileSource : ImportSource
{
    private readonly IReadOnlyList<(string Name, Func<CancellationToken, Task<Stream>> OpenAsync, long Length)> _parts;
    private readonly SafeZip? _zip;
    private readonly Dictionary<string, ZipArchiveEntry> _files;
    private readonly string _ownerId;
    private readonly ImportLimits _limits;
    private int _done;
    private double _part;

    private ForeignFileSource(
        string format, string ownerId, ImportLimits limits, SafeZip? zip, IReadOnlyList<(string, Func<CancellationToken, Task<Stream>>, long)> parts)
    {
        (Format, _ownerId, _limits, _zip, _parts) = (format, ownerId, limits, zip, parts);
        _files = (zip?.Entries ?? []).GroupBy(entry => FileId().Match(entry.Name).Value).Where(group => group.Key.Length > 0)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
    }

    public override string Format { get; }

    public override double Read => Math.Min(1, (_done + _part) / _parts.Count);

    /// <exception cref="ImportRefusedException">It is none of the formats that are known.</exception>
    public static async Task<ForeignFileSource> OpenAsync(string path, string ownerId, ImportLimits limits, CancellationToken cancellationToken)
    {
        Task<Stream> Open(CancellationToken _) => Task.FromResult<Stream>(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, useAsync: true));
        await using var stream = await Open(cancellationToken);
        var format = await FormatOfAsync(stream, "The file", limits, cancellationToken);
        return new ForeignFileSource(format, ownerId, limits, null, [("The file", Open, stream.Length)]);
    }

    /// <summary>Null where the zip has no <c>conversations.json</c>, nor the <c>conversations-000.json</c>… of larger exports.</summary>
    public static async Task<ForeignFileSource?> OpenAsync(SafeZip zip, string ownerId, ImportLimits limits, CancellationToken cancellationToken)
    {
        var entries = zip.Entries.Where(entry => Conversations().IsMatch(entry.Name)).OrderBy(entry => entry.FullName, StringComparer.Ordinal).ToList();
        if (entries.Count == 0) return null;
        await using var first = await SafeZip.OpenAsync(entries[0], cancellationToken);
        var format = await FormatOfAsync(first, entries[0].FullName, limits, cancellationToken);
        return new ForeignFileSource(format, ownerId, limits, zip, [.. entries.Select(entry =>
            (entry.FullName, (Func<CancellationToken, Task<Stream>>)(cancel => SafeZip.OpenAsync(entry, cancel)), entry.Length))]);
    }

    public override async IAsyncEnumerable<ImportItem> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        (_done, _part) = (0, 0);
        foreach (var (name, openAsync, length) in _parts)
        {
            await using var stream = await openAsync(cancellationToken);
            var number = 0;
            await foreach (var json in new JsonItems(stream, _limits.Conversation, name).ReadAsync(cancellationToken))
            {
                var where = $"{name}, conversation {++number}";
                using var document = ForeignJson.Parse(json);
                var item = await ReadAsync(document.RootElement, where, cancellationToken);
                _part = Math.Min(1, (double)stream.Position / length);
                yield return item;
            }

            (_done, _part) = (_done + 1, 0);
        }
    }

    public override ValueTask DisposeAsync() => _zip?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<ImportItem> ReadAsync(JsonElement item, string where, CancellationToken cancellationToken)
    {
        try
        {
            if (item.Text("title") is { Length: > 0 } title) where += $" (“{ImportRules.Text(title)}”)";
            if (FormatOf(item) != Format) throw ImportRules.Wrong(where, $"it is not as {Format} exports it");
            return Conversation(item, await PicturesAsync(item, cancellationToken), where).ToItem(_ownerId, where);
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException or OverflowException)
        {
            throw Unreadable(where, exception);
        }
    }

    private ForeignConversation Conversation(JsonElement item, Dictionary<string, ForeignFile> pictures, string where) => Format switch
    {
        ChatGptConversation.Source => ChatGptConversation.Read(item, pictures.GetValueOrDefault, where),
        OpenWebUiConversation.Source => OpenWebUiConversation.Read(item, where),
        _ => LibreChatConversation.Read(item, where),
    };

    /// <summary>What the pictures that a person sent are; their bytes are read again where they are kept.</summary>
    private async Task<Dictionary<string, ForeignFile>> PicturesAsync(JsonElement item, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, ForeignFile>(StringComparer.Ordinal);
        if (_files.Count == 0) return found;
        foreach (var node in item.Object("mapping")?.EnumerateObject() ?? default)
        {
            var parts = node.Value.Object("message") is { } message && message.Object("author")?.Text("role") == "user" ? message.Object("content")?.List("parts") ?? [] : [];
            foreach (var pointer in parts.Select(part => part.Text("asset_pointer")).OfType<string>())
            {
                var id = pointer[(pointer.LastIndexOf('/') + 1)..];
                if (_files.TryGetValue(id, out var entry) && entry.Length <= AttachmentLimits.File && !found.ContainsKey(id))
                    found[id] = await ForeignFile.OfAsync(entry.Name, cancel => SafeZip.ReadAsync(entry, AttachmentLimits.File, cancel), cancellationToken);
            }
        }

        return found;
    }

    private static async Task<string> FormatOfAsync(Stream stream, string where, ImportLimits limits, CancellationToken cancellationToken)
    {
        await foreach (var json in new JsonItems(stream, limits.Conversation, where).ReadAsync(cancellationToken))
        {
            using var document = ForeignJson.Parse(json);
            return FirstFormatOf(document.RootElement, where) ?? throw new ImportRefusedException(
                $"{where} is JSON, but no export of TahoChat, ChatGPT, Open WebUI or LibreChat.", ImportRefusedException.Unknown);
        }

        throw new ImportRefusedException($"{where} holds no conversations.", ImportRefusedException.Unknown);
    }

    private static string? FirstFormatOf(JsonElement item, string where)
    {
        try
        {
            return FormatOf(item);
        }
        catch (InvalidOperationException exception)
        {
            throw Unreadable($"{where}, conversation 1", exception);
        }
    }

    /// <summary>Half of a character in a name, which the reader of JSON does not take.</summary>
    private static ImportRefusedException Unreadable(string where, Exception exception) =>
        new($"{where}: a name or a number in it cannot be read.", inner: exception);

    private static string? FormatOf(JsonElement item) =>
        ChatGptConversation.Fits(item) ? ChatGptConversation.Source
        : OpenWebUiConversation.Fits(item) ? OpenWebUiConversation.Source
        : LibreChatConversation.Fits(item) ? LibreChatConversation.Source
        : null;

    [GeneratedRegex(@"^conversations(-\d{1,6})?\.json$")]
    private static partial Regex Conversations();

    /// <summary>What a picture's name begins with: its id.</summary>
    [GeneratedRegex("^file[-_][0-9A-Za-z]+")]
    private static partial Regex FileId();
}
