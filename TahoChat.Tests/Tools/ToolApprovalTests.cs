namespace TahoChat.Tests.Tools;

/// <summary>Tools that are not safe ask first: here the sum of an MCP server from npm.</summary>
public sealed class ToolApprovalTests
{
    private const string Sum = "everything__get-sum";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_tool_that_is_not_safe_asks_and_runs_once_it_is_allowed()
    {
        await using var provider = ToolProvider.Once(Sum, """{"a":2,"b":40}""");
        await using var api = await StartAsync(provider);
        await using var socket = await api.ConnectAsync(Cancel);

        var asking = await socket.AskAsync(Cancel);
        Assert.Equal(("everything", """{"a":2,"b":40}"""), (asking.Call().Text("server"), asking.Call().Text("arguments")));
        Assert.Single(provider.Requests);
        await socket.SendAsync(asking.Decide("allow"), Cancel);
        var turn = await socket.ReceiveTurnAsync(Cancel);

        Assert.Equal(["running", "done"], turn.States());
        Assert.Contains("42", turn.Where(frame => frame.Call() is null).Content(), StringComparison.Ordinal);
        // It was allowed this time only.
        var again = await socket.AskAsync(Cancel);
        Assert.NotEqual(asking.Number("message_id"), again.Number("message_id"));
    }

    [Fact]
    public async Task A_call_that_is_refused_does_not_run_and_the_model_is_told()
    {
        await using var provider = ToolProvider.Once(Sum, """{"a":2,"b":40}""");
        await using var api = await StartAsync(provider);
        await using var socket = await api.ConnectAsync(Cancel);

        var asking = await socket.AskAsync(Cancel);
        await socket.SendAsync(asking.Decide("refuse"), Cancel);
        var turn = await socket.ReceiveTurnAsync(Cancel);
        await socket.SendAsync(asking.Decide("allow"), Cancel);
        var late = await socket.ReceiveFirstAsync(frame => frame.Text("status") == "error", Cancel);

        Assert.Equal(["refused"], turn.States());
        Assert.StartsWith("It says: The person did not allow this call.", turn.Where(frame => frame.Call() is null).Content(), StringComparison.Ordinal);
        Assert.Equal("not_found", late.Text("code"));
    }

    [Fact]
    public async Task Always_allows_every_later_call_and_can_be_taken_back()
    {
        await using var provider = ToolProvider.Once(Sum, """{"a":2,"b":40}""");
        await using var api = await StartAsync(provider);
        await using var socket = await api.ConnectAsync(Cancel);

        var asking = await socket.AskAsync(Cancel);
        await socket.SendAsync(asking.Decide("always"), Cancel);
        await socket.ReceiveTurnAsync(Cancel);
        var second = await socket.TurnAsync(ToolCalls.Modern("Again"), Cancel);
        Assert.Equal(["running", "done"], second.States());
        // Nobody has to be asked, so clients that cannot answer are offered it too.
        var classic = await api.CallAsync("POST", "/chat", Cancel, """{"message":"Again"}""");
        Assert.Contains("42", (string)classic.Json["ai_response"]!["content"]!, StringComparison.Ordinal);

        var taken = await api.CallAsync("PUT", $"/tools/{Sum}", Cancel, """{"always_allowed":false}""");
        Assert.False((bool)taken.Json["always_allowed"]!);
        await socket.AskAsync(Cancel);
    }

    [Fact]
    public async Task Another_tab_and_a_reload_see_the_question_and_can_answer_it()
    {
        await using var provider = ToolProvider.Once(Sum, """{"a":2,"b":40}""");
        await using var api = await StartAsync(provider);
        long conversation;
        await using (var socket = await api.ConnectAsync(Cancel)) conversation = (await socket.AskAsync(Cancel)).Number("conversation_id");

        await ApiCalls.UntilAsync(
            async () => (await api.ConversationAsync(conversation, Cancel)).Messages()[^1],
            reply => reply["tool_calls"]?[0] is { } call && (string)call["state"]! == "asking", Cancel);
        await using var other = await api.ConnectAsync(Cancel);
        await other.SendAsync(new { type = "watch", conversation_id = conversation, revision = 0 }, Cancel);
        var asking = await other.ReceiveFirstAsync(frame => frame.Call().Text("state") == "asking", Cancel);
        await other.SendAsync(asking.Decide("allow"), Cancel);
        var turn = await other.ReceiveTurnAsync(Cancel);

        Assert.Equal("done", turn.States()[^1]);
        Assert.Equal("complete", turn[^1].Text("status"));
    }

