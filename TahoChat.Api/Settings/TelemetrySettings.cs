namespace TahoChat.Api.Settings;

/// <summary>Where traces go and where they are looked at.</summary>
public sealed record TelemetrySettings
{
    /// <summary>The address of the dashboard, with a slash at its end; null: none is known.</summary>
    public Uri? Dashboard { get; init; }

    /// <summary>Where spans are exported to; null: nowhere.</summary>
    public OtlpSettings? Traces { get; init; }
}

/// <summary>Where and how spans are exported, as the OpenTelemetry exporter reads it.</summary>
/// <param name="Endpoint">With <paramref name="IsGrpc"/> the server's address, else the whole address that is posted to.</param>
/// <param name="IsGrpc">gRPC, else protobuf over HTTP.</param>
/// <param name="Headers">Sent with every export; they may be secret. Names are lower case.</param>
public sealed record OtlpSettings(Uri Endpoint, bool IsGrpc, IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    /// <summary>Says nothing of the headers' values.</summary>
    public override string ToString() => $"{Endpoint.GetLeftPart(UriPartial.Path)}, {(IsGrpc ? "grpc" : "http/protobuf")}, {Headers.Count} headers";
}
