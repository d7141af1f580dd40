using TahoChat.Api.Settings;

namespace TahoChat.Api.Import;

/// <summary>Where a file is while it is imported: in a folder beside the database, under a name of ours.</summary>
internal sealed class ImportFiles(DatabaseSettings settings)
{
    private readonly string _folder = settings.Path + ".imports";

    public FileStream Create()
    {
        Directory.CreateDirectory(_folder);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = 64 * 1024,
            Options = FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(Path.Combine(_folder, $"{Guid.CreateVersion7():N}.part"), options);
    }

    /// <summary>What cannot be deleted now is deleted at the next start.</summary>
    public void Delete(string path)
    {
        try
        {
            File.Delete(path);
            if (!Directory.EnumerateFileSystemEntries(_folder).Any()) Directory.Delete(_folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Somebody looks at it.
        }
    }

    /// <summary>Deletes what a process that ended left.</summary>
    public void Sweep()
    {
        try
        {
            if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next start.
        }
    }
}
