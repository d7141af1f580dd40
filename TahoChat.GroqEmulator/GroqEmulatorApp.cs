using Microsoft.Extensions.DependencyInjection.Extensions;
using TahoChat.GroqEmulator.Completions;
using TahoChat.GroqEmulator.Limits;
using TahoChat.GroqEmulator.Models;
using TahoChat.GroqEmulator.Page;
using TahoChat.GroqEmulator.Record;
using TahoChat.GroqEmulator.Speech;
using TahoChat.GroqEmulator.Wire;

namespace TahoChat.GroqEmulator;

/// <summary>Groq's wire protocol without Groq.</summary>
public static class GroqEmulatorApp
{
    private const long LargestBody = 20 * 1024 * 1024;

    /// <summary>Builds the emulator; the caller starts, stops and disposes it. It answers this machine only, does not
    /// listen to signals (its host does), and has an <see cref="EmulatorRecord"/> among its services.</summary>
    /// <param name="args">Command line of its host, <c>--urls http://127.0.0.1:0</c> among it.</param>
    /// <param name="configure">Last changes to the builder, such as another logger, a <see cref="TimeProvider"/>, or
    /// <see cref="GroqEmulatorOptions"/> in place of those from the configuration.</param>
    /// <exception cref="FormatException">A setting of <see cref="GroqEmulatorOptions"/> is no number, or out of range.</exception>
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        // Nobody changes our configuration while we run, and its watcher would take in whole folder trees.
        var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false", .. args]);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            // Endpoints in the configuration beat --urls, and they are those of the program that hosts this.
            kestrel.Configure();
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
        });
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Services.AddSingleton<IHostLifetime, HostedLifetime>();
        configure?.Invoke(builder);
        builder.Services.TryAddSingleton(GroqEmulatorOptions.From(builder.Configuration));
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(services => new EmulatorRecord(
            services.GetRequiredService<GroqEmulatorOptions>(), services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<RateLimiter>();
        builder.Services.AddSingleton<FaultSwitch>();
        builder.Services.AddSingleton<PageEvents>();
        builder.Services.AddSingleton<PromptCache>();
        builder.Services.AddSingleton<CompletionPlanner>();
        builder.Services.AddSingleton<CompletionEndpoint>();
        builder.Services.AddSingleton<TranscriptionEndpoint>();
        builder.Services.AddSingleton<RequestPipeline>();
        var app = builder.Build();
        Map(app);
        return app;
    }

    private static void Map(WebApplication app)
    {
        var pipeline = app.Services.GetRequiredService<RequestPipeline>();
        app.Use(next => http => RequestPipeline.IsLocal(http) ? next(http) : RefuseAsync(http, "The emulator answers this machine only."));
        app.Use(next => http => SameOrigin.Allows(http.Request) ? next(http) : RefuseAsync(http, "The emulator is steered from its own page only."));
        app.UseWhen(
            http => http.Request.Path.StartsWithSegments("/openai"),
            groq => groq.Use(next => http => pipeline.RunAsync(http, next)));
        app.UseRouting();
        app.MapPost(CompletionEndpoint.Path, (HttpContext http, CompletionEndpoint completions, CancellationToken cancellationToken) =>
            completions.HandleAsync(http, cancellationToken));
        app.MapPost(TranscriptionEndpoint.Path, (HttpContext http, TranscriptionEndpoint speech, CancellationToken cancellationToken) =>
            speech.HandleAsync(http, cancellationToken));
        app.MapModels();
        app.MapRecord();
        app.MapPage();
        app.MapFallback("/openai/{**path}", (HttpContext http) => UnknownUrlAsync(http));
    }

    private static Task RefuseAsync(HttpContext http, string reason)
    {
        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        return http.Response.WriteAsync(reason, http.RequestAborted);
    }

    private static Task UnknownUrlAsync(HttpContext http) => throw new GroqErrorException(new GroqError(
        $"Unknown request URL: {http.Request.Method} {http.Request.Path}. Please check the URL for typos, "
        + "or see the docs at https://console.groq.com/docs/",
        GroqError.InvalidRequest,
        "unknown_url")
    {
        Status = StatusCodes.Status404NotFound,
    });

    /// <summary>A host inside another program: that program decides when it stops.</summary>
    private sealed class HostedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
