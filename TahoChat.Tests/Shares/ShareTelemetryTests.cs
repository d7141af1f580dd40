using TahoChat.Tests.Telemetry;

namespace TahoChat.Tests.Shares;

/// <summary>Whoever has the address has the conversation: nothing that is kept or sent on tells it.</summary>
public sealed class ShareTelemetryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_trace_and_no_log_has_the_address_of_a_share()
    {
        await using var collector = await OtlpCollector.StartAsync(Cancel);
        await using var api = await collector.ApiAsync(Cancel, null, null, ("SHARES", "true"), ("LOG_LEVEL", "trace"));
        await using var socket = await api.ConnectAsync(Cancel);
        var id = (await socket.TurnAsync(new { message = "Hello" }, Cancel))[0].Number("conversation_id");
        var address = (await api.CallAsync("POST", $"/conversations/{id}/shares", Cancel)).Json.Text("url")!;
        var token = address[(address.LastIndexOf('/') + 1)..];

        // The call of this test is no part of the server, though it is of its process.
        using (OpenTelemetry.SuppressInstrumentationScope.Begin())
            Assert.Contains("Hello", (await api.CallAsync("GET", $"/s/{token}", Cancel)).Text, StringComparison.Ordinal);
        await ApiCalls.UntilAsync(
            () => Task.FromResult(collector.Spans.Any(span => span.Name.Contains("/s/{token}", StringComparison.Ordinal))), Cancel);

        Assert.Equal("", collector.Around(token));
    }
}
