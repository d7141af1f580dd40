using System.Net.Http.Headers;
using System.Text;
using TahoChat.Tests.Telemetry;

namespace TahoChat.Tests.Promises;

/// <summary>What people write, what the model answers and the key are in no span, metric, log line or health answer; captured on
/// purpose, the messages are in the attributes that are there for them, and in nothing else.</summary>
public sealed class CanaryTests
{
    private const string Word = "canary8d1f";

    private static readonly string[] _prompts =
    [
        $"[emulator reply=echo] {Word} speaks",
        $"[emulator reply=echo fault=503 fails=1] {Word} again",
        $"[emulator fault=401] {Word} without a key",
        $"[emulator fault=429-hour] {Word} has to wait",
        $"[emulator reply=echo fault=error after=2] {Word} breaks off after a few words of its own",
        $"[emulator tool=calculator] {Word}",
        $"[emulator fault=400] {Word} is too long",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Information")]
    [InlineData("Trace")]
    public async Task Nothing_of_a_conversation_is_in_any_telemetry(string level)
    {
        await using var collector = await OtlpCollector.StartAsync(Token);
        await ChatAsync(new(collector.Settings()) { ["LOG_LEVEL"] = level });

        Assert.NotEmpty(collector.Spans);
        Assert.NotEmpty(collector.Metrics);
        Assert.NotEmpty(collector.Logs);
        Assert.False(collector.Holds(Word), collector.Around(Word));
        Assert.False(collector.Holds(Canary.Key), collector.Around(Canary.Key));
    }

    [Fact]
    public async Task Captured_messages_are_in_the_attributes_for_them_and_nowhere_else()
    {
        await using var collector = await OtlpCollector.StartAsync(Token);
        await ChatAsync(new(collector.Settings()) { ["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"] = "true" });

        var attributes = collector.Spans
            .SelectMany(span => span.Attributes.Concat(span.Events.SelectMany(item => item.Attributes)))
            .Where(attribute => attribute.Value is string text && text.Contains(Word, StringComparison.Ordinal))
            .Select(attribute => attribute.Key)
            .ToHashSet();
        Assert.Contains("gen_ai.input.messages", attributes);
        Assert.Contains("gen_ai.output.messages", attributes);
        Assert.Subset(Canary.CapturedAttributes, attributes);
        Assert.DoesNotContain(collector.Logs, log => log.ToString().Contains(Word, StringComparison.Ordinal));
        Assert.False(collector.Holds(Canary.Key), collector.Around(Canary.Key));
    }

    /// <summary>Everything that reads or writes texts, to its end; then the server's end, which sends the last of its telemetry.</summary>
    private static async Task ChatAsync(Dictionary<string, string?> settings)
    {
        await using var api = await TestApi.StartAsync(Token, settings);
        await using (var socket = await api.ConnectAsync(Token))
        {
            foreach (var prompt in _prompts) await socket.TurnAsync(new { message = prompt }, Token);
        }

        using var file = new MultipartFormDataContent();
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes($"{Word} in a file"));
        content.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        file.Add(content, "file", $"{Word}.txt");
        using (var upload = await api.Http.PostAsync("/attachments", file, Token)) Assert.True(upload.IsSuccessStatusCode);
        await api.CallAsync("POST", "/conversations", Token, $$"""{"title":"{{Word}}"}""");
        await api.CallAsync("POST", "/chat", Token, $$"""{"message":"{{Word}}"}""");
        await api.CallAsync("POST", "/chat", Token, $$$"""{"message":{"{{{Word}}}":1}}""");
        var health = await api.CallAsync("GET", "/health", Token);
        Assert.DoesNotContain(Word, health.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary.Key, health.Text, StringComparison.Ordinal);
    }
}
