using Microsoft.Extensions.Time.Testing;
using TahoChat.Api.Generations;
using TahoChat.Api.Groq;

namespace TahoChat.Tests.Generations;

/// <summary>What of a reply's time is whose, to the millisecond.</summary>
public sealed class ReplyClockTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Each_stretch_of_time_is_in_one_phase()
    {
        var clock = new ReplyClock(_time, _time.GetTimestamp());
        Pass(4);
        clock.Saved();
        Pass(1000);
        clock.Started();
        Pass(3);
        clock.Sending();
        Pass(500);
        clock.Sending();
        Pass(120);
        clock.Take(Text(GroqDeltaKind.Reasoning));
        Pass(200);
        clock.Take(Text(GroqDeltaKind.Reasoning));
        clock.Take(Text(GroqDeltaKind.Content));
        Pass(300);
        clock.Take(End(queue: 0.05));
        Pass(700);
        clock.Calling();
        Pass(20);
        clock.Called();
        Pass(2);
        clock.Sending();
        Pass(90);
        clock.Take(Text(GroqDeltaKind.Content));
        Pass(400);
        clock.Take(End(queue: 0.07));
        Pass(1);

        var times = clock.End(failed: false);

        Assert.Equal(
            "saving 4, waiting 1000, preparing 3, attempt 500, request 120, reasoning 200, writing 300, tools 720, preparing 2, request 90, writing 400, finishing 1",
            string.Join(", ", times.Phases.Select(phase => $"{phase.Kind.ToString().ToLowerInvariant()} {phase.Seconds * 1000:0.###}")));
        Assert.Equal([0.05, 0.07], times.Phases.Where(phase => phase.Kind == PhaseKind.Request).Select(phase => phase.QueueTime));
        Assert.Equal((1.627, 3, 1), (times.FirstText, times.Requests, times.Retries));
        var receipt = Receipt.From(null, times, null);
        Assert.Equal((3.34, 0.01, 1.0, 0.5, 0.72, 0.2),
            (receipt.ElapsedTime, receipt.OwnTime, receipt.WaitTime, receipt.RetryTime, receipt.ToolTime, receipt.ReasoningTime));
    }

    [Fact]
    public void The_last_attempt_of_a_reply_that_fails_is_no_answer()
    {
        var clock = Asked();
        Pass(30);
        Assert.Equal([PhaseKind.Attempt], clock.End(failed: true).Phases.Select(phase => phase.Kind));
    }

    [Fact]
    public void A_stop_before_the_first_text_leaves_the_request_as_it_is()
    {
        var clock = Asked();
        Pass(30);
        Assert.Equal([PhaseKind.Request], clock.End(failed: false).Phases.Select(phase => phase.Kind));
    }

    [Fact]
    public void A_turn_that_was_started_before_it_was_told_to_be_saved_does_not_wait()
    {
        var clock = Asked();
        clock.Saved();
        Pass(5);
        Assert.Equal([PhaseKind.Request], clock.End(failed: false).Phases.Select(phase => phase.Kind));
    }

    [Fact]
    public void The_first_slice_is_timed_for_those_who_watched_before_it_alone()
    {
        var clock = Asked();
        var before = clock.Now;
        Pass(50);
        clock.Shown(before);
        clock.Take(Text(GroqDeltaKind.Content));
        Pass(1);
        clock.Shown(clock.Now);
        Pass(2);
        clock.Shown(before);
        Pass(9);
        clock.Shown(before);
        Assert.Equal(0.003, clock.End(failed: false).FirstSlice);
    }

    [Fact]
    public void A_provider_that_cannot_decide_does_not_fill_the_database()
    {
        var clock = Asked();
        for (var chunk = 0; chunk < 10_000; chunk++)
        {
            Pass(1);
            clock.Take(Text(chunk % 2 == 0 ? GroqDeltaKind.Reasoning : GroqDeltaKind.Content));
        }

        clock.Take(End(queue: 0));
        var times = clock.End(failed: false);
        Assert.InRange(times.Phases.Count, 2, 130);
        Assert.Equal(10, times.Phases.Sum(phase => phase.Seconds), 1e-6);
    }

    private ReplyClock Asked()
    {
        var clock = new ReplyClock(_time, _time.GetTimestamp());
        clock.Started();
        clock.Sending();
        return clock;
    }

    private void Pass(int milliseconds) => _time.Advance(TimeSpan.FromMilliseconds(milliseconds));

    private static GroqDelta Text(GroqDeltaKind kind) => new(kind, "x");

    private static GroqDelta End(double queue) =>
        new(GroqDeltaKind.End, "", new GroqCompletion("stop", null, null, new GroqUsage(1, 1, 2, 0, 0, queue, 0.01, 0.1, 0.11)));
}
