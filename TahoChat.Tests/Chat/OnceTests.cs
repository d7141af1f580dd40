namespace TahoChat.Tests.Chat;

/// <summary>A send happens once, however often it is sent.</summary>
public sealed class OnceTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TestApi Api => fixture.Api;

    [Fact]
    public async Task The_same_send_again_is_answered_with_the_same_reply()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        await using var other = await Api.ConnectAsync(Cancel);
        var send = new { message = "Only once [emulator reply=count:20]", client_message_id = "once-1", traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01" };
        var first = await socket.TurnAsync(send, Cancel);

        var again = await other.TurnAsync(send with { traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4737-00f067aa0ba902b7-01" }, Cancel);
        var learned = await other.TurnAsync(
            new { send.message, send.client_message_id, conversation_id = first[0].Number("conversation_id") }, Cancel);

        foreach (var repeated in new[] { again, learned })
        {
            Assert.Equal(first[0].Number("message_id"), repeated[0].Number("message_id"));
            Assert.Equal(first[0].Number("user_message_id"), repeated[0].Number("user_message_id"));
            Assert.Equal(ApiCalls.Count(20), repeated.Content());
            Assert.Equal(first[^1].ToJsonString(), repeated[^1].ToJsonString());
        }

        Assert.Single(Api.Replies("Only once"));
        Assert.Equal(2, (await Api.ConversationAsync(first[0].Number("conversation_id"), Cancel)).Messages().Count);
    }

    [Fact]
    public async Task Another_body_under_the_same_id_is_a_conflict()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var first = await socket.TurnAsync(new { message = "One body", client_message_id = "once-2" }, Cancel);
        var other = (await Api.CallAsync("POST", "/conversations", Cancel, "{}")).Json.Number("id");

        Assert.Equal("conflict", await CodeAsync(new { message = "Other body", client_message_id = "once-2" }));
        Assert.Equal("conflict", await CodeAsync(new { message = "One body", client_message_id = "once-2", model = "openai/gpt-oss-20b" }));
        Assert.Equal("conflict", await CodeAsync(new { message = "One body", client_message_id = "once-2", conversation_id = other }));
        Assert.Equal("conflict", await CodeAsync(new { message = "One body", client_message_id = "once-2", parent_id = first[0].Number("message_id") }));
        Assert.Single(Api.Replies("One body"));

        async Task<string?> CodeAsync(object frame)
        {
            var refused = (await socket.TurnAsync(frame, Cancel))[0];
            Assert.Equal("once-2", refused.Text("client_message_id"));
            return refused.Text("code");
        }
    }

    [Fact]
    public async Task Ten_sockets_that_send_the_same_at_once_make_one_turn()
    {
        var sockets = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Api.ConnectAsync(Cancel)));

        var turns = await Task.WhenAll(sockets.Select(socket => socket.TurnAsync(
            new { message = "Ten times [emulator reply=count:100 speed=500]", client_message_id = "once-3" }, Cancel)));

        Assert.Single(turns.Select(turn => (turn[0].Number("message_id"), turn[0].Number("user_message_id"), turn[0].Number("conversation_id"))).Distinct());
        Assert.All(turns, turn => Assert.Equal(ApiCalls.Count(100), turn.Content()));
        Assert.Single(turns.Select(turn => turn[^1].ToJsonString()).Distinct());
        Assert.Single(Api.Replies("Ten times"));
        foreach (var socket in sockets) await socket.DisposeAsync();
    }

    [Fact]
    public async Task Of_ten_bodies_under_one_id_at_once_one_wins()
    {
        var sockets = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Api.ConnectAsync(Cancel)));

        var turns = await Task.WhenAll(sockets.Select((socket, number) => socket.TurnAsync(
            new { message = $"Body {number} of ten", client_message_id = "once-4" }, Cancel)));

        Assert.Single(turns, turn => turn[^1].Text("status") == "complete");
        Assert.Equal(9, turns.Count(turn => turn[0].Text("code") == "conflict"));
        Assert.Single(Api.Replies("of ten"));
        foreach (var socket in sockets) await socket.DisposeAsync();
    }

    [Fact]
    public async Task A_refused_send_can_be_sent_again()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var missing = await socket.TurnAsync(new { message = "Again", client_message_id = "once-5", conversation_id = 424242 }, Cancel);

        var taken = await socket.TurnAsync(new { message = "Again", client_message_id = "once-5" }, Cancel);

        Assert.Equal(("not_found", "complete"), (missing[0].Text("code"), taken[^1].Text("status")));
    }
}
