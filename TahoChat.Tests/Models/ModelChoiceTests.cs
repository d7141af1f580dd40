using System.Net;
using System.Text.Json.Nodes;

namespace TahoChat.Tests.Models;

/// <summary>Which model answers: the message's choice, the conversation's, the server's, in this order.</summary>
public sealed class ModelChoiceTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private const string Default = "openai/gpt-oss-120b";
    private const string Small = "openai/gpt-oss-20b";
    private const string Seeing = "qwen/qwen3.8-27b";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TestApi Api => fixture.Api;

    [Fact]
    public async Task The_message_goes_before_the_conversation_and_that_before_the_server()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var first = await socket.TurnAsync(new { message = "One" }, Cancel);
        var id = first[0].Number("conversation_id");

        await Api.CallAsync("PATCH", $"/conversations/{id}", Cancel, $$"""{"model":"{{Small}}"}""");
        var chosen = await socket.TurnAsync(new { message = "Two", conversation_id = id }, Cancel);
        var once = await socket.TurnAsync(new { message = "Three", conversation_id = id, model = Seeing }, Cancel);
        var after = await socket.TurnAsync(new { message = "Four", conversation_id = id }, Cancel);
        await socket.SendAsync(new { type = "regenerate", conversation_id = id, message_id = after[0].Number("message_id"), model = Seeing }, Cancel);
        var again = await socket.ReceiveTurnAsync(Cancel);
        await Api.CallAsync("PATCH", $"/conversations/{id}", Cancel, """{"model":null}""");
        var back = await socket.TurnAsync(new { message = "Five", conversation_id = id }, Cancel);

        Assert.Equal(
            [Default, Small, Seeing, Small, Seeing, Default],
            new[] { first, chosen, once, after, again, back }.Select(turn => turn[0].Text("model")));
    }

    [Fact]
    public async Task A_send_that_opens_a_conversation_gives_it_its_choice()
    {
        await using var socket = await Api.ConnectAsync(Cancel);

        var turn = await socket.TurnAsync(new { message = "Hello", model = Small, reasoning_effort = "high" }, Cancel);

        var conversation = await Api.ConversationAsync(turn[0].Number("conversation_id"), Cancel);
        Assert.Equal((Small, "high"), (conversation.Text("model"), conversation.Text("reasoning_effort")));
        var next = await socket.TurnAsync(new { message = "And", conversation_id = conversation.Number("id") }, Cancel);
        Assert.Equal(Small, next[0].Text("model"));
    }

    [Fact]
    public async Task A_choice_is_told_to_those_who_watch_and_leaves_the_rest_as_it_was()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var id = (await Api.CallAsync("POST", "/conversations", Cancel, """{"title":"Tides"}""")).Json.Number("id");
        await socket.TurnAsync(new { message = "Hello", conversation_id = id }, Cancel);
        var before = await Api.ConversationAsync(id, Cancel);
        await socket.SendAsync(new { type = "watch", conversation_id = id, revision = before.Number("revision") }, Cancel);

        var answer = await Api.CallAsync("PATCH", $"/conversations/{id}", Cancel, $$"""{"model":"{{Small}}","reasoning_effort":"low"}""");
        var told = await socket.ReceiveFirstAsync(frame => frame.Text("type") == "conversation" && frame["conversation"]!.AsObject().Text("model") is not null, Cancel);
        var effortOnly = await Api.CallAsync("PATCH", $"/conversations/{id}", Cancel, """{"reasoning_effort":null}""");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal((Small, "low"), (told["conversation"]!.AsObject().Text("model"), told["conversation"]!.AsObject().Text("reasoning_effort")));
        Assert.True(told.Number("revision") > before.Number("revision"));
        Assert.Equal((before.Text("updated_at"), before.Text("title")), (answer.Json.Text("updated_at"), answer.Json.Text("title")));
        Assert.Equal((Small, null), (effortOnly.Json.Text("model"), effortOnly.Json.Text("reasoning_effort")));
        var unchanged = await Api.CallAsync("PATCH", $"/conversations/{id}", Cancel, "{}");
        Assert.Equal((HttpStatusCode.OK, effortOnly.Json.Number("revision")), (unchanged.Status, unchanged.Json.Number("revision")));
    }

    [Theory]
    [InlineData("""{"model":""}""")]
    [InlineData("""{"model":7}""")]
    [InlineData("""{"reasoning_effort":"extreme"}""")]
    public async Task A_choice_that_makes_no_sense_is_refused(string body)
    {
        var id = (await Api.CallAsync("POST", "/conversations", Cancel, "{}")).Json.Number("id");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Api.CallAsync("PATCH", $"/conversations/{id}", Cancel, body)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Api.CallAsync("PATCH", "/conversations/987654321", Cancel, """{"model":"a"}""")).Status);
    }

    [Fact]
    public async Task A_model_that_is_gone_stays_the_choice_and_the_reply_says_who_answered()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var id = (await Api.CallAsync("POST", "/conversations", Cancel, "{}")).Json.Number("id");
        await Api.CallAsync("PATCH", $"/conversations/{id}", Cancel, """{"model":"llama3-70b-8192"}""");

        var turn = await socket.TurnAsync(new { message = "Hello", conversation_id = id }, Cancel);

        Assert.Equal((Default, "llama3-70b-8192 is no longer offered; openai/gpt-oss-120b answers instead."), (turn[0].Text("model"), turn[0].Text("notice")));
        Assert.Equal("complete", turn[^1].Text("status"));
        Assert.Equal("llama3-70b-8192", (await Api.ConversationAsync(id, Cancel)).Text("model"));
    }

    [Theory]
    [InlineData(Default, "high", "high")]
    [InlineData(Seeing, "none", "none")]
    [InlineData(Seeing, "high", null)]
    [InlineData(Default, "none", null)]
    public async Task An_effort_that_the_model_does_not_have_is_not_asked_of_it(string model, string effort, string? asked)
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var message = $"Effort {effort} of {model}";

        var turn = await socket.TurnAsync(new { message, model, reasoning_effort = effort }, Cancel);

        Assert.Equal("complete", turn[^1].Text("status"));
        var body = JsonNode.Parse(Assert.Single(Api.Replies(message)).Body)!.AsObject();
        Assert.Equal(asked, body.Text("reasoning_effort"));
    }

    [Fact]
    public async Task How_long_the_model_thought_is_measured_and_kept()
    {
        await using var socket = await Api.ConnectAsync(Cancel);

        var turn = await socket.TurnAsync(new { message = "Think [emulator reasoning=30 speed=100 tokens=3]", client_message_id = Guid.NewGuid().ToString() }, Cancel);
        var without = await socket.TurnAsync(new { message = "Do not [emulator reasoning=0]", model = Seeing, reasoning_effort = "none" }, Cancel);

        var told = (double)turn[^1]["timing"]!["reasoning_time"]!;
        Assert.InRange(told, 0.1, 60);
        var kept = (await Api.ConversationAsync(turn[0].Number("conversation_id"), Cancel)).Messages()[^1].AsObject();
        Assert.Equal(told, (double)kept["timing"]!["reasoning_time"]!);
        Assert.Null(without[^1]["timing"]!["reasoning_time"]);
    }

    [Fact]
    public async Task The_list_says_what_each_model_can_do_and_is_asked_for_again_on_demand()
    {
        var models = (await Api.CallAsync("GET", "/models?refresh=true", Cancel)).Json["models"]!.AsArray().Select(model => model!.AsObject()).ToList();

        var seeing = models.Single(model => model.Text("id") == Seeing);
        var reasoning = models.Single(model => model.Text("id") == Default);
        Assert.Equal(["tools", "vision", "reasoning", "json"], Texts(seeing["features"]));
        Assert.Equal(["none", "default"], Texts(seeing["reasoning_efforts"]));
        Assert.Equal(["tools", "reasoning", "json"], Texts(reasoning["features"]));
        Assert.Equal(["low", "medium", "high"], Texts(reasoning["reasoning_efforts"]));
        Assert.Equal((131_072L, 65_536L), (reasoning.Number("context_window"), reasoning.Number("max_completion_tokens")));
    }

    private static IEnumerable<string?> Texts(JsonNode? list) => list!.AsArray().Select(item => (string?)item);
}
