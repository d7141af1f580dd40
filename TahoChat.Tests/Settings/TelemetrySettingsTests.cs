using Microsoft.Extensions.Configuration;
using TahoChat.Api.Settings;

namespace TahoChat.Tests.Settings;

public sealed class TelemetrySettingsTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("  ", null)]
    [InlineData("http://localhost:15888", "http://localhost:15888/")]
    [InlineData("https://traces.example/dashboard/", "https://traces.example/dashboard/")]
    public void The_dashboards_address_ends_with_a_slash(string? text, string? expected) =>
        Assert.Equal(expected, Read(("DASHBOARD_URL", text)).Settings.Telemetry.Dashboard?.AbsoluteUri);

    [Theory]
    [InlineData("localhost:15888")]
    [InlineData("javascript:alert(1)")]
    [InlineData("ftp://traces.example")]
    [InlineData("http://name:hidden@traces.example")]
    [InlineData("http://traces.example/?t=1")]
    public void An_address_that_leads_nowhere_is_a_mistake(string text)
    {
        var mistake = Assert.Single(Read(("DASHBOARD_URL", text)).Mistakes);
        Assert.StartsWith("DASHBOARD_URL=", mistake, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", mistake, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, null, null, null, false)]
    [InlineData("http://c:4317", null, null, null, "http://c:4317/", true)]
    [InlineData("http://c:4317", null, "grpc", null, "http://c:4317/", true)]
    [InlineData("http://c:4318", null, "http/protobuf", null, "http://c:4318/v1/traces", false)]
    [InlineData("http://c:4318/otlp/", null, "http/protobuf", null, "http://c:4318/otlp/v1/traces", false)]
    [InlineData("http://c:4317", "http://t:1/own", "grpc", "http/protobuf", "http://t:1/own", false)]
    [InlineData("nonsense", null, null, null, null, false)]
    public void Spans_go_where_OpenTelemetrys_settings_say(
        string? endpoint, string? traces, string? protocol, string? tracesProtocol, string? expected, bool isGrpc)
    {
        var reading = Read(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint), ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", traces),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol), ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", tracesProtocol));
        var settings = reading.Settings.Telemetry.Traces;
        Assert.Equal((expected, isGrpc), (settings?.Endpoint.AbsoluteUri, settings?.IsGrpc is true));
        Assert.Empty(reading.Mistakes);
        Assert.Equal(endpoint is "nonsense" ? 1 : 0, reading.Notices.Count);
    }

    [Fact]
    public void Headers_are_names_and_values_and_their_values_are_told_nowhere()
    {
        var reading = Read(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:4317"), ("OTEL_EXPORTER_OTLP_HEADERS", "X-Key = a%20secret , nothing,bad name=1,bytes-bin=AA"));
        var settings = reading.Settings.Telemetry.Traces!;
        Assert.Equal([new("x-key", "a secret")], settings.Headers);
        Assert.Equal(3, reading.Notices.Count);
        Assert.DoesNotContain("secret", settings + string.Concat(reading.Notices), StringComparison.Ordinal);
    }

    private static SettingsReading Read(params (string Name, string? Value)[] settings) => SettingsReader.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value))).Build(), Path.GetTempPath());
}
