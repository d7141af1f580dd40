using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json;
using TahoChat.Api.Attachments;
using TahoChat.Api.Export;

namespace TahoChat.Api.Import;

/// <summary>An account's export of this program.</summary>
internal sealed class OwnZip : ImportSource
{
    private readonly SafeZip _zip;
    private readonly ImportLimits _limits;
    private readonly Manifest _manifest;
    private readonly List<ZipArchiveEntry> _conversations;
    private readonly Dictionary<Guid, ZipArchiveEntry> _attachments = [];
    private int _read;

    private OwnZip(SafeZip zip, ImportLimits limits, Manifest manifest)
    {
        (_zip, _limits, _manifest) = (zip, limits, manifest);
        _conversations = [.. zip.Entries.Where(entry => UidIn(entry, AccountZip.ConversationsFolder) is not null)];
        foreach (var entry in zip.Entries)
        {
            if (UidIn(entry, AccountZip.AttachmentsFolder) is { } uid && !_attachments.TryAdd(uid, entry))
                throw new ImportRefusedException($"{entry.FullName} is in the zip twice.");
        }

        if (_conversations.Count != manifest.Counts.Conversations || _attachments.Count != manifest.Counts.Attachments)
            throw new ImportRefusedException(
                $"The zip is not whole: {AccountZip.ManifestName} tells of {manifest.Counts.Conversations} conversations and {manifest.Counts.Attachments} attachments, "
                + $"there are {_conversations.Count} and {_attachments.Count}.");
    }

    public override string Format => "tahochat";

    public override double Read => _conversations.Count == 0 ? 1 : (double)_read / _conversations.Count;

    /// <summary>Null where it is no export of this program.</summary>
    public static async Task<OwnZip?> OpenAsync(SafeZip zip, ImportLimits limits, CancellationToken cancellationToken)
    {
        if (zip.Entries.FirstOrDefault(entry => entry.FullName == AccountZip.ManifestName) is not { } entry) return null;
        var manifest = await ReadAsync<Manifest>(entry, ImportLimits.Unasked, cancellationToken);
        OwnFormat.Check(manifest.Format, manifest.Version, AccountZip.ManifestName);
        return new OwnZip(zip, limits, manifest);
    }

    public override async IAsyncEnumerable<ImportItem> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _read = 0;
        foreach (var entry in _conversations)
        {
            var read = await ReadAsync<PortableConversation>(entry, _limits.Conversation, cancellationToken);
            if (UidIn(entry, AccountZip.ConversationsFolder) != read.Uid) throw ImportRules.Wrong(entry.FullName, "its uid is not the one in its name");
            var conversation = ImportRules.Check(read, entry.FullName);
            foreach (var attachment in conversation.Messages!.SelectMany(message => message.Attachments ?? []))
            {
                if (!_attachments.TryGetValue(attachment.Uid, out var file)) throw ImportRules.Wrong(entry.FullName, $"the attachment {attachment.Uid} is not in the zip");
                if (file.Length != attachment.Size) throw ImportRules.Wrong(file.FullName, "it has another size than its message says");
            }

            yield return new ImportItem(conversation, (uid, cancel) => SafeZip.ReadAsync(_attachments[uid], AttachmentLimits.File, cancel));
            _read++;
        }
    }

    public override async Task<IReadOnlyList<PortablePrompt>> PromptsAsync(CancellationToken cancellationToken)
    {
        if (_zip.Entries.FirstOrDefault(entry => entry.FullName == AccountZip.PromptsName) is not { } entry)
            return _manifest.Counts.Prompts == 0 ? [] : throw new ImportRefusedException($"The zip is not whole: {AccountZip.PromptsName} is missing.");
        var prompts = await ReadAsync<List<PortablePrompt>>(entry, _limits.Conversation, cancellationToken);
        return [.. prompts.Select((prompt, index) => ImportRules.Check(prompt, $"{AccountZip.PromptsName}, preset {index + 1}"))];
    }

    public override ValueTask DisposeAsync() => _zip.DisposeAsync();

    private static async Task<T> ReadAsync<T>(ZipArchiveEntry entry, int cap, CancellationToken cancellationToken) where T : class =>
        OwnFormat.Parse<T>(await SafeZip.ReadAsync(entry, cap, cancellationToken), entry.FullName);

    /// <summary>The uid in a name such as <c>conversations/….json</c>.</summary>
    private static Guid? UidIn(ZipArchiveEntry entry, string folder) =>
        entry.FullName.StartsWith(folder, StringComparison.Ordinal)
        && Guid.TryParseExact(entry.FullName[folder.Length..].Split('.')[0], "D", out var uid) ? uid : null;
}

/// <summary>What is the same in an account's zip and in a conversation's file.</summary>
internal static class OwnFormat
{
    public static T Parse<T>(ReadOnlyMemory<byte> json, string where) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json.Span, ExportJson.Options) ?? throw ImportRules.Wrong(where, "it is null");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            var line = exception is JsonException { LineNumber: { } number, BytePositionInLine: { } at } ? $" at line {number + 1}, byte {at + 1}" : "";
            throw ImportRules.Wrong(where, $"it is no JSON of this format{line}");
        }
    }

    public static void Check(string format, int version, string where)
    {
        if (format != Manifest.FormatName) throw new ImportRefusedException($"{where}: the format is not {Manifest.FormatName}.", ImportRefusedException.Unknown);
        if (version is < 1 or > Manifest.CurrentVersion)
            throw new ImportRefusedException($"{where}: the format has version {version}; this server reads {Manifest.CurrentVersion}.", ImportRefusedException.Newer);
    }
}
