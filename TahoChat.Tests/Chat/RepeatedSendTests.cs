using TahoChat.Tests.Promises;

namespace TahoChat.Tests.Chat;

public sealed class RepeatedSendTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_send_whose_reply_ended_before_is_acknowledged_as_growing_then_given_its_text_and_then_its_end()
    {
        await using var socket = await fixture.Api.ConnectAsync(Cancel);
        var send = new { message = "[emulator echo=\"said once\" first=0 reasoning=0]", client_message_id = "repeated-1" };
        await socket.TurnAsync(send, Cancel);
        await using var other = await fixture.Api.ConnectAsync(Cancel);

        var again = await other.TurnAsync(send, Cancel);

        Assert.Equal("streaming", again[0].Text("message_status"));
        var client = again.Aggregate(new ReferenceClient(again[0].Number("conversation_id")), (known, frame) => known.Saw(frame));
        Assert.Equal(("complete", "said once", null), (client.Reply!.Status, client.Reply.Content, client.Fault));
    }
}
