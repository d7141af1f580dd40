using System.Text;
using TahoChat.Api.Groq;

namespace TahoChat.Tests.Groq;

/// <summary>Streams that go wrong, or look as if they did.</summary>
public sealed class StreamFaultTests
{
    private const string Half = "Half a rep";

    [Theory]
    [InlineData("event: error\ndata: {\"error\":{\"message\":\"in org_0123 no\",\"type\":\"invalid_request_error\",\"code\":\"tool_use_failed\",\"status_code\":400}}\n\n", "provider_rejected", false)]
    [InlineData("event: error\ndata: {\"error\":{\"message\":\"x\",\"status_code\":503}}\n\n", "provider_overloaded", true)]
    [InlineData("event: error\ndata: \"broken\"\n\n", "provider_error", true)]
    [InlineData("event: error\ndata: {}\n\n", "provider_error", true)]
    [InlineData("data: {\"error\":{\"message\":\"x\",\"type\":\"internal_server_error\"}}\n\n", "provider_error", true)]
    [InlineData("data: {\"error\":\"x\"}\n\n", "provider_error", true)]
    [InlineData("data: {\"choices\":[],\"x_groq\":{\"error\":\"over capacity\"}}\n\n", "provider_error", true)]
    [InlineData("data: {\"choices\":[],\"x_groq\":{\"error\":{\"code\":\"rate_limit_exceeded\"}}}\n\n", "provider_rate_limited", true)]
    [InlineData("data: {\"choices\":[{\"ind\n\n", "provider_protocol", true)]
    [InlineData("data: nonsense\n\n", "provider_protocol", true)]
    [InlineData("", "provider_disconnected", true)]
    [InlineData("data: {\"choices\":[{\"index\":0,\"delta\":{\"cont", "provider_disconnected", true)]
    [InlineData("data: [DONE]\n\ndata: [DONE]\n\n", "provider_disconnected", true)]
    [InlineData("data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":null}]}\n\n", "provider_disconnected", true)]
    public async Task A_fault_after_text_keeps_the_text_and_is_never_sent_again(string rest, string code, bool retryable)
    {
        await using var server = Answering(Recording.ContentEvent(Half) + rest + "data: {\"choices\":[");
        await using var host = new GroqHost(server.BaseUrl);

        var (deltas, failure) = await host.ReadToFailureAsync();

        Assert.Equal(Half, Recording.Text(deltas));
        Assert.Equal((code, retryable), (failure.Code, failure.Retryable));
        Assert.DoesNotContain("org_", failure.ToString(), StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_fault_after_reasoning_alone_is_not_sent_again()
    {
        await using var server = Answering(Recording.Event("""{"reasoning":"hm"}"""));
        await using var host = new GroqHost(server.BaseUrl);

        var (deltas, failure) = await host.ReadToFailureAsync();

        Assert.Equal("hm", Recording.Text(deltas, GroqDeltaKind.Reasoning));
        Assert.Equal("provider_disconnected", failure.Code);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Text_in_the_event_of_an_error_is_given_first()
    {
        await using var server = Answering("data: {\"choices\":[{\"delta\":{\"content\":\"last words\"}}],\"x_groq\":{\"error\":\"x\"}}\n\n" + Recording.ContentEvent("more"));
        await using var host = new GroqHost(server.BaseUrl);

        var (deltas, failure) = await host.ReadToFailureAsync();

        Assert.Equal("last words", Recording.Text(deltas));
        Assert.Equal("provider_error", failure.Code);
    }

    [Fact]
    public async Task A_reset_after_text_keeps_the_text()
    {
        GroqHost? host = null;
        await using var server = new ScriptedServer(async exchange =>
        {
            var bytes = Exchange.Head(200, "text/event-stream") + Recording.ContentEvent(Half);
            await exchange.WriteAsync(bytes);
            await host!.BytesRead.ReachedAsync(Encoding.UTF8.GetByteCount(bytes));
            exchange.Reset();
        });
        await using var running = host = new GroqHost(server.BaseUrl);

        var (deltas, failure) = await host.ReadToFailureAsync();

        Assert.Equal(Half, Recording.Text(deltas));
        Assert.Equal("provider_disconnected", failure.Code);
    }

    [Theory]
    [InlineData("data: ", "a line")]
    [InlineData("data: x\n", "lines of one event")]
    [InlineData(": x\r\n", "comments without a blank line")]
    public async Task An_event_without_an_end_does_not_eat_the_memory(string endless, string what)
    {
        Assert.NotEmpty(what);
        var sent = 0L;
        await using var server = new ScriptedServer(async exchange =>
        {
            await exchange.HeadAsync();
            await exchange.WriteAsync(Recording.ContentEvent(Half) + "data: ");
            var block = string.Concat(Enumerable.Repeat(endless.EndsWith('\n') ? endless : "xxxxxxxx", 8192));
            for (; sent < 256 * 1024 * 1024; sent += block.Length) await exchange.WriteAsync(block);
        });
        await using var host = new GroqHost(server.BaseUrl);

        var (deltas, failure) = await host.ReadToFailureAsync();

        Assert.Equal(Half, Recording.Text(deltas));
        Assert.Equal("provider_protocol", failure.Code);
        Assert.InRange(sent, 0, 32 * 1024 * 1024);
    }

    [Fact]
    public async Task A_chunk_of_16_MB_is_refused()
    {
        await using var server = Answering(Recording.ContentEvent(Half) + Recording.ContentEvent(new string('x', 16 * 1024 * 1024)) + Recording.Ending);
        await using var host = new GroqHost(server.BaseUrl);

        Assert.Equal("provider_protocol", (await host.ReadToFailureAsync()).Failure.Code);
    }

    [Theory]
    [InlineData("data: {\"choices\":[]}\n\ndata:\n\ndata: {\"choices\":7,\"usage\":\"x\",\"x_groq\":[],\"model\":3,\"id\":{}}\n\n", "")]
    [InlineData("data: {\"choices\":[{\"delta\":{\"content\":[1,{\"a\":2}],\"reasoning\":5}},{\"index\":1,\"delta\":{\"content\":\"other\"}},9]}\n\n", "")]
    [InlineData("data: {\"new\":{\"deep\":[[[{}]]]},\"choices\":[{\"new\":[1],\"delta\":{\"new\":{},\"content\":\"a\"}}]}\n\n", "a")]
    [InlineData("data: {\"choices\":\ndata: [{\"delta\":\ndata: {\"content\":\"lines\"}}]}\n\n", "lines")]
    [InlineData("data: {\"choices\":[{\"delta\":{\"content\":\"a\\ud83d\"}}]}\n\ndata: {\"choices\":[{\"delta\":{\"content\":\"\\ude00b\"}}]}\n\n", "a😀b")]
    [InlineData("data: {\"choices\":[{\"delta\":{\"content\":\"a\\ud83d\"}}]}\n\ndata: {\"choices\":[{\"delta\":{\"content\":\"b\\ude00\\ud83dc\"}}]}\n\n", "a\ufffdb\ufffd\ufffdc")]
    [InlineData("data: {\"choices\":[{\"delta\":{\"content\":\"\\u0000\\b\\f\\/\\r\\n\"}}]}\n\n", "\0\b\f/\r\n")]
    [InlineData("\ufeffdata: \ufeff{\"choices\":[{\"delta\":{\"content\":\"bom\"}}]}\n\n", "bom")]
    [InlineData("data: {\"choices\":\0[{\"delta\":{\"content\":\"n\0ul\"}}]}\n\n", "nul")]
    [InlineData("data: {\"choices\":[{\"delta\":{\"content\":\"early\"}}]}\n\ndata: [DONE]\n\n", "early")]
    public async Task Odd_chunks_are_read_as_far_as_they_make_sense(string events, string text)
    {
        await using var server = Answering(events + Recording.Ending);
        await using var host = new GroqHost(server.BaseUrl);

        var deltas = await host.ReadAllAsync();

        Assert.Equal(text, Recording.Text(deltas));
        Assert.Equal("stop", deltas[^1].Completion?.FinishReason);
    }

    [Fact]
    public async Task Half_a_surrogate_pair_at_the_very_end_becomes_a_replacement_character()
    {
        await using var server = Answering(Recording.Event("""{"content":"a\ud83d"}""") + Recording.Ending);
        await using var host = new GroqHost(server.BaseUrl);

        Assert.Equal("a\ufffd", Recording.Text(await host.ReadAllAsync()));
    }

    [Fact]
    public async Task Invalid_utf8_becomes_replacement_characters()
    {
        byte[] body = [.. Recording.Bytes("data: {\"choices\":[{\"delta\":{\"content\":\"a"), 0xC3, 0x28, 0xFF, .. Recording.Bytes("\\n\"}}]}\n\n" + Recording.Ending)];
        await using var server = new ScriptedServer(async exchange =>
        {
            await exchange.HeadAsync();
            await exchange.WriteAsync(body);
        });
        await using var host = new GroqHost(server.BaseUrl);

        Assert.Equal("a\ufffd(\ufffd\n", Recording.Text(await host.ReadAllAsync()));
    }

    [Theory]
    [InlineData("length")]
    [InlineData("content_filter")]
    [InlineData("tool_calls")]
    [InlineData("a_new_word")]
    public async Task Every_finish_reason_is_an_end_with_and_without_text(string reason)
    {
        await using var server = Answering($"data: {{\"choices\":[{{\"delta\":{{}},\"finish_reason\":\"{reason}\"}}]}}\n\n");
        await using var host = new GroqHost(server.BaseUrl);

        var end = Assert.Single(await host.ReadAllAsync());

        Assert.Equal(new GroqCompletion(reason, null, "req_header", null), end.Completion);
    }

    [Theory]
    [InlineData("data: broken\n\n")]
    [InlineData("event: error\ndata: {}\n\n")]
    [InlineData("data: {\"choic")]
    public async Task What_breaks_after_the_finish_breaks_nothing(string rest)
    {
        await using var server = Answering(Recording.ContentEvent("all") + "data: {\"choices\":[{\"finish_reason\":\"stop\"}]}\n\n" + rest);
        await using var host = new GroqHost(server.BaseUrl);

        var deltas = await host.ReadAllAsync();

        Assert.Equal("all", Recording.Text(deltas));
        Assert.Equal("stop", deltas[^1].Completion?.FinishReason);
    }

    [Fact]
    public async Task The_last_usage_counts_and_is_not_added_up()
    {
        await using var server = Answering(
            "data: {\"choices\":[{\"finish_reason\":\"stop\"}],\"x_groq\":{\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":2}}}\n\n"
            + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":5.0,\"completion_tokens\":7,\"total_time\":\"x\",\"completion_tokens_details\":null}}\n\ndata: [DONE]\n\n");
        await using var host = new GroqHost(server.BaseUrl);

        var end = Assert.Single(await host.ReadAllAsync());

        Assert.Equal(new GroqUsage(5, 7, 12, 0, 0, null, null, null, null), end.Completion?.Usage);
    }

    private static ScriptedServer Answering(string events) => new(async exchange =>
    {
        await exchange.HeadAsync();
        await exchange.WriteAsync(events);
    });
}
