using Microsoft.Extensions.AI;
using TahoChat.Api.Groq;

namespace TahoChat.Tests.Groq;

/// <summary>The client as Microsoft.Extensions.AI sees it.</summary>
public sealed class GroqChatClientTests
{
    private static CancellationToken Test => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stream_gives_reasoning_text_usage_and_a_finish()
    {
        await using var server = new ScriptedServer(exchange => exchange.AnswerAsync(200, Recording.Everything, "text/event-stream"));
        await using var host = new GroqHost(server.BaseUrl);

        var response = await host.Get<IChatClient>().GetStreamingResponseAsync("Hello", new ChatOptions { Instructions = "Be brief.", MaxOutputTokens = 99, Temperature = 0.5f, Reasoning = new() { Effort = ReasoningEffort.High } }, Test).ToChatResponseAsync(Test);

        Assert.Equal(Recording.Content, response.Text);
        Assert.Equal(Recording.Reasoning, string.Concat(response.Messages[0].Contents.OfType<TextReasoningContent>().Select(content => content.Text)));
        Assert.Equal((ChatFinishReason.Stop, "openai/gpt-oss-20b", "req_1"), (response.FinishReason!.Value, response.ModelId, response.ResponseId));
        Assert.Equal((73L, 16L, 89L, 14L, 8L), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount, response.Usage.TotalTokenCount, response.Usage.ReasoningTokenCount, response.Usage.CachedInputTokenCount));
        var body = server.Requests[0].Body;
        Assert.Contains("""[{"role":"system","content":"Be brief."},{"role":"user","content":"Hello"}],"max_completion_tokens":99,"reasoning_effort":"high","temperature":0.5,""", body, StringComparison.Ordinal);
        Assert.Contains("openai/gpt-oss-120b", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_whole_reply_gives_the_same()
    {
        await using var server = new ScriptedServer(exchange => exchange.AnswerAsync(200, $$$"""{"model":"m","choices":[{"message":{"content":"Hi","reasoning":"hm"},"finish_reason":"length"}],"usage":{{{Recording.Usage}}}}"""));
        await using var host = new GroqHost(server.BaseUrl);

        var response = await host.Get<IChatClient>().GetResponseAsync("Hello", new ChatOptions { ModelId = "m" }, Test);

        Assert.Equal(("Hi", ChatFinishReason.Length, "m", 89L), (response.Text, response.FinishReason, response.ModelId, response.Usage!.TotalTokenCount));
        Assert.Equal("hm", Assert.Single(response.Messages[0].Contents.OfType<TextReasoningContent>()).Text);
    }

    [Fact]
    public async Task A_failure_comes_through_as_it_is_and_what_cannot_be_sent_is_refused()
    {
        await using var server = new ScriptedServer(exchange => exchange.AnswerAsync(401, ""));
        await using var host = new GroqHost(server.BaseUrl);
        var chat = host.Get<IChatClient>();

        Assert.Equal("provider_unauthorized", (await Assert.ThrowsAsync<GroqException>(() => chat.GetResponseAsync("Hello", cancellationToken: Test))).Code);
        var picture = new ChatMessage(ChatRole.User, [new DataContent(new byte[] { 1 }, "image/png")]);
        await Assert.ThrowsAsync<NotSupportedException>(() => chat.GetResponseAsync(picture, cancellationToken: Test));
        await Assert.ThrowsAsync<NotSupportedException>(() => chat.GetResponseAsync("Hello", new ChatOptions { Tools = [AIFunctionFactory.Create(() => 1, "one")] }, Test));
        Assert.Single(server.Requests);
        Assert.Equal("groq", chat.GetService<ChatClientMetadata>()?.ProviderName);
    }
}
