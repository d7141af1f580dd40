using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using TahoChat.ServiceDefaults.Logging;

namespace TahoChat.ServiceDefaults;

/// <summary>What every service of TahoChat has.</summary>
public static class Extensions
{
    private const string AlivePath = "/alive";
    private const string LiveTag = "live";

    /// <summary>The names of our own activity sources and meters begin like this.</summary>
    private const string OwnTelemetry = "TahoChat.*";

    /// <summary>Telemetry, health checks, service discovery and resilient HTTP clients.</summary>
    /// <remarks>A client that must not be repeated by others takes the standard resilience handler off again
    /// (<c>RemoveAllResilienceHandlers</c>).</remarks>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder) where TBuilder : IHostApplicationBuilder
    {
        builder.AddRedactedLogging();
        builder.AddTelemetry();
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [LiveTag]);
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(client =>
        {
            client.AddStandardResilienceHandler();
            client.AddServiceDiscovery();
        });
        return builder;
    }

    /// <summary>Maps <c>GET /alive</c>: 200 <c>{"status":"healthy"}</c> while the process answers, else 503. A container
    /// needs it in production too, so it says nothing that a stranger should not see.</summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        app.MapHealthChecks(AlivePath, new HealthCheckOptions
        {
            Predicate = check => check.Tags.Contains(LiveTag),
            ResponseWriter = (context, report) => context.Response.WriteAsJsonAsync(
                new { status = report.Status == HealthStatus.Unhealthy ? "unhealthy" : "healthy" }, context.RequestAborted),
        });
        return app;
    }

    private static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        var telemetry = builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics
                .AddMeter(OwnTelemetry)
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation())
            .ConfigureResource(resource => resource.AddIdentity(builder))
            .WithTracing(tracing => tracing.AddTracing(builder, OwnTelemetry));

        // Without an address the exporter would try localhost:4317 for ever.
        if (string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"])) return;
        telemetry.UseOtlpExporter();
#pragma warning disable EXTEXP0001 // The exporters try again by themselves; the standard handler would log each of its own attempts.
        foreach (var exporter in (string[])["OtlpTraceExporter", "OtlpMetricExporter", "OtlpLogExporter"])
            builder.Services.AddHttpClient(exporter).RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
    }
}
