using System.IO.Compression;

namespace TahoChat.Api.Import;

/// <summary>A zip that somebody sent. Nothing of it is ever written under a name of its own; what it says of itself is checked
/// before it is unpacked, and again while it is.</summary>
internal sealed class SafeZip : IAsyncDisposable
{
    private readonly ZipArchive _zip;

    private SafeZip(ZipArchive zip) => _zip = zip;

    public IReadOnlyList<ZipArchiveEntry> Entries => _zip.Entries;

    /// <param name="file">Seekable; it is closed with the zip.</param>
    /// <exception cref="ImportRefusedException">It is cut off, names a place outside of itself, or would become too large.</exception>
    public static async Task<SafeZip> OpenAsync(FileStream file, ImportLimits limits, CancellationToken cancellationToken)
    {
        ZipDirectory.Check(file, limits);
        ZipArchive zip;
        try
        {
            zip = await ZipArchive.CreateAsync(file, ZipArchiveMode.Read, leaveOpen: false, entryNameEncoding: null, cancellationToken);
            Check(zip.Entries, file.Length, limits);
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or ArgumentException or NotSupportedException)
        {
            throw new ImportRefusedException("The zip is cut off or damaged: its directory cannot be read.", ImportRefusedException.Damaged, exception);
        }

        return new SafeZip(zip);
    }

    /// <summary>The bytes of an entry; no more, and no other, than the zip's directory says.</summary>
    public static async Task<Stream> OpenAsync(ZipArchiveEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            return new EntryStream(await entry.OpenAsync(cancellationToken), entry);
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            throw EntryStream.Damaged(entry.FullName, exception);
        }
    }

    /// <summary>The same as a whole.</summary>
    public static async Task<byte[]> ReadAsync(ZipArchiveEntry entry, int cap, CancellationToken cancellationToken)
    {
        if (entry.Length > cap) throw new ImportRefusedException($"{entry.FullName} has more than {cap >> 20} MiB.", ImportRefusedException.TooLarge);
        await using var stream = await OpenAsync(entry, cancellationToken);
        using var bytes = new MemoryStream((int)entry.Length);
        await stream.CopyToAsync(bytes, cancellationToken);
        return bytes.GetBuffer().Length == bytes.Length ? bytes.GetBuffer() : bytes.ToArray();
    }

    public async ValueTask DisposeAsync() => await _zip.DisposeAsync();

    private static void Check(IReadOnlyList<ZipArchiveEntry> entries, long fileLength, ImportLimits limits)
    {
        var (unpacked, packed) = (0L, 0L);
        foreach (var (index, entry) in entries.Index())
        {
            if (!IsInside(entry.FullName))
                throw new ImportRefusedException($"Entry {index + 1} of the zip has a name that leads out of it.", ImportRefusedException.UnsafeName);
            if (entry.IsEncrypted) throw new ImportRefusedException($"{entry.FullName} in the zip is encrypted.", ImportRefusedException.Damaged);
            unpacked += entry.Length;
            packed += entry.CompressedLength;
            if (entry.Length > Largest(entry))
                throw new ImportRefusedException($"{entry.FullName} in the zip is packed more than {ImportLimits.Ratio} times smaller than it is.", ImportRefusedException.Bomb);
            if (unpacked > limits.Unpacked || unpacked < 0)
                throw new ImportRefusedException($"The zip holds more than {limits.Unpacked >> 20} MiB.", ImportRefusedException.Bomb);
            // Entries that share their bytes: a bomb of another kind.
            if (packed > fileLength || packed < 0)
                throw new ImportRefusedException("The entries of the zip are larger than the zip.", ImportRefusedException.Bomb);
        }
    }

    /// <summary>What an entry may unpack to.</summary>
    internal static long Largest(ZipArchiveEntry entry) => Math.Max(ImportLimits.Unasked, entry.CompressedLength * ImportLimits.Ratio);

    private static bool IsInside(string name) =>
        name.Length > 0
        && !name.StartsWith('/')
        && !name.Any(letter => letter is '\\' or ':' || char.IsControl(letter))
        && !name.Split('/').Contains("..");
}
