using System.Net;

namespace TahoChat.Tests.Tools;

/// <summary>Replies that call tools which need no leave.</summary>
public sealed class ToolLoopTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reply_calls_a_tool_and_goes_on_with_its_result()
    {
        await using var provider = ToolProvider.Once("calculator", """{"expression":"2*3"}""");
        await using var api = await provider.StartAsync(Cancel);
        await using var socket = await api.ConnectAsync(Cancel);

        var turn = await socket.TurnAsync(ToolCalls.Modern("What is 2*3?"), Cancel);

        Assert.Equal(("complete", "stop"), (turn[^1].Text("status"), turn[^1].Text("finish_reason")));
        Assert.Equal("It says: 6", turn.Where(frame => frame.Call() is null).Content());
        Assert.Equal(["running", "done"], turn.States());
        Assert.Equal(["current_time", "calculator"], ToolProvider.Offered(provider.Requests[0]));
        // Both requests, and not the last one alone.
        Assert.Equal(2 * 73, (int)turn[^1]["usage"]!["prompt_tokens"]!);
        var saved = await api.MessageAsync(turn[^1].Number("conversation_id"), turn[^1].Number("message_id"), Cancel);
        var call = saved["tool_calls"]!.AsArray().Single()!.AsObject();
        Assert.Equal(("calculator", "{\"expression\":\"2*3\"}", "done", "6", 0L),
            (call.Text("name"), call.Text("arguments"), call.Text("state"), call.Text("result"), call.Number("offset")));
        Assert.True(call.Number("duration_ms") >= 0);
        Assert.Null(call["server"]);
    }

    [Fact]
    public async Task The_next_turn_is_given_the_calls_and_their_results()
    {
        await using var provider = new ToolProvider((body, number) => number switch
        {
            1 => new Answer("Let me see.", ("fc_1", "calculator", """{"expression":"2*3"}"""), ("fc_2", "calculator", """{"expression":"2/0"}""")),
            2 => new Answer("Six."),
            _ => new Answer("As I said."),
        });
        await using var api = await provider.StartAsync(Cancel);
        await using var socket = await api.ConnectAsync(Cancel);

        var first = await socket.TurnAsync(ToolCalls.Modern("What is 2*3?"), Cancel);
        await socket.TurnAsync(ToolCalls.Modern("And again?", first[^1].Number("conversation_id")), Cancel);

        Assert.Equal("Let me see.\n\nSix.", first.Where(frame => frame.Call() is null).Content());
        Assert.Equal(["user", "assistant", "tool", "tool"], ToolProvider.Messages(provider.Requests[1]).Select(message => message.Text("role")!));
        var history = ToolProvider.Messages(provider.Requests[2]).ToList();
        Assert.Equal(["user", "assistant", "tool", "tool", "assistant", "user"], history.Select(message => message.Text("role")!));
        Assert.Equal(("Let me see.", "fc_1", "6", "fc_2", "Division by zero."),
            (history[1].Text("content"), (string)history[1]["tool_calls"]![0]!["id"]!, history[2].Text("content"), history[3].Text("tool_call_id"), history[3].Text("content")));
        Assert.Equal("Six.", history[4].Text("content")!.Trim());
        Assert.Equal(["running", "failed"], first.States("fc_2"));
    }

    [Theory]
    [InlineData("calculator", "{\"expression\":", "The arguments are not a JSON object.")]
    [InlineData("calculator", "[1]", "The arguments are not a JSON object.")]
    [InlineData("calculator", "{}", "The arguments do not fit the tool")]
    [InlineData("launch_rockets", "{}", "There is no tool named launch_rockets.")]
    public async Task A_call_that_cannot_be_made_is_answered_with_what_is_wrong(string name, string arguments, string expected)
    {
        await using var provider = ToolProvider.Once(name, arguments);
        await using var api = await provider.StartAsync(Cancel);
        await using var socket = await api.ConnectAsync(Cancel);

        var turn = await socket.TurnAsync(ToolCalls.Modern("Try"), Cancel);

        Assert.Equal("complete", turn[^1].Text("status"));
        Assert.Equal("failed", turn.States()[^1]);
        Assert.StartsWith(expected, Assert.Single(ToolProvider.Results(provider.Requests[1])), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_calls_without_end_is_told_to_answer()
    {
        await using var provider = new ToolProvider((body, number) =>
            body.Text("tool_choice") == "none" ? new Answer("Enough.") : new Answer("", ("fc", "calculator", """{"expression":"1+1"}""")));
        await using var api = await provider.StartAsync(Cancel);
        await using var socket = await api.ConnectAsync(Cancel);

        var turn = await socket.TurnAsync(ToolCalls.Modern("For ever"), Cancel);

        Assert.Equal(("complete", "Enough."), (turn[^1].Text("status"), turn.Where(frame => frame.Call() is null).Content()));
        Assert.Equal(10, provider.Requests.Count);
        var last = ToolProvider.Results(provider.Requests[^1]);
        Assert.Equal(9, last.Count);
        Assert.All(last.Take(8), result => Assert.Equal("2", result));
        Assert.StartsWith("No more tools may be called in this reply", last[8], StringComparison.Ordinal);
        var saved = await api.MessageAsync(turn[^1].Number("conversation_id"), turn[^1].Number("message_id"), Cancel);
        var ids = saved["tool_calls"]!.AsArray().Select(call => (string)call!["id"]!).ToList();
        Assert.Equal(9, ids.Distinct().Count());
    }

    [Fact]
    public async Task A_provider_that_refuses_tools_is_asked_again_without()
    {
        await using var provider = new ToolProvider((body, _) => body["tools"] is null ? new Answer("Plain.") : null);
        await using var api = await provider.StartAsync(Cancel);
        await using var socket = await api.ConnectAsync(Cancel);

        var first = await socket.TurnAsync(ToolCalls.Modern("Hello"), Cancel);
        var second = await socket.TurnAsync(ToolCalls.Modern("Hello again"), Cancel);

        Assert.Equal(("complete", "Plain."), (first[^1].Text("status"), first.Content()));
        Assert.Equal(("complete", "Plain."), (second[^1].Text("status"), second.Content()));
        Assert.Equal([true, false, false], provider.Requests.Select(body => body["tools"] is not null));
    }

    [Fact]
    public async Task A_model_that_knows_no_tools_is_offered_none()
    {
        await using var provider = new ToolProvider((_, _) => new Answer("Plain."), features: ["json_mode"]);
        await using var api = await provider.StartAsync(Cancel);
        await using var socket = await api.ConnectAsync(Cancel);

        await socket.TurnAsync(ToolCalls.Modern("Hello"), Cancel);

        Assert.Null(Assert.Single(provider.Requests)["tools"]);
    }

    [Fact]
    public async Task A_tool_that_is_switched_off_is_not_offered_and_does_not_run()
    {
        await using var provider = ToolProvider.Once("calculator", """{"expression":"2*3"}""");
        await using var api = await provider.StartAsync(Cancel);
        await using var socket = await api.ConnectAsync(Cancel);

        var changed = await api.CallAsync("PUT", "/tools/calculator", Cancel, """{"enabled":false}""");
        var turn = await socket.TurnAsync(ToolCalls.Modern("What is 2*3?"), Cancel);

        Assert.Equal((HttpStatusCode.OK, false), (changed.Status, (bool)changed.Json["enabled"]!));
        Assert.Equal(["current_time"], ToolProvider.Offered(provider.Requests[0]));
        Assert.Equal("It says: The tool calculator is switched off.", turn.Where(frame => frame.Call() is null).Content());
        var listed = (await api.CallAsync("GET", "/tools", Cancel)).Json["tools"]!.AsArray().Select(tool => tool!.AsObject()).ToList();
        Assert.Equal([("current_time", true), ("calculator", false)], listed.Select(tool => (tool.Text("name")!, (bool)tool["enabled"]!)));
        Assert.All(listed, tool => Assert.True((bool)tool["safe"]! && tool.Text("title") is { Length: > 0 } && tool.Text("state") == "ready"));
        Assert.Equal(HttpStatusCode.NotFound, (await api.CallAsync("PUT", "/tools/nothing", Cancel, """{"enabled":false}""")).Status);
    }

    [Fact]
    public async Task Regenerate_calls_anew()
    {
        await using var provider = ToolProvider.Once("calculator", """{"expression":"2*3"}""");
        await using var api = await provider.StartAsync(Cancel);
        await using var socket = await api.ConnectAsync(Cancel);
        var first = await socket.TurnAsync(ToolCalls.Modern("What is 2*3?"), Cancel);

        var again = await socket.TurnAsync(
            new { type = "regenerate", conversation_id = first[^1].Number("conversation_id"), message_id = first[^1].Number("message_id") }, Cancel);

        Assert.Equal(["running", "done"], again.States());
        Assert.Equal("It says: 6", again.Where(frame => frame.Call() is null).Content());
        Assert.Equal(["user"], ToolProvider.Messages(provider.Requests[2]).Select(message => message.Text("role")!));
    }

    [Fact]
    public async Task The_classic_protocol_knows_nothing_of_tools_and_gets_its_text()
    {
        await using var provider = ToolProvider.Once("calculator", """{"expression":"2*3"}""");
        await using var api = await provider.StartAsync(Cancel);
        await using var socket = await api.ConnectAsync(Cancel);

        var turn = await socket.TurnAsync(new { message = "What is 2*3?" }, Cancel);
        var posted = await api.CallAsync("POST", "/chat", Cancel, """{"message":"What is 2*3?"}""");

        Assert.Equal("It says: 6", turn.Content());
        Assert.All(turn, frame => Assert.Null(frame["tool_call"]));
        Assert.Equal("It says: 6", (string)posted.Json["ai_response"]!["content"]!);
    }
}
