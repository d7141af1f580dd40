using Microsoft.Extensions.DependencyInjection;

namespace TahoChat.Tests.Data;

/// <summary>The clock on the wall is for people: nothing is ordered or timed by it.</summary>
public sealed class ClockTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_hour_forward_and_two_back_in_the_middle_of_a_reply_change_nothing()
    {
        var clock = new WallClock();
        await using var api = await TestApi.StartAsync(Cancel, services: services => services.AddSingleton<TimeProvider>(clock));
        await using var socket = await api.ConnectAsync(Cancel);
        await using var watcher = await api.ConnectAsync(Cancel);
        await watcher.SendAsync(new { type = "watch" }, Cancel);
        await socket.SendAsync(new { message = "[emulator reply=count:300 speed=150 first=0 reasoning=0]" }, Cancel);
        var frames = await socket.ReceiveUntilAsync(frame => frame.Number("offset") > 50, Cancel);
        var conversation = frames[0].Number("conversation_id");

        clock.Offset = TimeSpan.FromHours(1);
        frames.AddRange(await socket.ReceiveUntilAsync(frame => frame.Number("offset") > 300, Cancel));
        await socket.SendAsync(new { message = "[emulator echo=\"while it was late\"]", conversation_id = conversation }, Cancel);
        frames.AddRange(await socket.ReceiveUntilAsync(frame => frame.Text("message_status") == "queued", Cancel));
        clock.Offset = TimeSpan.FromHours(-1);
        frames.AddRange(await socket.ReceiveUntilAsync(frame => frame.Text("status") == "complete", Cancel));
        var second = await socket.ReceiveTurnAsync(Cancel);
        var third = await socket.TurnAsync(new { message = "[emulator echo=\"while it was early\"]", conversation_id = conversation }, Cancel);

        Assert.Equal(ApiCalls.Count(300), frames.Where(frame => frame.Number("message_id") == frames[0].Number("message_id")).Content());
        Assert.Equal(["complete", "complete", "complete"], new[] { frames[^1], second[^1], third[^1] }.Select(end => end.Text("message_status")));
        Assert.InRange((double)frames[^1]["timing"]!["time_to_first_token"]!, 0, 60);
        var messages = (await api.ConversationAsync(conversation, Cancel)).Messages();
        Assert.Equal([ApiCalls.Count(300), "while it was late", "while it was early"], messages.Where(message => message.Text("role") == "assistant").Select(message => message.Text("content")));
        Assert.Equal(messages.Select(message => message.Number("id")).Order(), messages.Select(message => message.Number("id")));
        var revisions = new[] { frames[^1], second[^1], third[^1] }.Select(end => end.Number("revision")).ToList();
        Assert.Equal(revisions.Order().Distinct(), revisions);
    }

    /// <summary>A clock that somebody sets; timers and intervals go on as they do on a machine.</summary>
    private sealed class WallClock : TimeProvider
    {
        private long _offset;

        public TimeSpan Offset
        {
            set => Interlocked.Exchange(ref _offset, value.Ticks);
        }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _offset));
    }
}
