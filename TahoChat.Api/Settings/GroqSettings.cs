namespace TahoChat.Api.Settings;

/// <summary>Where completions come from.</summary>
public sealed record GroqSettings
{
    /// <summary>Groq's own address, a host root like groq-sdk's.</summary>
    public const string DefaultBaseUrl = "https://api.groq.com";

    /// <summary>The API key, or null: none, which the emulator and local providers do not mind.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The provider's address up to and with the version, ending in a slash:
    /// <c>https://api.groq.com/openai/v1/</c>. Null where the emulator answers inside this process.</summary>
    public Uri? BaseUrl { get; init; }

    /// <summary>Whether the offline emulator stands in for Groq.</summary>
    public bool IsEmulator { get; init; }

    /// <summary>Whether Groq itself answers, and no other server.</summary>
    public bool IsGroq => !IsEmulator && BaseUrl?.Host == new Uri(DefaultBaseUrl).Host;

    /// <summary>The model of replies.</summary>
    public string Model { get; init; } = "openai/gpt-oss-120b";

    /// <summary>The fast model, for titles.</summary>
    public string FastModel { get; init; } = "openai/gpt-oss-20b";

    /// <summary>The model that writes down what is spoken.</summary>
    public string SpeechModel { get; init; } = "whisper-large-v3-turbo";

    /// <summary>How long the first text of a reply may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest gap between two events of a reply.</summary>
    public TimeSpan Gap { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The wait before the first retry, give or take a half; the next one waits twice as long.</summary>
    public TimeSpan Backoff { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How many completions fail within <see cref="BreakerWindow"/>, and none does not, until the provider is left
    /// alone for <see cref="BreakerPause"/>; at least 2.</summary>
    public int BreakerFailures { get; init; } = 5;

    /// <summary>See <see cref="BreakerFailures"/>.</summary>
    public TimeSpan BreakerWindow { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>See <see cref="BreakerFailures"/>.</summary>
    public TimeSpan BreakerPause { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often a request is sent again before the first text, at most.</summary>
    public int MaxRetries { get; init; } = 2;

    /// <summary>The most tokens of a reply, reasoning included. Groq charges it against the tokens-per-minute limit up
    /// front (the free tier has 8,000), and gpt-oss answers nothing when it is small.</summary>
    public int MaxCompletionTokens { get; init; } = 4096;

    /// <summary>Says nothing of the key.</summary>
    public override string ToString() => IsEmulator ? $"offline emulator, {Model}" : $"{BaseUrl}, {Model}, key {(ApiKey is null ? "off" : "on")}";
}
