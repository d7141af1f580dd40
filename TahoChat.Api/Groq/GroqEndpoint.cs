using TahoChat.Api.Settings;

namespace TahoChat.Api.Groq;

/// <summary>Where the provider is. Read for every request: the address of the emulator in this process is known only once
/// it listens.</summary>
public sealed class GroqEndpoint(GroqSettings settings)
{
    private volatile Uri? _baseUrl = settings.BaseUrl;

    /// <summary>Up to and with the version, ending in a slash; null while the emulator has not started.</summary>
    public Uri? BaseUrl
    {
        get => _baseUrl;
        set => _baseUrl = value;
    }
}
