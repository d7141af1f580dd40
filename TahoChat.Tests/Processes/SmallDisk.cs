using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace TahoChat.Tests.Processes;

/// <summary>A disk that can be full: a file system of a few megabytes in memory where the tests may mount one, else a limit to the
/// size of the server's files.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly string _folder;
    private readonly bool _isMounted;
    private ApiProcess? _limited;

    private SmallDisk(string folder, bool isMounted) => (_folder, _isMounted) = (folder, isMounted);

    private string Filler => Path.Combine(_folder, "filler");

    /// <summary>Takes an empty folder.</summary>
    public static async Task<SmallDisk> MountAsync(string folder, CancellationToken cancellationToken) =>
        new(folder, await RunAsync("mount", ["-t", "tmpfs", "-o", "size=3m", "tmpfs", folder], cancellationToken));

    /// <summary>From now on the server's files cannot grow, or not be written beyond their first pages.</summary>
    public async Task FillAsync(ApiProcess api, CancellationToken cancellationToken)
    {
        if (_isMounted)
        {
            await FillAsync(cancellationToken);
            return;
        }

        _limited = api;
        await LimitAsync("4096", cancellationToken);
    }

    /// <summary>There is room again.</summary>
    public async Task FreeAsync(CancellationToken cancellationToken)
    {
        if (_isMounted) File.Delete(Filler);
        else await LimitAsync("unlimited", cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_isMounted) Assert.True(await RunAsync("umount", [_folder], CancellationToken.None));
    }

    private async Task LimitAsync(string size, CancellationToken cancellationToken) => Assert.True(await RunAsync(
        "prlimit", ["--pid", _limited!.Id.ToString(CultureInfo.InvariantCulture), $"--fsize={size}:"], cancellationToken));

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        var piece = new byte[4096];
        await using var filler = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true) await filler.WriteAsync(piece, cancellationToken);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    private static async Task<bool> RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            await process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            // There is no such program.
            return false;
        }
    }
}
