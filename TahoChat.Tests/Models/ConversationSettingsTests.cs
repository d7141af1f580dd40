using System.Net;
using System.Text.Json.Nodes;
using TahoChat.Api.Generations;

namespace TahoChat.Tests.Models;

/// <summary>A conversation's system prompt and parameters, from the client to the provider.</summary>
public sealed class ConversationSettingsTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private const string Sailor = "Answer like a sailor.";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TestApi Api => fixture.Api;

    [Fact]
    public async Task What_a_conversation_is_set_to_goes_with_each_of_its_requests()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var first = await socket.TurnAsync(
            new { message = "Opened with settings", system_prompt = Sailor, temperature = 0.4, max_completion_tokens = 777 }, Cancel);
        var id = first[0].Number("conversation_id");
        await socket.TurnAsync(new { message = "Followed by another", conversation_id = id }, Cancel);
        await PatchAsync(id, """{"system_prompt":null,"temperature":null,"max_completion_tokens":null,"reasoning_effort":"high"}""");
        await socket.TurnAsync(new { message = "And by one without", conversation_id = id }, Cancel);

        var opened = Request("\"Opened with settings\"}]");
        var followed = Request("\"Followed by another\"}]");
        var without = Request("\"And by one without\"}]");
        Assert.Equal(("system", Sailor), (opened["messages"]![0]!.AsObject().Text("role"), opened["messages"]![0]!.AsObject().Text("content")));
        Assert.Equal((0.4, 777), ((double)opened["temperature"]!, (int)opened["max_completion_tokens"]!));
        Assert.Equal(["system", "user", "assistant", "user"], Roles(followed));
        Assert.Equal((0.4, 777), ((double)followed["temperature"]!, (int)followed["max_completion_tokens"]!));
        Assert.Equal(["user", "assistant", "user", "assistant", "user"], Roles(without));
        Assert.Equal((null, 4096, "high"), (without["temperature"], (int)without["max_completion_tokens"]!, without.Text("reasoning_effort")));
    }

    [Fact]
    public async Task What_is_left_out_stays_and_those_who_watch_are_told()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var id = (await Api.CallAsync("POST", "/conversations", Cancel, "{}")).Json.Number("id");
        await socket.SendAsync(new { type = "watch" }, Cancel);
        await PatchAsync(id, $$"""{"system_prompt":"{{Sailor}}","temperature":0,"max_completion_tokens":100}""");

        var answer = await PatchAsync(id, """{"temperature":1.5}""");

        Assert.Equal((Sailor, 1.5, 100), (answer.Json.Text("system_prompt"), (double)answer.Json["temperature"]!, (int)answer.Json["max_completion_tokens"]!));
        var told = await socket.ReceiveFirstAsync(
            frame => frame.Text("type") == "conversation" && frame.Number("revision") == answer.Json.Number("revision"), Cancel);
        Assert.Equal(Sailor, told["conversation"]!.AsObject().Text("system_prompt"));
        var blank = await PatchAsync(id, """{"system_prompt":"  \n "}""");
        Assert.False(blank.Json.ContainsKey("system_prompt"));
    }

    [Fact]
    public async Task The_same_send_with_another_system_prompt_is_another_send()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var first = await socket.TurnAsync(new { message = "Once", client_message_id = "settings-once", system_prompt = Sailor }, Cancel);
        var again = await socket.TurnAsync(
            new { message = "Once", client_message_id = "settings-once", system_prompt = Sailor, conversation_id = first[0].Number("conversation_id") }, Cancel);
        var other = await socket.TurnAsync(new { message = "Once", client_message_id = "settings-once", system_prompt = "Be brief." }, Cancel);

        Assert.Equal(first[0].Number("message_id"), again[0].Number("message_id"));
        Assert.Equal("conflict", other[0].Text("code"));
    }

    [Fact]
    public async Task A_length_beyond_the_models_own_is_the_models_own()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var most = (int)(await Api.CallAsync("GET", "/models", Cancel)).Json["models"]!.AsArray()
            .Single(model => (string)model!["id"]! == "openai/gpt-oss-120b")!["max_completion_tokens"]!;

        var turn = await socket.TurnAsync(new { message = "As long as it gets", max_completion_tokens = Limits.CompletionTokens }, Cancel);

        Assert.Equal("complete", turn[^1].Text("status"));
        Assert.Equal(most, (int)Request("As long as it gets")["max_completion_tokens"]!);
    }

    [Fact]
    public async Task A_system_prompt_of_12_KiB_beside_a_message_of_48_is_taken_and_a_byte_more_is_refused()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var longest = new string('p', Limits.SystemPrompt);
        var message = "[emulator echo=\"short\"] ".PadRight(Limits.Message, 'x');

        var taken = await socket.TurnAsync(new { message, system_prompt = longest }, Cancel);
        var refused = await socket.TurnAsync(new { message = "Hello", system_prompt = longest + "p" }, Cancel);

        Assert.Equal("complete", taken[^1].Text("status"));
        Assert.Equal("invalid_frame", refused[0].Text("code"));
        var id = taken[0].Number("conversation_id");
        Assert.Equal(HttpStatusCode.OK, (await PatchAsync(id, $$"""{"system_prompt":"{{longest}}"}""")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PatchAsync(id, $$"""{"system_prompt":"{{longest}}p"}""")).Status);
        Assert.Equal(longest, (await Api.ConversationAsync(id, Cancel)).Text("system_prompt"));
    }

    [Theory]
    [InlineData("\"temperature\":0", true)]
    [InlineData("\"temperature\":2", true)]
    [InlineData("\"temperature\":-0.01", false)]
    [InlineData("\"temperature\":2.01", false)]
    [InlineData("\"temperature\":\"warm\"", false)]
    [InlineData("\"max_completion_tokens\":1", true)]
    [InlineData("\"max_completion_tokens\":1048576", true)]
    [InlineData("\"max_completion_tokens\":0", false)]
    [InlineData("\"max_completion_tokens\":1048577", false)]
    [InlineData("\"max_completion_tokens\":1.5", false)]
    [InlineData("\"system_prompt\":7", false)]
    public async Task Values_beyond_what_is_allowed_are_refused(string field, bool allowed)
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var id = (await Api.CallAsync("POST", "/conversations", Cancel, "{}")).Json.Number("id");

        var answer = await PatchAsync(id, $$"""{{{field}}}""");
        await socket.SendAsync($$"""{"message":"[emulator echo=x]",{{field}}}""", Cancel);
        var turn = await socket.ReceiveTurnAsync(Cancel);

        Assert.Equal(allowed ? HttpStatusCode.OK : HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(allowed ? null : "invalid_frame", turn[^1].Text("code"));
    }

    private Task<RestAnswer> PatchAsync(long id, string body) => Api.CallAsync("PATCH", $"/conversations/{id}", Cancel, body);

    private JsonObject Request(string with) => JsonNode.Parse(Api.Replies(with).Single().Body)!.AsObject();

    private static List<string> Roles(JsonObject request) => [.. request["messages"]!.AsArray().Select(message => message!.AsObject().Text("role")!)];
}
