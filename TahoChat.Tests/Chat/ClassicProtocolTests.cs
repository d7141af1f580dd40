using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace TahoChat.Tests.Chat;

/// <summary>The protocol of the seed, for a client that knows nothing else.</summary>
public sealed class ClassicProtocolTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_classic_client_chats_in_a_new_and_in_an_existing_conversation()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        await using var socket = await api.ConnectAsync(Cancel);

        await socket.SendAsync(new { message = "Hello [emulator reply=count:50 reasoning=30 speed=0 first=0]" }, Cancel);
        var first = await socket.ReceiveTurnAsync(Cancel);

        Assert.Equal(("streaming", ""), (first[0].Text("status"), first[0].Text("text")));
        Assert.Equal("complete", first[^1].Text("status"));
        Assert.StartsWith("1 2 3", first.Content(), StringComparison.Ordinal);
        Assert.All(first.Skip(1).SkipLast(1), frame => Assert.NotEqual("", frame.Text("text")));
        var conversation = first[0].Number("conversation_id");
        Assert.All(first, frame => Assert.Equal(conversation, frame.Number("conversation_id")));

        await socket.SendAsync(new { message = "And again", conversation_id = conversation }, Cancel);
        var second = await socket.ReceiveTurnAsync(Cancel);
        Assert.Equal(conversation, second[^1].Number("conversation_id"));

        var kept = await api.Http.GetFromJsonAsync<JsonObject>($"/conversations/{conversation}", Cancel);
        var messages = kept!["messages"]!.AsArray().Select(message => message!.AsObject()).ToList();
        Assert.Equal(["user", "assistant", "user", "assistant"], messages.Select(message => message.Text("role")));
        Assert.Equal(first.Content(), messages[1].Text("content"));
        Assert.Equal(second.Content(), messages[3].Text("content"));
    }

    [Theory]
    [InlineData("""{"message":"   "}""", "Message cannot be empty", 0)]
    [InlineData("""{}""", "Message cannot be empty", 0)]
    [InlineData("""{"message":"Hello","conversation_id":99}""", "Conversation with ID 99 not found", 99)]
    public async Task What_cannot_be_answered_is_told_in_the_classic_words(string frame, string error, long conversation)
    {
        await using var api = await TestApi.StartAsync(Cancel);
        await using var socket = await api.ConnectAsync(Cancel);

        await socket.SendAsync(frame, Cancel);
        var answer = await socket.ReceiveAsync(Cancel);

        Assert.Equal(("error", error), (answer!.Text("status"), answer.Text("error")));
        Assert.Equal(conversation, answer.Number("conversation_id"));
        Assert.Empty((await api.Http.GetFromJsonAsync<JsonArray>("/conversations", Cancel))!);
    }

    [Fact]
    public async Task A_client_that_goes_away_does_not_end_its_reply()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        await using var leaving = await api.ConnectAsync(Cancel);
        await leaving.SendAsync(new { message = "[emulator reply=count:400 speed=400 first=0]" }, Cancel);
        var begun = await leaving.ReceiveFirstAsync(frame => frame.Text("text") is { Length: > 0 }, Cancel);
        leaving.Abort();

        await using var coming = await api.ConnectAsync(Cancel);
        var (conversation, message) = (begun.Number("conversation_id"), begun.Number("message_id"));
        await coming.SendAsync(new { type = "watch", conversation_id = conversation, message_id = message, offset = 0 }, Cancel);
        var rest = await coming.ReceiveTurnAsync(Cancel);

        var whole = string.Concat(Enumerable.Range(1, 400).Select(number => $"{number} ")).TrimEnd();
        Assert.Equal(whole, rest.Content().TrimEnd());
    }
}
