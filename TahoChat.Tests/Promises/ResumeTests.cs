using System.Text;
using CsCheck;

namespace TahoChat.Tests.Promises;

/// <summary>R4: a reply is resumed without gap or duplicate, wherever its connections break.</summary>
public sealed class ResumeTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private const int Tabs = 3;
    private const int AtOnce = 5;

    /// <summary>The promise is 200 ms, and is reported; a busy machine has ten times as long before that counts as a failure.</summary>
    private static readonly TimeSpan _replayLimit = TimeSpan.FromSeconds(2);

    // Of one, two, three and four bytes in UTF-8, and pairs that no slice may split.
    private static readonly string[] _words = ["tide ", "grüß ", "月が ", "🌊🌊", "é", "naïve\u0301 ", "👩‍👩‍👧 ", "1 2 3 "];

    private static readonly Gen<Cut> _cut = Gen.Select(
        Gen.Frequency((4, Gen.Const(true)), (1, Gen.Const(false))), Gen.Int[1, 6000], Gen.Bool,
        (fromServer, bytes, hard) => new Cut(fromServer, fromServer ? bytes : bytes % 500 + 1, hard));

    private static readonly Gen<ResumeScript> _script = Gen.Select(
        Gen.Int[0, _words.Length - 1].Select(word => _words[word]).Array[150, 500].Select(string.Concat), Gen.Int[600, 2000], _cut.Array[1, 5].Array[Tabs],
        (text, speed, tabs) => new ResumeScript(text, speed, tabs));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task A_hundred_replies_cut_at_random_bytes_arrive_whole_in_three_tabs() => RunAsync(100);

    [Fact(Explicit = true)]
    public Task A_thousand_replies_cut_at_random_bytes_arrive_whole_in_three_tabs() => RunAsync(1000);

    private async Task RunAsync(int runs)
    {
        var (cuts, replays, number) = (0, new List<TimeSpan>(), 0);
        await _script.SampleAsync(
            async script =>
            {
                var outcome = await ResumeRun.RunAsync(fixture.Api, script, Cancel);
                Check(script, outcome);
                lock (replays)
                {
                    replays.AddRange(outcome.Replays);
                    (cuts, number) = (cuts + outcome.Cuts, number + 1);
                }
            },
            iter: runs,
            threads: AtOnce,
            print: script => $"{script.Text.Length} units, {script.TokensPerSecond}/s: {string.Join(" | ", script.Tabs.Select(tab => string.Join(", ", tab)))}");

        replays.Sort();
        var p95 = replays[(int)(replays.Count * 0.95)];
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{number} runs, {cuts} cuts, {replays.Count} replays: p50 {replays[replays.Count / 2].TotalMilliseconds:F1} ms, "
            + $"p95 {p95.TotalMilliseconds:F1} ms, longest {replays[^1].TotalMilliseconds:F1} ms");
        Assert.InRange(cuts, runs, int.MaxValue);
        Assert.InRange(p95, TimeSpan.Zero, _replayLimit);
    }

    private static void Check(ResumeScript script, ResumeOutcome outcome)
    {
        var sent = Encoding.UTF8.GetBytes(script.Text);
        Assert.Equal(sent, Encoding.UTF8.GetBytes(outcome.Kept));
        Assert.All(outcome.Tabs, tab =>
        {
            Assert.Null(tab.Fault);
            Assert.Equal("complete", tab.Reply!.Status);
            Assert.Equal(sent, Encoding.UTF8.GetBytes(tab.Reply.Content));
            Assert.Equal(0, tab.Resets);
            Assert.Equal(2, tab.Messages.Count);
        });
    }
}
