using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using TahoChat.Api.Data;
using TahoChat.Api.Groq;
using TahoChat.Api.Health;
using TahoChat.Api.Settings;

namespace TahoChat.Api.Lifetime;

/// <summary>The beginning and the end of the process.</summary>
public static class StartUp
{
    /// <summary>The exit code of a start that was refused; what was wrong is on the error output.</summary>
    public const int Refused = 1;

    /// <summary>A bound for the host alone; <see cref="Ending"/> decides.</summary>
    private static readonly TimeSpan _longestEnd = TimeSpan.FromSeconds(25);

    /// <summary>No watcher of configuration files: one beside a database would wake at each of its writes.</summary>
    public static WebApplicationOptions Options(string[] args) => new()
    {
        Args = ["--hostBuilder:reloadConfigOnChange=false", .. args.Select(arg => arg is "--new-database" ? "--NEW_DATABASE=true" : arg)],
    };

    public static void AddLifetime(this WebApplicationBuilder builder)
    {
        var start = new Start();
        builder.Services.AddSingleton(start);
        // Of a start that failed the host tells with stack traces; one line of ours does.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => start.IsOver && level >= LogLevel.Warning);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<Ending>();
        builder.Services.AddSingleton<IHostLifetime, Signals>();
        builder.Services.AddHostedService<GracefulStop>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = _longestEnd);
    }

    /// <summary>Takes the database, serves, and returns the exit code.</summary>
    public static async Task<int> StartAndRunAsync(this WebApplication app)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        try
        {
            await app.Services.GetRequiredService<DatabaseStartup>().RunAsync(stopping);
            app.Lifetime.ApplicationStarted.Register(() => app.Services.GetRequiredService<Start>().IsOver = true);
            app.Lifetime.ApplicationStarted.Register(() => _ = AnnounceAsync(app, stopping));
            await RunAsync(app);
            return 0;
        }
        catch (DatabaseRefusedException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException or SocketException)
        {
            await Console.Error.WriteLineAsync($"{exception.Message} Stop what listens there, or set another PORT.");
        }

        return Refused;
    }

    /// <summary>As the host's own, but the end has a limit that a second signal brings forward.</summary>
    private static async Task RunAsync(WebApplication app)
    {
        await using var ended = app;
        await app.StartAsync();
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var asked = app.Lifetime.ApplicationStopping.Register(() => stopping.TrySetResult());
        await stopping.Task;
        await app.StopAsync(app.Services.GetRequiredService<Ending>().IsOver);
    }

    /// <summary>What a person who starts it wants to know.</summary>
    private static async Task AnnounceAsync(WebApplication app, CancellationToken cancellationToken)
    {
        try
        {
            await app.Lifetime.SettledAsync(cancellationToken);
            var settings = app.Services.GetRequiredService<ChatSettings>();
            var choice = await app.Services.GetRequiredService<ModelCatalog>().ResolveAsync(null, cancellationToken);
            var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
            var text = new StringWriter();
            text.WriteLine($"TahoChat {HealthApi.Version} is ready; Ctrl+C ends it.");
            foreach (var address in addresses) text.WriteLine($"  Chat      {ForBrowsers(address)}");
            text.WriteLine($"  Database  {settings.Database.Path}");
            text.WriteLine(settings.Groq.IsEmulator
                ? $"  Model     {choice.Model}, played by the offline emulator; set GROQ_API_KEY in .env to talk to Groq"
                : $"  Model     {choice.Model} at {settings.Groq.BaseUrl}");
            if (settings.Groq.IsEmulator && app.Services.GetRequiredService<GroqEndpoint>().BaseUrl is { } emulator)
                text.WriteLine($"  Emulator  {new Uri(emulator, "/emulator/")} shows its requests and switches faults on");
            if (choice.Notice is { } notice) text.WriteLine($"  Notice    {notice}");
            await Console.Out.WriteAsync(text.ToString());
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopped before it was ready.
        }
    }

    /// <summary>An address that a browser on this machine can open: one of all interfaces is none.</summary>
    private static string ForBrowsers(string address) =>
        address.Replace("//0.0.0.0:", "//localhost:", StringComparison.Ordinal).Replace("//[::]:", "//localhost:", StringComparison.Ordinal)
        is var open && open == address ? address : $"{open} (and from other machines)";

    private sealed class Start
    {
        public volatile bool IsOver;
    }
}
