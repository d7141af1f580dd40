using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace TahoChat.Bench;

/// <summary>A program of ours as a process of its own, on a loopback port of its own.</summary>
internal sealed class Server : IAsyncDisposable
{
    private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private Server(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>Of all its threads, user and kernel.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The memory that is its own and in use, in MiB.</summary>
    public double Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1024.0 / 1024;
        }
    }

    /// <summary>How long it took from its start to its first healthy answer.</summary>
    public TimeSpan StartedIn { get; private init; }

    /// <summary>Starts <paramref name="program"/>, a dll beside ours, and waits until it answers at <paramref name="path"/>.</summary>
    /// <exception cref="InvalidOperationException">It ended, or did not answer within a minute.</exception>
    public static Task<Server> StartAsync(string program, string path, Dictionary<string, string?> environment, CancellationToken cancellationToken)
    {
        var address = FreeAddress();
        return StartAsync(
            new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, program)]),
            new Dictionary<string, string?>(environment) { ["ASPNETCORE_URLS"] = address.OriginalString },
            new Uri(address, path),
            cancellationToken);
    }

    /// <summary>Starts any program and waits until it answers at <paramref name="health"/>.</summary>
    /// <inheritdoc cref="StartAsync(string, string, Dictionary{string, string?}, CancellationToken)"/>
    public static async Task<Server> StartAsync(ProcessStartInfo start, Dictionary<string, string?> environment, Uri health, CancellationToken cancellationToken)
    {
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var began = Stopwatch.GetTimestamp();
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { } text) Console.Error.WriteLine(text);
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var address = new Uri(health, "/");
        try
        {
            await WaitAsync(process, health, cancellationToken);
            return new Server(process, address) { StartedIn = Stopwatch.GetElapsedTime(began) };
        }
        catch
        {
            await new Server(process, address).DisposeAsync();
            throw;
        }
    }

    /// <summary>An address of this machine at which nobody listens.</summary>
    public static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private static async Task WaitAsync(Process process, Uri health, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < _deadline; await Task.Delay(5, cancellationToken))
        {
            if (process.HasExited) throw new InvalidOperationException($"{process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)} ended with exit code {process.ExitCode}.");
            try
            {
                using var answer = await http.GetAsync(health, cancellationToken);
                if (answer.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
        }

        throw new InvalidOperationException($"{health} does not answer.");
    }
}
