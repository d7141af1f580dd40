using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TahoChat.Tests.Conversations;

/// <summary>The classic REST endpoints of conversations.</summary>
public sealed class ConversationApiTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private const string UtcTime = @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TestApi Api => fixture.Api;

    [Fact]
    public async Task A_new_conversation_is_answered_whole()
    {
        var created = await Api.CallAsync("POST", "/conversations", Cancel, """{"title":"Tides"}""");

        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.Equal(
            ["id", "title", "created_at", "updated_at", "head_id", "revision", "messages"],
            created.Json.Select(property => property.Key));
        Assert.Equal("Tides", created.Json.Text("title"));
        Assert.Equal(JsonValueKind.Number, created.Json["id"]!.GetValueKind());
        Assert.Matches(UtcTime, created.Json.Text("created_at"));
        Assert.Matches(UtcTime, created.Json.Text("updated_at"));
        Assert.Empty(created.Json.Messages());
        Assert.EndsWith($"/conversations/{created.Json.Number("id")}", created.Response.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(created.Text, (await Api.CallAsync("GET", $"/conversations/{created.Json.Number("id")}", Cancel)).Text);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"title":null}""")]
    [InlineData(null)]
    public async Task Without_a_title_it_is_a_new_conversation(string? body)
    {
        var created = await Api.CallAsync("POST", "/conversations", Cancel, body);

        Assert.Equal((HttpStatusCode.Created, "New Conversation"), (created.Status, created.Json.Text("title")));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(255, true)]
    [InlineData(256, false)]
    [InlineData(0, false)]
    public async Task A_title_has_1_to_255_characters(int length, bool taken)
    {
        var conversation = await NewAsync("Before");
        var body = JsonSerializer.Serialize(new { title = new string('ä', length) });

        var created = await Api.CallAsync("POST", "/conversations", Cancel, body);
        var renamed = await Api.CallAsync("PUT", $"/conversations/{conversation}/title", Cancel, body);

        Assert.Equal(taken ? HttpStatusCode.Created : HttpStatusCode.UnprocessableEntity, created.Status);
        Assert.Equal(taken ? HttpStatusCode.OK : HttpStatusCode.UnprocessableEntity, renamed.Status);
        Assert.Equal(taken ? length : "Before".Length, (await Api.ConversationAsync(conversation, Cancel)).Text("title")!.Length);
    }

    [Theory]
    [InlineData("POST", "/conversations", """{"title":"  "}""")]
    [InlineData("POST", "/conversations", """{"title":7}""")]
    [InlineData("POST", "/conversations", """{"title":"\ud800"}""")]
    [InlineData("POST", "/conversations", "{")]
    [InlineData("PUT", "/conversations/1/title", "{}")]
    [InlineData("PUT", "/conversations/1/title", "[]")]
    [InlineData("PUT", "/conversations/1/title", null)]
    [InlineData("POST", "/chat", "nonsense")]
    [InlineData("POST", "/chat", """{"message":["a"]}""")]
    [InlineData("POST", "/chat", """{"message":"a","conversation_id":"1"}""")]
    [InlineData("GET", "/conversations?limit=0", null)]
    [InlineData("GET", "/conversations?limit=101", null)]
    [InlineData("GET", "/conversations?limit=-1", null)]
    [InlineData("GET", "/conversations?limit=ten", null)]
    [InlineData("GET", "/conversations?offset=-1", null)]
    [InlineData("GET", "/history?limit=0", null)]
    [InlineData("GET", "/history?limit=101", null)]
    [InlineData("GET", "/history?offset=-1", null)]
    [InlineData("GET", "/conversations/one", null)]
    public async Task A_value_that_is_not_allowed_is_a_422_in_problem_details(string method, string path, string? body)
    {
        var answer = await Api.CallAsync(method, path, Cancel, body);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal("application/problem+json", answer.MediaType);
        Assert.NotEmpty(answer.Json.Text("detail")!);
        Assert.NotEmpty(answer.Json.Text("trace_id")!);
    }

    [Theory]
    [InlineData("GET", "/conversations/424242", null)]
    [InlineData("PUT", "/conversations/424242/title", """{"title":"x"}""")]
    [InlineData("DELETE", "/conversations/424242", null)]
    [InlineData("POST", "/chat", """{"message":"Hello","conversation_id":424242}""")]
    public async Task A_conversation_that_does_not_exist_is_a_404_in_the_classic_words(string method, string path, string? body)
    {
        var answer = await Api.CallAsync(method, path, Cancel, body);

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal("application/problem+json", answer.MediaType);
        Assert.Equal("Conversation with ID 424242 not found", answer.Json.Text("detail"));
    }

    [Fact]
    public async Task A_renamed_conversation_keeps_its_place_and_has_a_new_revision()
    {
        var conversation = await NewAsync("Before");
        var later = await NewAsync("Later");
        var before = await Api.ConversationAsync(conversation, Cancel);

        var renamed = await Api.CallAsync("PUT", $"/conversations/{conversation}/title", Cancel, """{"title":"After \"Ä\" 🌊"}""");

        Assert.Equal(HttpStatusCode.OK, renamed.Status);
        Assert.Equal("After \"Ä\" 🌊", renamed.Json.Text("title"));
        Assert.Equal(before.Text("updated_at"), renamed.Json.Text("updated_at"));
        Assert.True(renamed.Json.Number("revision") > before.Number("revision"));
        var list = (await Api.CallAsync("GET", "/conversations?limit=2", Cancel)).List;
        Assert.Equal([later, conversation], list.Select(item => item.Number("id")));
    }

    [Fact]
    public async Task A_deleted_conversation_is_gone()
    {
        var conversation = await NewAsync("Gone");

        Assert.Equal(HttpStatusCode.NoContent, (await Api.CallAsync("DELETE", $"/conversations/{conversation}", Cancel)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Api.CallAsync("GET", $"/conversations/{conversation}", Cancel)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Api.CallAsync("DELETE", $"/conversations/{conversation}", Cancel)).Status);
    }

    private async Task<long> NewAsync(string title) =>
        (await Api.CallAsync("POST", "/conversations", Cancel, new JsonObject { ["title"] = title }.ToJsonString())).Json.Number("id");
}
