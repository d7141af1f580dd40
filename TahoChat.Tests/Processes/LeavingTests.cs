namespace TahoChat.Tests.Processes;

/// <summary>A reply belongs to its conversation: it ends although nobody is there any more.</summary>
public sealed class LeavingTests
{
    private const int Clients = 50;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_reply_ends_whose_client_left_without_a_word()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var left = new List<(long Conversation, long Reply)>();
        for (var number = 0; number < Clients; number++)
        {
            await using var socket = await api.ConnectAsync(Cancel);
            var begun = await socket.GrowAsync(Cancel, prompt: "[emulator reply=count:60 speed=100 first=0 reasoning=0]");
            left.Add((begun.Number("conversation_id"), begun.Number("message_id")));
            socket.Abort();
        }

        foreach (var (conversation, id) in left)
        {
            var reply = await ApiCalls.UntilAsync(
                () => api.MessageAsync(conversation, id, Cancel), message => message.Text("status") != "streaming", Cancel);
            Assert.Equal(("complete", ApiCalls.Count(60)), (reply.Text("status"), reply.Text("content")));
        }
    }
}
