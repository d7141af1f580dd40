namespace TahoChat.AppHost;

/// <summary>Adds Groq, or the emulator in its place, to the application.</summary>
public static class GroqResourceExtensions
{
    /// <summary>The secret parameter's name: <c>Parameters:groq-api-key</c> in the configuration.</summary>
    public const string ApiKeyParameter = "groq-api-key";

    /// <summary>What the classic <c>.env</c> has in the key's place until somebody fills it in.</summary>
    private const string Placeholder = "your_groq_api_key_here";

    /// <summary>Adds Groq as the settings have it: <c>Parameters:groq-api-key</c> or <c>GROQ_API_KEY</c> becomes the
    /// secret parameter, <c>GROQ_BASE_URL</c> the address. In run mode with neither the emulator runs, because a
    /// parameter without a value would keep everything waiting for an answer in the dashboard.</summary>
    public static IResourceBuilder<GroqResource> AddGroq(this IDistributedApplicationBuilder builder, string name)
    {
        var baseUrl = builder.Configuration["GROQ_BASE_URL"] is { Length: > 0 } url ? url : null;
        var apiKey = builder.AddApiKey(needed: builder.ExecutionContext.IsPublishMode && baseUrl is null);
        var groq = builder.AddResource(new GroqResource(name, baseUrl, apiKey?.Resource))
            .WithInitialState(new() { ResourceType = "Groq", Properties = [], State = KnownResourceStates.Running })
            .WithIconName("BrainCircuit")
            .ExcludeFromManifest();
        apiKey?.WithParentRelationship(groq);
        return apiKey is null && baseUrl is null ? groq.RunAsEmulator() : groq;
    }

    /// <summary>In run mode, the emulator takes Groq's place; published, nothing changes.</summary>
    public static IResourceBuilder<GroqResource> RunAsEmulator(this IResourceBuilder<GroqResource> groq)
    {
        var builder = groq.ApplicationBuilder;
        if (!builder.ExecutionContext.IsRunMode) return groq;

        var emulator = builder
            .AddProject<Projects.TahoChat_GroqEmulator>("emulator", launchProfileName: null)
            .WithHttpEndpoint()
            .WithHttpHealthCheck("/alive")
            .WithIconName("Beaker")
            .WithEmulatorCommands()
            .WithParentRelationship(groq)
            .ExcludeFromManifest();
        groq.Resource.Emulator = emulator.GetEndpoint("http");
        return groq.WithAnnotation(new EmulatorResourceAnnotation());
    }

    /// <summary>Tells a service where its completions come from.</summary>
    public static IResourceBuilder<T> WithGroq<T>(this IResourceBuilder<T> service, IResourceBuilder<GroqResource> groq)
        where T : IResourceWithEnvironment, IResourceWithWaitSupport
    {
        var builder = service.ApplicationBuilder;
        if (groq.Resource.ApiKey is { } apiKey)
        {
            service.WithEnvironment("GROQ_API_KEY", builder.CreateResourceBuilder(apiKey));
        }

        if (groq.Resource.Emulator is { Resource: ProjectResource emulator })
        {
            return service
                .WithEnvironment("GROQ_BASE_URL", groq)
                .WithEnvironment("GROQ_EMULATOR", "true")
                .WaitFor(builder.CreateResourceBuilder(emulator));
        }

        return groq.Resource.BaseUrl is { } baseUrl ? service.WithEnvironment("GROQ_BASE_URL", baseUrl) : service;
    }

    private static IResourceBuilder<ParameterResource>? AddApiKey(this IDistributedApplicationBuilder builder, bool needed)
    {
        var configuration = builder.Configuration;
        var parameter = $"Parameters:{ApiKeyParameter}";
        if (needed || IsKey(configuration[parameter]) || IsKey(configuration[parameter.Replace('-', '_')]))
        {
            return builder.AddParameter(ApiKeyParameter, secret: true);
        }

        return configuration["GROQ_API_KEY"] is { } key && IsKey(key)
            ? builder.AddParameter(ApiKeyParameter, key, secret: true)
            : null;
    }

    private static bool IsKey(string? value) =>
        !string.IsNullOrWhiteSpace(value) && !string.Equals(value.Trim(), Placeholder, StringComparison.OrdinalIgnoreCase);
}
