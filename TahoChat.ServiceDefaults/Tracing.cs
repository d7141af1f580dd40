using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace TahoChat.ServiceDefaults;

/// <summary>What is traced, and as what.</summary>
public static class Tracing
{
    /// <summary>How often a request was sent before, for its span; without it the request is the first.</summary>
    public static readonly HttpRequestOptionsKey<int> ResendCount = new(ResendCountTag);

    /// <summary>OpenTelemetry's name, semantic conventions 1.44 for HTTP.</summary>
    private const string ResendCountTag = "http.request.resend_count";

    /// <summary>The addresses that are asked every few seconds and tell nothing: probes, and the browser's own telemetry.</summary>
    private static readonly PathString[] _untold = ["/health", "/alive", "/telemetry"];

    /// <summary>The sources of spans; which of them are kept is the sampler's affair (<c>OTEL_TRACES_SAMPLER</c>).</summary>
    internal static void AddTracing(this TracerProviderBuilder tracing, IHostApplicationBuilder builder, string ownSources)
    {
        builder.Services.AddSingleton<Told>();
        tracing
            .AddSource(builder.Environment.ApplicationName)
            .AddSource(ownSources)
            .AddAspNetCoreInstrumentation(options => options.Filter = IsTold)
            .AddHttpClientInstrumentation(options => options.EnrichWithHttpRequestMessage = (span, request) =>
            {
                if (request.Options.TryGetValue(ResendCount, out var count)) span.SetTag(ResendCountTag, count);
            });
    }

    /// <summary>Who we are: <c>tahochat-api</c> and the like, unless <c>OTEL_SERVICE_NAME</c> or <c>OTEL_RESOURCE_ATTRIBUTES</c>
    /// say otherwise.</summary>
    internal static void AddIdentity(this ResourceBuilder resource, IHostApplicationBuilder builder) => resource
        .AddService(NameOf(builder.Environment.ApplicationName), serviceVersion: Version)
        // Once more, and last: what is added later wins.
        .AddEnvironmentVariableDetector();

    /// <summary>The projects have one version.</summary>
    private static string Version =>
        typeof(Tracing).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

#pragma warning disable CA1308 // A service is called in lower case.
    private static string NameOf(string application) => application.Replace('.', '-').ToLowerInvariant();
#pragma warning restore CA1308

    /// <summary>A process may hold a second web application: the emulator inside the API would show each of its calls once more, as the
    /// API's own, for as long as the reply streams. Only an application that asked for telemetry is told of.</summary>
    private static bool IsTold(HttpContext context) =>
        !_untold.Any(path => context.Request.Path.StartsWithSegments(path)) && context.RequestServices.GetService<Told>() is not null;

    private sealed class Told;
}