    [Fact]
    public async Task Nobody_answering_counts_as_refused()
    {
        await using var provider = ToolProvider.Once(Sum, """{"a":2,"b":40}""");
        await using var api = await StartAsync(provider, ("Tools:Limits:Asking", "00:00:01"));
        await using var socket = await api.ConnectAsync(Cancel);

        var turn = await socket.TurnAsync(ToolCalls.Modern("Please add"), Cancel);

        Assert.Equal(["asking", "refused"], turn.States());
        Assert.Equal("complete", turn[^1].Text("status"));
    }

    [Fact]
    public async Task Stop_ends_a_reply_that_asks_and_another_can_follow()
    {
        await using var provider = ToolProvider.Once(Sum, """{"a":2,"b":40}""");
        await using var api = await StartAsync(provider);
        await using var socket = await api.ConnectAsync(Cancel);

        var asking = await socket.AskAsync(Cancel);
        var (conversation, message) = (asking.Number("conversation_id"), asking.Number("message_id"));
        await socket.SendAsync(new { type = "stop", conversation_id = conversation, message_id = message }, Cancel);
        var turn = await socket.ReceiveTurnAsync(Cancel);
        await socket.SendAsync(asking.Decide("allow"), Cancel);
        var late = await socket.ReceiveFirstAsync(frame => frame.Text("status") == "error", Cancel);

        Assert.Equal(("complete", "stopped"), (turn[^1].Text("status"), turn[^1].Text("message_status")));
        Assert.Equal("failed", turn.States()[^1]);
        Assert.Equal("not_found", late.Text("code"));
        Assert.Equal("failed", (string)(await api.MessageAsync(conversation, message, Cancel))["tool_calls"]![0]!["state"]!);

        // Going on with it gives the model what there was, and asks anew where it calls anew.
        await socket.SendAsync(new { type = "continue", conversation_id = conversation, message_id = message }, Cancel);
        var anew = await socket.ReceiveFirstAsync(frame => frame.Call().Text("state") == "asking", Cancel);
        Assert.Equal("fc_1_2", anew.Call().Text("id"));
        await socket.SendAsync(anew.Decide("allow"), Cancel);
        var ended = await socket.ReceiveTurnAsync(Cancel);
        Assert.Equal("done", ended.States("fc_1_2")[^1]);
        Assert.Equal(["user", "assistant", "tool", "user"], ToolProvider.Messages(provider.Requests[1]).Select(part => part.Text("role")!));
    }

    [Fact]
    public async Task A_server_that_ends_leaves_the_reply_interrupted_and_the_call_without_a_question()
    {
        var folder = Directory.CreateTempSubdirectory("tahochat-").FullName;
        try
        {
            await using var provider = ToolProvider.Once(Sum, """{"a":2,"b":40}""");
            long conversation;
            await using (var api = await provider.StartAsync(Cancel, EverythingServer.Settings(), folder))
            {
                await api.McpReadyAsync(Cancel);
                await using var socket = await api.ConnectAsync(Cancel);
                conversation = (await socket.AskAsync(Cancel)).Number("conversation_id");
            }

            await using var again = await provider.StartAsync(Cancel, EverythingServer.Settings(), folder);
            var reply = (await again.ConversationAsync(conversation, Cancel)).Messages()[^1];

            Assert.Equal(("interrupted", "server_restarted"), (reply.Text("status"), reply.Text("error_code")));
            Assert.Equal("failed", (string)reply["tool_calls"]![0]!["state"]!);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_client_that_cannot_answer_is_offered_only_what_needs_no_leave()
    {
        await using var provider = ToolProvider.Once(Sum, """{"a":2,"b":40}""");
        await using var api = await StartAsync(provider, ("Tools:Mcp:everything:Safe:0", "echo"));
        await using var socket = await api.ConnectAsync(Cancel);

        await socket.TurnAsync(new { message = "Hello" }, Cancel);
        await api.CallAsync("POST", "/chat", Cancel, """{"message":"Hello"}""");
        await socket.AskAsync(Cancel);

        string[] safe = ["current_time", "calculator", "everything__echo"];
        Assert.Equal(safe, ToolProvider.Offered(provider.Requests[0]));
        Assert.Equal(safe, ToolProvider.Offered(provider.Requests[2]));
        Assert.Contains(Sum, ToolProvider.Offered(provider.Requests[^1]));
    }

    private static async Task<TestApi> StartAsync(ToolProvider provider, params (string Name, string Value)[] more)
    {
        var settings = EverythingServer.Settings();
        foreach (var (name, value) in more) settings[name] = value;
        var api = await provider.StartAsync(Cancel, settings);
        await api.McpReadyAsync(Cancel);
        return api;
    }
}
