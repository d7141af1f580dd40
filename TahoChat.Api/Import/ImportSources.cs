using System.Text.Json;

namespace TahoChat.Api.Import;

/// <summary>Finds out by its content what a file is.</summary>
internal static class ImportSources
{
    private static ReadOnlySpan<byte> Sqlite => "SQLite format 3\0"u8;

    /// <exception cref="ImportRefusedException">It is none of the formats that are known, damaged, or beyond a limit.</exception>
    public static async Task<ImportSource> OpenAsync(string path, string ownerId, ImportLimits limits, CancellationToken cancellationToken)
    {
        var head = new byte[16];
        int count;
        await using (var file = new FileStream(path, FileMode.Open, FileAccess.Read))
        {
            count = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        }

        if (count == 0) throw new ImportRefusedException("The file is empty.");
        if (head.AsSpan(0, count) is [(byte)'P', (byte)'K', 3 or 5, 4 or 6, ..]) return await OpenZipAsync(path, ownerId, limits, cancellationToken);
        if (head.AsSpan().SequenceEqual(Sqlite)) return FastApiDatabase.Open(path, ownerId, limits, cancellationToken);
        return LooksLikeJson(head.AsSpan(0, count))
            ? await OpenJsonAsync(path, ownerId, limits, cancellationToken)
            : throw new ImportRefusedException("The file is neither a zip nor JSON nor a database.", ImportRefusedException.Unknown);
    }

    private static async Task<ImportSource> OpenZipAsync(string path, string ownerId, ImportLimits limits, CancellationToken cancellationToken)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, useAsync: true);
        SafeZip zip;
        try
        {
            zip = await SafeZip.OpenAsync(file, limits, cancellationToken);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }

        try
        {
            return await OwnZip.OpenAsync(zip, limits, cancellationToken) as ImportSource
                ?? await ForeignFileSource.OpenAsync(zip, ownerId, limits, cancellationToken)
                ?? throw new ImportRefusedException("The zip holds no export of TahoChat, and no conversations.json of ChatGPT.", ImportRefusedException.Unknown);
        }
        catch
        {
            await zip.DisposeAsync();
            throw;
        }
    }

    private static async Task<ImportSource> OpenJsonAsync(string path, string ownerId, ImportLimits limits, CancellationToken cancellationToken)
    {
        await using (var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, useAsync: true))
        {
            await foreach (var json in new JsonItems(file, limits.Conversation, "The file").ReadAsync(cancellationToken))
            {
                using var document = ForeignJson.Parse(json);
                if (IsOwn(document.RootElement)) return new OwnFile(json.ToArray());
                break;
            }
        }

        return await ForeignFileSource.OpenAsync(path, ownerId, limits, cancellationToken);
    }

    private static bool IsOwn(JsonElement file)
    {
        try
        {
            return file.Get("format") is { ValueKind: JsonValueKind.String } && file.Object("conversation") is not null;
        }
        catch (InvalidOperationException)
        {
            // Half of a character in a name: whoever reads it next says where.
            return false;
        }
    }

    private static bool LooksLikeJson(ReadOnlySpan<byte> head)
    {
        if (head is [0xEF, 0xBB, 0xBF, ..]) head = head[3..];
        head = head.TrimStart(" \t\r\n"u8);
        return head.Length == 0 || head[0] is (byte)'{' or (byte)'[';
    }
}
