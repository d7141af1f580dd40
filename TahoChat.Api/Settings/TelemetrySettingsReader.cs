namespace TahoChat.Api.Settings;

/// <summary>Reads <c>DASHBOARD_URL</c>, and of the <c>OTEL_EXPORTER_OTLP_…</c> settings where spans go, by the rules of the
/// OpenTelemetry specification: one for traces alone goes before the one for everything. A mistake in them is no reason not
/// to chat; it is told, and the exporter's default taken.</summary>
internal static class TelemetrySettingsReader
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string TracesEndpoint = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
    private const string TracesPath = "v1/traces";

    public static TelemetrySettings Read(SettingValues values) => new() { Dashboard = Dashboard(values), Traces = Traces(values) };

    private static Uri? Dashboard(SettingValues values)
    {
        if (values.Text("DASHBOARD_URL") is not { } text) return null;
        if (HttpAddress(text) is { UserInfo: "", Query: "", Fragment: "" } address) return WithSlash(address);
        values.Mistake("DASHBOARD_URL", text, "expected is an address such as http://localhost:15888, without name, password or query");
        return null;
    }

    private static OtlpSettings? Traces(SettingValues values)
    {
        // The address for everything is what switches the exporter on.
        if (values.Text(Endpoint) is null) return null;
        var name = values.Text(TracesEndpoint) is null ? Endpoint : TracesEndpoint;
        var text = values.Text(name)!;
        if (HttpAddress(text) is not { } address)
        {
            values.Notices.Add($"{name} is no http or https address: spans of the browser are not exported.");
            return null;
        }

        var isGrpc = IsGrpc(values);
        var target = isGrpc || name is TracesEndpoint ? address : new Uri(WithSlash(address), TracesPath);
        return new OtlpSettings(target, isGrpc, [.. Headers(values)]);
    }

    private static bool IsGrpc(SettingValues values)
    {
        var protocol = values.Text("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL") ?? values.Text("OTEL_EXPORTER_OTLP_PROTOCOL");
        if (protocol is not (null or "grpc" or "http/protobuf"))
            values.Notices.Add($"OTEL_EXPORTER_OTLP_PROTOCOL={SettingValues.Shown(protocol)} is not spoken here: grpc is taken.");
        return protocol is not "http/protobuf";
    }

    private static IEnumerable<KeyValuePair<string, string>> Headers(SettingValues values)
    {
        var name = values.Text("OTEL_EXPORTER_OTLP_TRACES_HEADERS") is null ? "OTEL_EXPORTER_OTLP_HEADERS" : "OTEL_EXPORTER_OTLP_TRACES_HEADERS";
        foreach (var pair in values.List(name))
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            var header = at > 0 ? pair[..at].Trim().ToLowerInvariant() : "";
            var value = at > 0 ? Uri.UnescapeDataString(pair[(at + 1)..].Trim()) : "";
            // gRPC takes bytes under names that end like this.
            var isName = header.Length > 0 && header.All(IsOfToken) && !header.EndsWith("-bin", StringComparison.Ordinal);
            if (isName && value.All(letter => letter is >= ' ' and <= '~'))
                yield return new(header, value);
            else
                values.Notices.Add($"{name}: a part of it is not name=value and is left out.");
        }
    }

    private static bool IsOfToken(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.';

    private static Uri? HttpAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address is { Scheme: "http" or "https", Host.Length: > 0 } ? address : null;

    private static Uri WithSlash(Uri address) => new(address, address.AbsolutePath.TrimEnd('/') + "/");
}
