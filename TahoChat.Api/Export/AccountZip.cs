using System.IO.Compression;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TahoChat.Api.Attachments;
using TahoChat.Api.Data;

namespace TahoChat.Api.Export;

/// <summary>The whole account as one zip, written as it is read: what is in memory is a few messages, or one attachment. The
/// same account gives the same entries, byte for byte, but for the manifest's time.</summary>
internal sealed class AccountZip(IDbContextFactory<ChatDbContext> contexts, TimeProvider time)
{
    public const string ManifestName = "manifest.json";
    public const string PromptsName = "prompts.json";
    public const string ConversationsFolder = "conversations/";
    public const string AttachmentsFolder = "attachments/";

    /// <summary>The earliest that a zip can say.</summary>
    private static readonly DateTimeOffset _noTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="body">Is written to alone, asynchronously; need not be seekable.</param>
    public async Task WriteAsync(Stream body, string ownerId, ExportProgress progress, CancellationToken cancellationToken)
    {
        await using var snapshot = await Snapshot.OpenAsync(contexts, ownerId, cancellationToken);
        var counts = await snapshot.CountAsync(cancellationToken);
        progress.Begin(counts);
        await using var target = new ZipTarget(body);
        await using (var zip = await ZipArchive.CreateAsync(target, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken))
        {
            await AddAllAsync(zip, snapshot, counts, progress, cancellationToken);
        }

        await target.FlushAsync(cancellationToken);
    }

    /// <summary>The ending helps people alone; readers look at the bytes.</summary>
    public static string NameOf(AttachmentFile file) =>
        $"{AttachmentsFolder}{file.Uid}{(file.Kind == AttachmentKind.Text ? ".txt" : $".{file.MediaType[(file.MediaType.IndexOf('/', StringComparison.Ordinal) + 1)..]}")}";

    private async Task AddAllAsync(
        ZipArchive zip, Snapshot snapshot, ExportCounts counts, ExportProgress progress, CancellationToken cancellationToken)
    {
        await AddAsync(zip, ManifestName, new Manifest(Manifest.FormatName, Manifest.CurrentVersion, time.GetUtcNow().UtcDateTime, counts), cancellationToken);
        await AddAsync(zip, PromptsName, await snapshot.PromptsAsync(cancellationToken), cancellationToken);
        using var probe = new ProbeStream();
        foreach (var id in await snapshot.ConversationIdsAsync(cancellationToken))
        {
            await AddConversationAsync(zip, snapshot, id, probe, cancellationToken);
            progress.ConversationDone();
        }

        foreach (var file in await snapshot.AttachmentsAsync(cancellationToken))
        {
            var bytes = await snapshot.ContentAsync(file.Id, cancellationToken);
            await AddAsync(zip, NameOf(file), LevelOf(file, bytes), stream => stream.WriteAsync(bytes, cancellationToken).AsTask(), cancellationToken);
            progress.AttachmentDone();
        }
    }

    private static async Task AddConversationAsync(
        ZipArchive zip, Snapshot snapshot, long id, ProbeStream probe, CancellationToken cancellationToken)
    {
        var conversation = (await snapshot.ConversationAsync(id, cancellationToken))!;
        var tree = await snapshot.TreeAsync(id, cancellationToken);
        var head = await snapshot.HeadAsync(conversation, tree, cancellationToken);
        var name = $"{ConversationsFolder}{conversation.Uid}.json";
        probe.Restart();
        await ExportJson.WriteAsync(probe, head, snapshot.PortablesAsync(tree, cancellationToken), cancellationToken);
        if (probe.Whole is { } whole) await AddAsync(zip, name, CompressionLevel.Fastest, stream => stream.WriteAsync(whole, cancellationToken).AsTask(), cancellationToken);
        else await AddAsync(zip, name, probe.Level, stream => ExportJson.WriteAsync(stream, head, snapshot.PortablesAsync(tree, cancellationToken), cancellationToken), cancellationToken);
    }

    /// <summary>Pictures are compressed already.</summary>
    private static CompressionLevel LevelOf(AttachmentFile file, byte[] bytes)
    {
        if (file.Kind == AttachmentKind.Image) return CompressionLevel.NoCompression;
        using var probe = new ProbeStream();
        probe.Write(bytes);
        return probe.Whole is null ? probe.Level : CompressionLevel.Fastest;
    }

    private static Task AddAsync<T>(ZipArchive zip, string name, T value, CancellationToken cancellationToken) =>
        AddAsync(zip, name, CompressionLevel.Fastest, stream => JsonSerializer.SerializeAsync(stream, value, ExportJson.Options, cancellationToken), cancellationToken);

    private static async Task AddAsync(
        ZipArchive zip, string name, CompressionLevel level, Func<Stream, Task> write, CancellationToken cancellationToken)
    {
        var entry = zip.CreateEntry(name, level);
        entry.LastWriteTime = _noTime;
        await using var stream = await entry.OpenAsync(cancellationToken);
        await write(stream);
    }
}
