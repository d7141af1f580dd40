using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using TahoChat.Tests.Telemetry;

namespace TahoChat.Tests.Processes;

/// <summary>The built API as a process of its own, in an empty folder, with none of this process's settings.</summary>
internal sealed class ApiProcess : IAsyncDisposable
{
    /// <summary>For what takes a second or two on an idle machine.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>The setting that lets a build for tests die at a named point.</summary>
    public const string Failpoint = Api.Lifetime.Failpoint.Variable;

    // What the announcement says last, always.
    private const string LastLine = "  Model ";
    private const string AddressLine = "  Chat ";

    private static readonly string[] _ourSettings =
    [
        "GROQ_API_KEY", "GROQ_MODEL", "GROQ_FAST_MODEL", "GROQ_SPEECH_MODEL", "GROQ_BASE_URL", "GROQ_TIMEOUT_SECONDS", "GROQ_MAX_RETRIES", "GROQ_EMULATOR",
        "DATABASE_URL", "HOST", "PORT", "CORS_ORIGINS", "ALLOWED_HOSTS", "ACCESS_PASSWORD", "ALLOW_ANONYMOUS", "LOG_LEVEL",
        "NEW_DATABASE", "BACKUP_HOURS", "BACKUP_KEEP", "SHARES",
        "ASPNETCORE_URLS", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", Failpoint,
    ];

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly TaskCompletionSource _announced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _outputEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _errorsEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ApiProcess(ProcessStartInfo start)
    {
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Take(line.Data, _output, _outputEnded);
        _process.ErrorDataReceived += (_, line) => Take(line.Data, _errors, _errorsEnded);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public IReadOnlyList<string> Output => [.. _output];

    public IReadOnlyList<string> Errors => [.. _errors];

    public int Id => _process.Id;

    public int ExitCode => _process.ExitCode;

    public TimeSpan ProcessorTime => _process.TotalProcessorTime;

    /// <summary>Where it said that the chat is.</summary>
    public Uri Address =>
        new(Output.First(line => line.StartsWith(AddressLine, StringComparison.Ordinal))[AddressLine.Length..].Trim());

    /// <summary>Starts it and waits until it is ready. Its <c>.env</c> file and its database are in
    /// <paramref name="folder"/>; settings by the names of the environment.</summary>
    public static async Task<ApiProcess> StartAsync(
        string folder, CancellationToken cancellationToken, params (string Name, string Value)[] settings)
    {
        var process = new ApiProcess(StartInfo(folder, settings));
        try
        {
            await process._announced.Task.WaitAsync(Deadline, cancellationToken);
            return process;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it and waits for its end.</summary>
    public static async Task<ApiProcess> RunAsync(
        string folder, CancellationToken cancellationToken, params (string Name, string Value)[] settings)
    {
        return await RunAsync(folder, [], cancellationToken, settings);
    }

    /// <summary>Runs it with arguments, such as those of a command, and waits for its end.</summary>
    public static async Task<ApiProcess> RunAsync(
        string folder, string[] arguments, CancellationToken cancellationToken, params (string Name, string Value)[] settings)
    {
        var start = StartInfo(folder, settings);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        var process = new ApiProcess(start);
        try
        {
            await process.EndAsync(cancellationToken);
            return process;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public HttpClient Http() => new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Address, Timeout = Deadline };

    public Task<TestSocket> ConnectAsync(CancellationToken cancellationToken) =>
        TestSocket.ConnectAsync(new UriBuilder(Address) { Scheme = "ws", Path = "/ws/chat" }.Uri, cancellationToken);

    /// <summary>Sends a signal by its name, such as <c>INT</c>.</summary>
    public async Task SignalAsync(string signal, CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancellationToken);
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>Sends a signal and waits for the end; returns how long that took.</summary>
    public async Task<TimeSpan> EndAfterAsync(string signal, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        await SignalAsync(signal, cancellationToken);
        await _process.WaitForExitAsync(cancellationToken).WaitAsync(Deadline, cancellationToken);
        var took = clock.Elapsed;
        await EndAsync(cancellationToken);
        return took;
    }

    /// <summary>Waits for its end and for the rest of what it says.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken).WaitAsync(Deadline, cancellationToken);
        await Task.WhenAll(_outputEnded.Task, _errorsEnded.Task).WaitAsync(Deadline, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private static ProcessStartInfo StartInfo(string folder, (string Name, string Value)[] settings)
    {
        // Whoever runs the tests in a background job has SIGINT ignored, and every child keeps it so. A file that meets a limit is
        // to fail its write, as a full disk does, and to kill nobody.
        string[] reset = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", "--ignore-signal=XFSZ"] : [];
        string[] command = [.. reset, "dotnet", Path.Combine(AppContext.BaseDirectory, "TahoChat.Api.dll")];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (var name in _ourSettings) start.Environment.Remove(name);
        start.Environment["ENV_FILE"] = Path.Combine(folder, ".env");
        foreach (var (name, value) in settings) start.Environment[name] = value;
        return start;
    }

    /// <summary>It ended before it was ready.</summary>
    public sealed class EndedException(IReadOnlyList<string> output, IReadOnlyList<string> errors)
        : Exception($"It ended before it was ready: {string.Join('\n', [.. output, .. errors])}")
    {
        /// <summary>Empty where it was killed.</summary>
        public IReadOnlyList<string> Errors => errors;
    }

    private void Take(string? line, ConcurrentQueue<string> lines, TaskCompletionSource ended)
    {
        if (line is null)
        {
            ended.TrySetResult();
            _announced.TrySetException(new EndedException(Output, Errors));
            return;
        }

        lines.Enqueue(line);
        Canary.Saw("the program's output", line);
        if (line.StartsWith(LastLine, StringComparison.Ordinal)) _announced.TrySetResult();
    }
}
