using Microsoft.Extensions.DependencyInjection;
using TahoChat.Tests.Attachments;

namespace TahoChat.Tests.Telemetry;

/// <summary>OpenTelemetry hears every meter of the process, those of other servers too: nothing may run beside it.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MetricsAlone
{
    public const string Name = "Metrics";
}

/// <summary>The metrics as a collector has them: names, units, buckets and attributes.</summary>
[Collection(MetricsAlone.Name)]
public sealed class MetricTests
{
    private static readonly double[] _operation = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];
    private static readonly double[] _tokens = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864];
    private static readonly string[] _call = ["gen_ai.operation.name", "gen_ai.provider.name", "gen_ai.request.model", "gen_ai.response.model", "server.address", "server.port"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_completion_is_measured_by_the_conventions_for_generative_AI()
    {
        await using var collector = await OtlpCollector.StartAsync(Cancel);
        await using var api = await TestApi.StartAsync(Cancel, collector.Settings());
        await using var socket = await api.ConnectAsync(Cancel);
        var turn = await socket.TurnAsync(new { message = "[emulator reply=count:40 speed=200 first=100]" }, Cancel);
        var failed = await socket.TurnAsync(new { message = "[emulator fault=401]", conversation_id = turn[0].Number("conversation_id") }, Cancel);
        Assert.Equal("provider_unauthorized", failed[^1].Text("code"));

        var duration = await SeenAsync(collector, "gen_ai.client.operation.duration", "s", points => points.Any(Failed));
        AssertBuckets(_operation, duration);
        Assert.Equal([.. _call.Except(["gen_ai.response.model"]).Append("error.type").Order()], duration.Single(Failed).Attributes.Keys.Order());
        Assert.Equal("provider_unauthorized", duration.Single(Failed).Attributes["error.type"]);
        var reply = duration.Single(OfReply);
        AssertCall(reply, api);
        Assert.Equal((1ul, true), (reply.Count, reply.Value is > 0.1 and < 60));

        var tokens = await SeenAsync(collector, "gen_ai.client.token.usage", "{token}");
        AssertBuckets(_tokens, tokens);
        var usage = turn[^1]["usage"]!.AsObject();
        foreach (var (type, count) in new[] { ("input", usage.Number("prompt_tokens")), ("output", usage.Number("completion_tokens")) })
        {
            var point = tokens.Single(point => OfReply(point) && (string)point.Attributes["gen_ai.token.type"]! == type);
            AssertCall(point, api, "gen_ai.token.type");
            Assert.Equal((1ul, (double)count), (point.Count, point.Value));
        }

        var first = (await SeenAsync(collector, "gen_ai.client.operation.time_to_first_chunk", "s")).Single(OfReply);
        AssertCall(first, api);
        AssertBuckets(_operation, [first]);
        Assert.Equal((1ul, true), (first.Count, first.Value is >= 0.09 and < 60));
        var chunks = (await SeenAsync(collector, "gen_ai.client.operation.time_per_output_chunk", "s")).Single(OfReply);
        AssertCall(chunks, api);
        AssertBuckets(_operation, [chunks]);
        Assert.InRange(chunks.Count, 39ul, 100ul);
    }

    [Fact]
    public async Task What_happens_in_the_chat_is_measured()
    {
        await using var collector = await OtlpCollector.StartAsync(Cancel);
        await using var api = await TestApi.StartAsync(Cancel, collector.Settings());
        await using var socket = await api.ConnectAsync(Cancel);
        await socket.TurnAsync(new { message = "[emulator fault=429-now fails=1]" }, Cancel);
        await socket.TurnAsync(new { message = "[emulator fault=cut after=3 reply=count:9]" }, Cancel);
        await socket.TurnAsync(new { message = " " }, Cancel);
        await socket.TurnAsync(new { message = "[emulator tool=calculator args={\"expression\":\"1+1\"}]" }, Cancel);
        await api.AttachAsync("Some text"u8.ToArray(), "a.txt", Cancel);
        await api.CallAsync("POST", "/backups", Cancel);
        var growing = await socket.GrowAsync(Cancel);
        await socket.SendAsync(new { message = "Waits", conversation_id = growing.Number("conversation_id") }, Cancel);
        await socket.ReceiveFirstAsync(frame => frame.Text("message_status") == "queued", Cancel);

        Assert.Equal(1, Only(await SeenAsync(collector, "tahochat.sockets", "{socket}", points => points[0].Value > 0)));
        Assert.Equal(1, Only(await SeenAsync(collector, "tahochat.replies.growing", "{reply}", points => points[0].Value > 0)));
        Assert.Equal(1, Only(await SeenAsync(collector, "tahochat.replies.queued", "{reply}", points => points[0].Value > 0)));
        Assert.InRange(Only(await SeenAsync(collector, "tahochat.watchers", "{watcher}", points => points[0].Value > 0)), 1, 2);
        Assert.InRange(Only(await SeenAsync(collector, "tahochat.database.writes.waiting", "{write}")), 0, 9);

        var replies = await SeenAsync(collector, "tahochat.replies", "{reply}", points => points.Sum(point => point.Value) >= 3);
        Assert.Contains(replies, point => Is(point, ("tahochat.message.status", "complete"), ("tahochat.turn.kind", "send")) && point.Value == 2);
        Assert.Contains(replies, point => Is(point, ("tahochat.message.status", "interrupted"), ("tahochat.turn.kind", "send"), ("error.type", "provider_disconnected")));
        Assert.Contains(await SeenAsync(collector, "tahochat.reply.duration", "s"), point =>
            Is(point, ("tahochat.message.status", "complete"), ("tahochat.turn.kind", "send"), ("gen_ai.request.model", "openai/gpt-oss-120b")) && point.Count == 2);
        Assert.True(Is(Assert.Single(await SeenAsync(collector, "tahochat.reply.time_to_first_token", "s")), ("gen_ai.request.model", "openai/gpt-oss-120b")));
        Assert.True(Is(Assert.Single(await SeenAsync(collector, "tahochat.sends.refused", "{send}")), ("tahochat.turn.kind", "send"), ("error.type", "empty_message")));
        Assert.True(Is(Assert.Single(await SeenAsync(collector, "tahochat.provider.retries", "{retry}")), ("gen_ai.request.model", "openai/gpt-oss-120b"), ("error.type", "provider_rate_limited")));
        Assert.True(Is(Assert.Single(await SeenAsync(collector, "tahochat.tool.duration", "s")), ("gen_ai.tool.name", "calculator"), ("tahochat.tool.state", "done")));
        var attachment = Assert.Single(await SeenAsync(collector, "tahochat.attachment.size", "By"));
        Assert.True(Is(attachment, ("tahochat.attachment.kind", "text")) && attachment.Value == 9);
        Assert.Equal(1, Only(await SeenAsync(collector, "tahochat.backups", "{backup}")));
        Assert.InRange(Only(await SeenAsync(collector, "tahochat.slice.size", "{character}")), 10, 1_000_000);
        Assert.InRange(Only(await SeenAsync(collector, "tahochat.checkpoint.size", "By", points => points[0].Value > 0)), 1, 1_000_000);
        foreach (var name in (string[])["tahochat.checkpoint.duration", "tahochat.database.write.wait", "tahochat.database.commit.duration"])
            Assert.InRange(Only(await SeenAsync(collector, name, "s")), 1e-6, 60);
        Assert.True(Only(await SeenAsync(collector, "tahochat.database.commit.size", "{write}")) >= 6);
    }

    [Fact]
    public async Task The_circuit_and_what_is_left_of_the_limits_are_told_for_each_model()
    {
        await using var collector = await OtlpCollector.StartAsync(Cancel);
        await using var api = await TestApi.StartAsync(Cancel, collector.Settings());
        await using var socket = await api.ConnectAsync(Cancel);
        await socket.TurnAsync(new { message = "Hello" }, Cancel);
        var known = (await api.CallAsync("GET", "/limits", Cancel)).Text;

        var circuit = await SeenAsync(collector, "tahochat.provider.circuit", "1");
        Assert.Equal([("closed", 1d), ("half_open", 0d), ("open", 0d)], circuit.Select(point => ((string)point.Attributes["tahochat.circuit.state"]!, point.Value)).Order());
        foreach (var (name, unit) in new[] { ("requests", "{request}"), ("tokens", "{token}") })
        {
            var limit = (await SeenAsync(collector, $"tahochat.provider.{name}.limit", unit)).Single(OfReply);
            var remaining = (await SeenAsync(collector, $"tahochat.provider.{name}.remaining", unit)).Single(OfReply);
            Assert.Equal(["gen_ai.request.model"], limit.Attributes.Keys);
            Assert.InRange(remaining.Value, 1, limit.Value);
            Assert.Contains(limit.Value.ToString(System.Globalization.CultureInfo.InvariantCulture), known, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_metric_of_ours_says_what_it_is()
    {
        await using var collector = await OtlpCollector.StartAsync(Cancel);
        await using var api = await TestApi.StartAsync(Cancel, collector.Settings());
        await using var socket = await api.ConnectAsync(Cancel);
        await socket.TurnAsync(new { message = "Hello" }, Cancel);
        await SeenAsync(collector, "tahochat.replies", "{reply}");

        Assert.All(Ours(collector), metric =>
        {
            Assert.Matches("^(tahochat|gen_ai\\.client)\\.[a-z_.]+$", metric.Name);
            Assert.EndsWith(".", metric.Metric.Description, StringComparison.Ordinal);
            Assert.NotEmpty(metric.Unit);
        });
    }

    private static IEnumerable<CollectedMetric> Ours(OtlpCollector collector) =>
        collector.Metrics.Where(metric => metric.Scope is "TahoChat.Chat" or "TahoChat.Groq");

    /// <summary>The latest export of a metric that fits, once it has come.</summary>
    private static async Task<IReadOnlyList<CollectedPoint>> SeenAsync(
        OtlpCollector collector, string name, string unit, Func<IReadOnlyList<CollectedPoint>, bool>? fits = null)
    {
        var metric = await ApiCalls.UntilAsync(
            () => Task.FromResult(Ours(collector).LastOrDefault(metric => metric.Name == name && metric.Points.Count > 0 && fits?.Invoke(metric.Points) is not false)),
            metric => metric is not null, Cancel, TimeSpan.FromSeconds(40));
        Assert.Equal(unit, metric!.Unit);
        return metric.Points;
    }

    private static bool Failed(CollectedPoint point) => point.Attributes.ContainsKey("error.type");

    // The titles are the fast model's.
    private static bool OfReply(CollectedPoint point) => !Failed(point) && (string?)point.Attributes["gen_ai.request.model"] == "openai/gpt-oss-120b";

    private static bool Is(CollectedPoint point, params (string Name, string Value)[] attributes) =>
        point.Attributes.Count == attributes.Length
        && attributes.All(attribute => point.Attributes.TryGetValue(attribute.Name, out var value) && (string?)value == attribute.Value);

    private static double Only(IReadOnlyList<CollectedPoint> points)
    {
        var point = Assert.Single(points);
        Assert.Empty(point.Attributes);
        return point.Value;
    }

    private static void AssertBuckets(double[] bounds, IReadOnlyList<CollectedPoint> points) =>
        Assert.All(points, point => Assert.Equal(bounds, point.Bounds));

    private static void AssertCall(CollectedPoint point, TestApi api, params string[] more)
    {
        Assert.Equal([.. _call.Concat(more).Order()], point.Attributes.Keys.Order());
        Assert.Equal(("chat", "groq"), (point.Attributes["gen_ai.operation.name"], point.Attributes["gen_ai.provider.name"]));
        Assert.Equal(("openai/gpt-oss-120b", "127.0.0.1"), (point.Attributes["gen_ai.response.model"], point.Attributes["server.address"]));
        var provider = api.Services.GetRequiredService<TahoChat.Api.Groq.GroqEndpoint>().BaseUrl!;
        Assert.Equal((long)provider.Port, point.Attributes["server.port"]);
    }
}
