#pragma warning disable ASPIREJAVASCRIPT001 // AddNextJsApp is marked experimental in 13.6.

using Microsoft.Extensions.Configuration;
using TahoChat.AppHost;
using TahoChat.ServiceDefaults;

// The API says on its console where it listens and where it keeps its data: pass that on to ours.
var builder = DistributedApplication.CreateBuilder(
    new DistributedApplicationOptions { Args = args, EnableResourceLogging = true });
builder.Configuration.AddEnvFile();

// Groq itself with a key or another address; without either, the emulator as its child.
var groq = builder.AddGroq("groq");

// The port is the proxy's; the process behind it is told its own in ASPNETCORE_URLS.
var api = builder.AddProject<Projects.TahoChat_Api>("api", launchProfileName: null)
    .WithHttpEndpoint(port: builder.Configuration.GetValue<int?>("PORT") ?? 8000)
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health")
    .WithGroq(groq)
    .WithIconName("ChatMultiple")
    .WithUrlForEndpoint("http", url => url.DisplayText = "API")
    .WithUrlForEndpoint("http", _ => new() { Url = "/docs", DisplayText = "API documentation" })
    .WithUrlForEndpoint("http", _ => new() { Url = "/redoc", DisplayText = "API reference" })
    .WithBackupCommand();

// Published, the API's own container carries the exported frontend.
if (builder.ExecutionContext.IsRunMode)
{
    var frontend = builder.AddNextJsApp("frontend", "../frontend")
        .WithEndpoint("http", endpoint => endpoint.Port = 3000)
        .WithExternalHttpEndpoints()
        .WithEnvironment("NEXT_PUBLIC_API_URL", api.GetEndpoint("http"))
        .WithEnvironment("NEXT_TELEMETRY_DISABLED", "1")
        .WithIconName("WindowMultiple")
        .WithUrlForEndpoint("http", url => url.DisplayText = "Chat")
        .WithUrlForEndpoint("http", _ => new() { Url = "/figures/", DisplayText = "Figures" })
        .WithOpenCommand()
        .WaitFor(api);

    var origin = frontend.GetEndpoint("http");
    api.WithEnvironment(EnvFile.PathVariable, EnvFile.FullPath)
        .WithDashboardUrl()
        .WithEnvironment("CORS_ORIGINS", builder.Configuration["CORS_ORIGINS"] is { Length: > 0 } origins
            ? ReferenceExpression.Create($"{origins},{origin}")
            : ReferenceExpression.Create($"{origin}"));
}

builder.Build().Run();
