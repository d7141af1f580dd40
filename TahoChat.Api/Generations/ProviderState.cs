namespace TahoChat.Api.Generations;

/// <summary>How the provider did in its last turn; nobody calls it to find out.</summary>
public sealed class ProviderState
{
    /// <summary><c>unknown</c>, <c>healthy</c> or <c>degraded</c>.</summary>
    public string Name { get; private set; } = "unknown";

    /// <summary>A turn ended. What a person did, or what was wrong with the request, says nothing about the provider.</summary>
    public void Saw(GenerationEnd end)
    {
        if (end.FinishReason is not (null or "stopped")) Name = "healthy";
        else if (end.Error?.Code is "provider_unauthorized" or "provider_forbidden" or "provider_rate_limited" or "provider_daily_limit"
            or "provider_overloaded" or "provider_error" or "provider_unreachable" or "provider_timeout"
            or "provider_disconnected" or "provider_protocol") Name = "degraded";
    }
}
