using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TahoChat.Api.Generations;

namespace TahoChat.Tests.Telemetry;

/// <summary>What the log says of turns, over OTLP as an operator has it.</summary>
public sealed class LogTests
{
    private static readonly string[] _fields =
    [
        "ReplyId", "ConversationId", "UserMessageId", "Kind", "Status", "Reason", "Model", "QueueMs", "FirstTokenMs", "DurationMs", "InputTokens",
        "OutputTokens", "CachedTokens", "Chunks", "Slices", "Retries", "ToolCalls", "Bytes", "Checkpoints", "TraceId",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_turn_is_one_line_that_tells_its_whole_story_in_its_trace()
    {
        await using var collector = await OtlpCollector.StartAsync(Cancel);
        await using var api = await TestApi.StartAsync(Cancel, collector.Settings());
        await using var socket = await api.ConnectAsync(Cancel);

        var turn = await socket.TurnAsync(new { message = "Tell me [emulator reply=count:40 speed=100 first=0 reasoning=3]" }, Cancel);

        var line = Assert.Single(await LinesAsync(collector, 1));
        Assert.Equal(_fields.Order(), line.Attributes.Keys.Where(name => char.IsUpper(name[0])).Order());
        var (end, said) = (turn[^1], turn.Content());
        Assert.Equal(end.Text("trace_id"), line.TraceId);
        Assert.Equal(end.Text("trace_id"), line.Attributes["TraceId"]);
        Assert.Equal((end.Number("message_id"), end.Number("conversation_id"), turn[0].Number("user_message_id")), (Number(line, "ReplyId"), Number(line, "ConversationId"), Number(line, "UserMessageId")));
        Assert.Equal(("send", "complete", "stop", "openai/gpt-oss-120b"), (line.Attributes["Kind"], line.Attributes["Status"], line.Attributes["Reason"], line.Attributes["Model"]));
        var usage = end["usage"]!.AsObject();
        Assert.Equal((usage.Number("prompt_tokens"), usage.Number("completion_tokens"), usage.Number("cached_tokens")), (Number(line, "InputTokens"), Number(line, "OutputTokens"), Number(line, "CachedTokens")));
        Assert.InRange(Number(line, "FirstTokenMs"), 0, Number(line, "DurationMs"));
        Assert.InRange(Number(line, "DurationMs"), 350, 60_000);
        Assert.InRange(Number(line, "Chunks"), 40, 50);
        Assert.InRange(Number(line, "Slices"), 1, Number(line, "Chunks"));
        Assert.InRange(Number(line, "Checkpoints"), 1, 100);
        Assert.True(Number(line, "Bytes") > said.Length);
        Assert.Equal((0L, 0L, 0L), (Number(line, "QueueMs"), Number(line, "Retries"), Number(line, "ToolCalls")));
        Assert.StartsWith($"Reply {end.Number("message_id")} in conversation {end.Number("conversation_id")} to message", line.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_line_says_what_kind_of_turn_it_was_how_long_it_waited_and_how_it_failed()
    {
        await using var collector = await OtlpCollector.StartAsync(Cancel);
        await using var api = await TestApi.StartAsync(Cancel, collector.Settings());
        await using var socket = await api.ConnectAsync(Cancel);
        var first = await socket.TurnAsync(new { message = "First [emulator reply=count:3 fault=cut after=2]" }, Cancel);
        var (conversation, message, reply) = (first[0].Number("conversation_id"), first[0].Number("user_message_id"), first[0].Number("message_id"));
        await socket.TurnAsync(new { type = "continue", conversation_id = conversation, message_id = reply }, Cancel);
        await socket.TurnAsync(new { type = "regenerate", conversation_id = conversation, message_id = reply }, Cancel);
        await socket.TurnAsync(new { type = "edit", conversation_id = conversation, message_id = message, message = "Retried [emulator fault=429-now fails=1]" }, Cancel);
        var growing = await socket.GrowAsync(Cancel);
        await socket.SendAsync(new { message = "Waits", conversation_id = growing.Number("conversation_id") }, Cancel);
        await socket.ReceiveFirstAsync(frame => frame.Text("message_status") == "queued", Cancel);
        await socket.SendAsync(new { type = "stop", conversation_id = growing.Number("conversation_id") }, Cancel);
        await socket.ReceiveFirstAsync(frame => frame.Text("message_status") == "stopped", Cancel);
        await socket.SendAsync(new { type = "resume", conversation_id = growing.Number("conversation_id") }, Cancel);

        var lines = await LinesAsync(collector, 6);

        Assert.Equal(
            ["send interrupted provider_disconnected", "continue complete stop", "regenerate interrupted provider_disconnected", "edit complete stop", "send stopped stopped", "send complete stop"],
            lines.Select(line => $"{line.Attributes["Kind"]} {line.Attributes["Status"]} {line.Attributes["Reason"]}"));
        Assert.Equal([0, 0, 0, 1, 0, 0], lines.Select(line => Number(line, "Retries")));
        Assert.All(lines.Take(5), line => Assert.Equal(0, Number(line, "QueueMs")));
        Assert.InRange(Number(lines[5], "QueueMs"), 1, Number(lines[5], "DurationMs"));
        // Nothing else at Information in all that; the provider's refusal is a warning, of the turn's trace.
        Assert.All(Ours(collector).Where(line => line.Severity == "Information"), line => Assert.Contains(line, lines));
        var warning = Assert.Single(Ours(collector), line => line.Severity == "Warning");
        Assert.Equal(lines[3].TraceId, warning.TraceId);
    }

    [Fact]
    public async Task Nothing_of_a_conversation_is_logged_even_when_everything_is()
    {
        const string Canary = "zanzibarcanary";
        await using var collector = await OtlpCollector.StartAsync(Cancel);
        var settings = new Dictionary<string, string?>(collector.Settings()) { ["LOG_LEVEL"] = "trace", ["GROQ_API_KEY"] = $"gsk_{Canary}" };
        await using var api = await TestApi.StartAsync(Cancel, settings);
        var name = $"{Canary}.txt";
        using var file = new MultipartFormDataContent { { new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes($"{Canary} in a file")), "file", name } };
        using var upload = await api.Http.PostAsync(new Uri("/attachments", UriKind.Relative), file, Cancel);
        var attachment = (long)JsonNode.Parse(await upload.Content.ReadAsStringAsync(Cancel))!["id"]!;
        await using var socket = await api.ConnectAsync(Cancel);
        var turn = await socket.TurnAsync(new { message = $"{Canary} [emulator echo=\"{Canary} again\"]", attachment_ids = new[] { attachment } }, Cancel);
        await api.CallAsync("PUT", $"/conversations/{turn[0].Number("conversation_id")}/title", Cancel, $$"""{"title":"{{Canary}}"}""");
        await socket.TurnAsync(new { message = $"{Canary} [emulator tool=calculator args={{\"expression\":\"{Canary}\"}}]" }, Cancel);
        await socket.TurnAsync(new { message = $"{Canary} [emulator fault=echo-key]" }, Cancel);
        await LinesAsync(collector, 3);

        Assert.True(collector.Logs.Count > 100, $"Only {collector.Logs.Count} lines");
        Assert.DoesNotContain(collector.Logs, line => $"{line.Body} {string.Join(' ', line.Attributes.Values)}".Contains(Canary, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Every_line_has_an_event_id_of_its_own()
    {
        var lines = typeof(GenerationHub).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Select(method => (method, Line: method.GetCustomAttribute<LoggerMessageAttribute>()))
            .Where(pair => pair.Line is not null)
            .ToList();

        Assert.True(lines.Count > 20);
        Assert.All(lines, pair => Assert.True(pair.Line!.EventId >= 100, $"{pair.method.DeclaringType}.{pair.method.Name}"));
        Assert.Equal(lines.Count, lines.Select(pair => pair.Line!.EventId).Distinct().Count());
    }

    private static long Number(CollectedLog line, string name) => (long)line.Attributes[name]!;

    private static IEnumerable<CollectedLog> Ours(OtlpCollector collector) =>
        collector.Logs.Where(line => line.Category.StartsWith("TahoChat.", StringComparison.Ordinal));

    private static async Task<List<CollectedLog>> LinesAsync(OtlpCollector collector, int count) => await ApiCalls.UntilAsync(
        () => Task.FromResult(Ours(collector).Where(line => line.Category == typeof(TurnRunner).FullName && line.Severity == "Information").ToList()),
        lines => lines.Count >= count,
        Cancel);
}
