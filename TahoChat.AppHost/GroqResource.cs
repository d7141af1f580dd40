namespace TahoChat.AppHost;

/// <summary>Where the API's completions come from; its connection string is the provider's address.</summary>
public sealed class GroqResource(string name, string? baseUrl, ParameterResource? apiKey)
    : Resource(name), IResourceWithConnectionString
{
    /// <summary>Groq's own address, a host root.</summary>
    public const string DefaultBaseUrl = "https://api.groq.com";

    /// <summary>The address that the settings name, or null: Groq's own.</summary>
    public string? BaseUrl { get; } = baseUrl;

    /// <summary>The secret parameter with the key, or null: none.</summary>
    public ParameterResource? ApiKey { get; } = apiKey;

    /// <summary>The emulator's address, where it takes Groq's place.</summary>
    public EndpointReference? Emulator { get; internal set; }

    /// <inheritdoc />
    public ReferenceExpression ConnectionStringExpression =>
        Emulator is { } emulator
            ? ReferenceExpression.Create($"{emulator}")
            : ReferenceExpression.Create($"{BaseUrl ?? DefaultBaseUrl}");
}
