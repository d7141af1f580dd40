using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using static TahoChat.Tests.GroqEmulator.EmulatorHost;

namespace TahoChat.Tests.GroqEmulator;

public sealed class CompletionStreamTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string[] Names(JsonElement element) => [.. element.EnumerateObject().Select(property => property.Name)];

    [Fact]
    public async Task A_stream_has_the_shape_of_the_real_one_field_by_field()
    {
        await using var emulator = await StartAsync(Cancellation);
        var body = Body("[emulator echo=\"a <b> & é👋\" reasoning=2]");
        body["stream_options"] = new JsonObject { ["include_usage"] = true };
        using var response = await emulator.PostAsync(body, Cancellation);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.ToString());
        var stream = new StreamTranscript(await response.Content.ReadAsStringAsync(Cancellation));

        Assert.DoesNotContain("\r", stream.Raw, StringComparison.Ordinal);
        Assert.All(stream.Events, line => Assert.StartsWith("data: ", line, StringComparison.Ordinal));
        Assert.True(stream.IsDone);
        var first = stream.Chunks[0];
        Assert.Equal(["id", "object", "created", "model", "system_fingerprint", "choices", "x_groq"], Names(first));
        Assert.Matches("^chatcmpl-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", first.GetProperty("id").GetString());
        Assert.Equal("chat.completion.chunk", first.GetProperty("object").GetString());
        Assert.Equal("openai/gpt-oss-20b", first.GetProperty("model").GetString());
        Assert.Equal(
            """[{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}]""",
            first.GetProperty("choices").GetRawText());
        Assert.Equal(["id", "seed"], Names(first.GetProperty("x_groq")));
        Assert.Equal(response.Headers.GetValues("x-request-id").Single(), first.GetProperty("x_groq").GetProperty("id").GetString());
        Assert.StartsWith("req_", first.GetProperty("x_groq").GetProperty("id").GetString(), StringComparison.Ordinal);
        Assert.All(stream.Chunks, chunk => Assert.Equal(first.GetProperty("id").GetString(), chunk.GetProperty("id").GetString()));
        Assert.Equal(["index", "delta", "logprobs", "finish_reason"], Names(stream.Chunks[1].GetProperty("choices")[0]));
        Assert.Equal("a <b> & é👋", stream.Content);
        Assert.Contains("\\u003cb", stream.Raw, StringComparison.Ordinal);
        Assert.Contains("\\u003e", stream.Raw, StringComparison.Ordinal);
        Assert.Contains("👋", stream.Raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Usage_comes_in_three_places_and_is_the_same_in_each()
    {
        await using var emulator = await StartAsync(Cancellation);
        var body = Body("[emulator reply=count:5 reasoning=3]");
        body["stream_options"] = new JsonObject { ["include_usage"] = true };
        var stream = await emulator.StreamAsync(body, Cancellation);

        var finish = stream.Chunks[^2];
        Assert.Equal("""[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}]""", finish.GetProperty("choices").GetRawText());
        var last = stream.Chunks[^1];
        Assert.Equal("[]", last.GetProperty("choices").GetRawText());
        Assert.Equal("on_demand", last.GetProperty("service_tier").GetString());
        var usage = last.GetProperty("usage");
        Assert.Equal(usage.GetRawText(), finish.GetProperty("usage").GetRawText());
        Assert.Equal(usage.GetRawText(), finish.GetProperty("x_groq").GetProperty("usage").GetRawText());
        Assert.Equal(
            [
                "queue_time", "prompt_tokens", "prompt_time", "completion_tokens", "completion_time", "total_tokens", "total_time",
                "completion_tokens_details",
            ],
            Names(usage));
        Assert.Equal(8, usage.GetProperty("completion_tokens").GetInt32());
        Assert.Equal(3, usage.GetProperty("completion_tokens_details").GetProperty("reasoning_tokens").GetInt32());
        Assert.Equal(usage.GetProperty("prompt_tokens").GetInt32() + 8, usage.GetProperty("total_tokens").GetInt32());
        var time = usage.GetProperty("prompt_time").GetDouble() + usage.GetProperty("completion_time").GetDouble();
        Assert.Equal(time, usage.GetProperty("total_time").GetDouble(), 6);
    }

    [Fact]
    public async Task Without_include_usage_the_finish_is_the_last_chunk()
    {
        await using var emulator = await StartAsync(Cancellation);
        var stream = await emulator.StreamAsync(Body("[emulator reply=count:5]"), Cancellation);
        Assert.Equal("stop", stream.Chunks[^1].GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.True(stream.IsDone);
    }

    [Fact]
    public async Task Reasoning_comes_first_and_on_the_analysis_channel()
    {
        await using var emulator = await StartAsync(Cancellation);
        var stream = await emulator.StreamAsync(Body("What is a fjord?"), Cancellation);
        var kinds = stream.Chunks.Skip(1).SkipLast(1).Select(chunk => chunk.GetProperty("choices")[0].GetProperty("delta")).ToList();
        var reasoning = kinds.TakeWhile(delta => delta.TryGetProperty("reasoning", out _)).ToList();
        Assert.NotEmpty(reasoning);
        Assert.All(reasoning, delta => Assert.Equal("analysis", delta.GetProperty("channel").GetString()));
        Assert.All(kinds.Skip(reasoning.Count), delta => Assert.Equal(["content"], Names(delta)));
    }

    [Fact]
    public async Task Reasoning_that_nobody_wants_is_counted_and_not_sent()
    {
        await using var emulator = await StartAsync(Cancellation);
        var body = Body("[emulator reply=count:5 reasoning=7]");
        body["include_reasoning"] = false;
        var stream = await emulator.StreamAsync(body, Cancellation);
        Assert.Empty(stream.Deltas("reasoning"));
        var details = stream.Chunks[^1].GetProperty("usage").GetProperty("completion_tokens_details");
        Assert.Equal(7, details.GetProperty("reasoning_tokens").GetInt32());
    }

    [Fact]
    public async Task More_effort_means_more_reasoning()
    {
        await using var emulator = await StartAsync(Cancellation);
        var lengths = new List<int>();
        foreach (var effort in new[] { "low", "medium", "high" })
        {
            var body = Body("What is a fjord?");
            body["reasoning_effort"] = effort;
            lengths.Add((await emulator.StreamAsync(body, Cancellation)).Reasoning.Length);
        }

        Assert.True(lengths[0] < lengths[1] && lengths[1] < lengths[2], string.Join(' ', lengths));
    }

    [Fact]
    public async Task Too_few_tokens_cut_the_reply_and_may_leave_none()
    {
        await using var emulator = await StartAsync(Cancellation);
        var body = Body("[emulator reply=count:50 reasoning=10]");
        body["max_completion_tokens"] = 14;
        var cut = await emulator.StreamAsync(body, Cancellation);
        Assert.Equal(("1 2 3 4 ", "length"), (cut.Content, cut.FinishReason));
        body["max_completion_tokens"] = 6;
        var empty = await emulator.StreamAsync(body, Cancellation);
        Assert.Equal(("", "length"), (empty.Content, empty.FinishReason));
        Assert.Equal(6, empty.Deltas("reasoning").Count());
    }

    [Fact]
    public async Task Two_thousand_tokens_at_a_thousand_a_second_arrive_whole()
    {
        await using var emulator = await StartAsync(Cancellation);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(15));
        var stream = await emulator.StreamAsync(Body("[emulator reply=count:2000 reasoning=0 speed=1000]"), limit.Token);
        Assert.Equal(string.Concat(Enumerable.Range(1, 2000).Select(number => $"{number} ")), stream.Content);
        Assert.Equal(2000, stream.Deltas("content").Count());
        var seconds = stream.Chunks[^1].GetProperty("usage").GetProperty("completion_time").GetDouble();
        Assert.InRange(seconds, 1.9, 15);
        TestContext.Current.TestOutputHelper?.WriteLine($"2,000 tokens in {seconds:0.000} s");
    }

    [Fact]
    public async Task Tokens_never_split_a_surrogate_pair()
    {
        await using var emulator = await StartAsync(Cancellation);
        var text = string.Concat(Enumerable.Repeat("😀é漢👩‍🚀", 40));
        var stream = await emulator.StreamAsync(Body($"[emulator echo=\"{text}\"]"), Cancellation);
        Assert.Equal(text, stream.Content);
        Assert.All(stream.Deltas("content"), piece => Assert.False(char.IsHighSurrogate(piece[^1])));
    }

    [Fact]
    public async Task Headers_tell_the_request_and_the_limits_in_Go_durations()
    {
        await using var emulator = await StartAsync(Cancellation);
        using var response = await emulator.PostAsync(Body("Hello"), Cancellation);
        Assert.Equal("1000", Header(response.Headers, "x-ratelimit-limit-requests"));
        Assert.Equal("999", Header(response.Headers, "x-ratelimit-remaining-requests"));
        Assert.Equal("1m26.4s", Header(response.Headers, "x-ratelimit-reset-requests"));
        Assert.Equal("8000", Header(response.Headers, "x-ratelimit-limit-tokens"));
        Assert.Matches(@"^\d+(\.\d+)?ms$", Header(response.Headers, "x-ratelimit-reset-tokens"));
        Assert.NotEmpty(Header(response.Headers, "x-groq-region"));
        Assert.False(response.Headers.Contains("retry-after"));
    }

    private static string Header(HttpResponseHeaders headers, string name) => headers.GetValues(name).Single();
}
