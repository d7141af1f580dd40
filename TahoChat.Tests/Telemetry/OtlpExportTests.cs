using System.Net.Http.Json;
using System.Text.Json;
using TahoChat.Api.Telemetry.Otlp;

namespace TahoChat.Tests.Telemetry;

/// <summary>Where an OTLP endpoint is named, spans, metrics and logs go there, over either protocol.</summary>
public sealed class OtlpExportTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_turn_is_exported(bool grpc)
    {
        await using var collector = await OtlpCollector.StartAsync(Token);
        await using var api = await TestApi.StartAsync(Token, collector.Settings(grpc));

        using var answer = await api.Http.PostAsJsonAsync("/chat", new { message = "Hello" }, Token);
        var reply = (await answer.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("ai_response");
        var trace = await collector.TraceAsync(reply.GetProperty("trace_id").GetString()!, spans => spans.Any(span => span.Name == "turn"), Token);
        await ApiCalls.UntilAsync(() => Task.FromResult(collector.Metrics.Count > 0 && collector.Logs.Count > 0), there => there, Token);

        Assert.All(trace, span => Assert.Equal(32, span.TraceId.Length));
        Assert.Contains(trace, span => span.Kind == Span.Types.SpanKind.Client);
        Assert.All(collector.Calls, call => Assert.Equal(grpc, call.IsGrpc));
    }
}
