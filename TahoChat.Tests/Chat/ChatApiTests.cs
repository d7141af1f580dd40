using System.Net;
using System.Text.Json;
using TahoChat.GroqEmulator.Record;

namespace TahoChat.Tests.Chat;

/// <summary>A turn in one call, and what deleting does to a reply that grows.</summary>
public sealed class ChatApiTests(ApiWithoutRetries fixture) : IClassFixture<ApiWithoutRetries>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TestApi Api => fixture.Api;

    [Fact]
    public async Task A_turn_is_answered_when_its_reply_ended()
    {
        var first = await Api.CallAsync("POST", "/chat", Cancel, """{"message":"Hello [emulator reply=count:9]"}""");
        var conversation = first.Json.Number("conversation_id");
        var second = await Api.CallAsync("POST", "/chat", Cancel, JsonSerializer.Serialize(new { message = "More", conversation_id = conversation }));

        Assert.Equal(HttpStatusCode.OK, first.Status);
        Assert.Equal(["conversation_id", "user_message", "ai_response"], first.Json.Select(property => property.Key));
        var (asked, reply) = (first.Json["user_message"]!.AsObject(), first.Json["ai_response"]!.AsObject());
        Assert.Equal(("user", "Hello [emulator reply=count:9]"), (asked.Text("role"), asked.Text("content")));
        Assert.Equal(("assistant", ApiCalls.Count(9)), (reply.Text("role"), reply.Text("content")));
        Assert.Equal("complete", reply.Text("status"));
        Assert.Equal(asked.Number("id"), reply.Number("parent_id"));
        Assert.Equal(conversation, second.Json.Number("conversation_id"));
        Assert.Equal(4, (await Api.ConversationAsync(conversation, Cancel)).Messages().Count);
    }

    [Theory]
    [InlineData("""{"message":""}""")]
    [InlineData("""{"message":" \n "}""")]
    [InlineData("{}")]
    public async Task An_empty_message_is_a_400(string body)
    {
        var answer = await Api.CallAsync("POST", "/chat", Cancel, body);

        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.Status, answer.MediaType));
        Assert.Equal(("Message cannot be empty", "empty_message"), (answer.Json.Text("detail"), answer.Json.Text("code")));
    }

    [Theory]
    [InlineData("401", 502, "provider_unauthorized", false)]
    [InlineData("403", 502, "provider_forbidden", false)]
    [InlineData("413", 502, "context_too_long", false)]
    [InlineData("500", 502, "provider_error", true)]
    [InlineData("503", 503, "provider_overloaded", true)]
    [InlineData("429 retry_after=3600", 503, "provider_rate_limited", true)]
    [InlineData("cut", 502, "provider_disconnected", true)]
    public async Task A_reply_that_fails_is_told_with_its_code(string fault, int status, string code, bool retryable)
    {
        var answer = await Api.CallAsync("POST", "/chat", Cancel, JsonSerializer.Serialize(new { message = $"Hello [emulator fault={fault}]" }));

        Assert.Equal(((HttpStatusCode)status, "application/problem+json"), (answer.Status, answer.MediaType));
        Assert.Equal((code, retryable), (answer.Json.Text("code"), (bool)answer.Json["retryable"]!));
        Assert.Equal(fault.Contains("3600", StringComparison.Ordinal) ? 3600 : null, answer.Response.Headers.RetryAfter?.Delta?.TotalSeconds);
        Assert.DoesNotContain("org_", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(48 * 1024, HttpStatusCode.OK)]
    [InlineData((48 * 1024) + 1, HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_message_has_48_KiB_at_most(int size, HttpStatusCode status)
    {
        const string Prompt = "[emulator echo=\"short\"]";
        var answer = await Api.CallAsync("POST", "/chat", Cancel, JsonSerializer.Serialize(new { message = Prompt.PadRight(size, 'x') }));

        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public async Task Deleting_a_conversation_ends_its_reply_for_good()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        await using var watcher = await Api.ConnectAsync(Cancel);
        var begun = await socket.GrowAsync(Cancel, prompt: $"To be deleted {ApiCalls.Endless}");
        var conversation = begun.Number("conversation_id");
        await watcher.SendAsync(new { type = "watch", conversation_id = conversation }, Cancel);
        await watcher.ReceiveFirstAsync(frame => frame.Text("type") == "watching", Cancel);

        var deleted = await Api.CallAsync("DELETE", $"/conversations/{conversation}", Cancel);

        Assert.Equal(HttpStatusCode.NoContent, deleted.Status);
        var end = (await socket.ReceiveTurnAsync(Cancel))[^1];
        Assert.Equal(("error", "not_found"), (end.Text("status"), end.Text("code")));
        var farewell = await watcher.ReceiveFirstAsync(frame => frame.Text("type") == "conversation_deleted", Cancel);
        Assert.Equal(conversation, farewell.Number("conversation_id"));
        await ApiCalls.UntilAsync(
            () => Task.FromResult(Api.Replies("To be deleted").Single()), request => request.CancelSeen, Cancel);
        Assert.Equal(RequestOutcome.Cancelled, Api.Replies("To be deleted").Single().Outcome);
        Assert.Equal(HttpStatusCode.NotFound, (await Api.CallAsync("GET", $"/conversations/{conversation}", Cancel)).Status);
        Assert.DoesNotContain(
            (await Api.CallAsync("GET", "/conversations?limit=100", Cancel)).List, item => item.Number("id") == conversation);
    }
}
