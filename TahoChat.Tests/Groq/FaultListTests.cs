using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using TahoChat.Api.Groq;
using TahoChat.GroqEmulator;
using TahoChat.GroqEmulator.Faults;
using EmulatorHost = TahoChat.Tests.GroqEmulator.EmulatorHost;

namespace TahoChat.Tests.Groq;

/// <summary>The client and every fault that the emulator has: each ends in its class, in time, with what came, and is sent again
/// only before the first text.</summary>
public sealed class FaultListTests
{
    private static readonly TimeSpan _slack = TimeSpan.FromSeconds(2);

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    public static TheoryData<string> Faults => [.. FaultRows.All.Values.Where(row => !row.ServerOnly).Select(row => row.Fault)];

    public static TheoryData<string> FaultsInAStream => [.. FaultRows.All.Values
        .Where(row => row is { End: FaultEnd.Interrupted, ServerOnly: false, Fault: not "finish-null" }).Select(row => row.Fault)];

    [Fact]
    public void Every_fault_of_the_emulator_has_a_row_and_every_row_a_fault() =>
        Assert.Equal(FaultCatalog.All.Select(fault => fault.Name).Order(), FaultRows.All.Keys.Order());

    [Fact]
    public void Every_fault_says_in_a_line_what_it_is_and_when_it_strikes() => Assert.All(FaultCatalog.All, fault =>
    {
        Assert.InRange(fault.Description.Length, 5, 90);
        Assert.False(fault.Description.EndsWith('.') || fault.Description.Contains('\n', StringComparison.Ordinal));
        Assert.Equal(FaultRows.All[fault.Name].End, fault.Moment switch
        {
            FaultMoment.BeforeContent => FaultEnd.Failed,
            FaultMoment.AfterContent => FaultEnd.Interrupted,
            _ => FaultEnd.Complete,
        });
    });

    [Theory]
    [MemberData(nameof(Faults))]
    public Task A_fault_ends_in_its_class_in_time_and_keeps_what_came(string fault) => CheckAsync(FaultRows.All[fault]);

    [Theory]
    [MemberData(nameof(FaultsInAStream))]
    public Task A_fault_in_a_stream_that_strikes_before_the_first_text_is_a_failure(string fault) => CheckAsync(FaultRows.All[fault].BeforeText());

    [Theory]
    [InlineData("503", 2)]
    [InlineData("reset-at-once", 1)]
    [InlineData("429-now", 2)]
    [InlineData("cut", 2)]
    public Task What_fails_twice_and_then_works_is_whole(string fault, int fails) =>
        CheckAsync(new FaultRow(fault, FaultEnd.Complete, "stop", ApiCalls.Count(40), fails + 1) { More = $"fails={fails} after=0" });

    [Fact]
    public async Task A_refused_connection_is_unreachable_after_three_attempts()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = new Uri($"http://{listener.LocalEndpoint}/openai/v1/");
        listener.Stop();
        await using var host = new GroqHost(address, settings => settings with { Backoff = TimeSpan.FromMilliseconds(20) });
        await using var late = new Lateness();
        var started = Stopwatch.GetTimestamp();

        var (_, failure) = await host.ReadToFailureAsync();

        Assert.Equal(("provider_unreachable", true), (failure.Code, failure.Retryable));
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, _slack + late.Total);
        Assert.Equal(2, host.Logs.Lines.Count(line => line.Contains("Sending the request again", StringComparison.Ordinal)));
    }

    [Theory(Explicit = true)]
    [InlineData("late-35", 30, "provider_timeout", "")]
    [InlineData("stall-25", 20, "provider_timeout", "1 2 3 ")]
    [InlineData("late-12", 12, null, "1 2 3 4 5 ")]
    public async Task The_real_time_limits_hold(string fault, int seconds, string? code, string text)
    {
        await using var emulator = await StartAsync();
        await using var host = new GroqHost(new Uri(emulator.Client.BaseAddress!, "/openai/v1/"));
        var started = Stopwatch.GetTimestamp();

        var (kept, failure) = await ReadAsync(host, $"[emulator fault={fault} after=3 reply=count:5 reasoning=0]");

        Assert.Equal((code, text), (failure?.Code, Recording.Text(kept)));
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, seconds - 0.5, seconds + 2);
    }

    private static Task<EmulatorHost> StartAsync() =>
        EmulatorHost.StartAsync(new GroqEmulatorOptions { TokensPerSecond = 0, FirstToken = TimeSpan.Zero }, Test);

    private static async Task CheckAsync(FaultRow row)
    {
        await using var emulator = await StartAsync();
        await using var host = new GroqHost(new Uri(emulator.Client.BaseAddress!, "/openai/v1/"), settings => settings with
        {
            Timeout = FaultRow.FirstText,
            Gap = FaultRow.Gap,
            Backoff = TimeSpan.FromMilliseconds(20),
        });
        await using var late = new Lateness();
        var started = Stopwatch.GetTimestamp();

        var (deltas, failure) = await ReadAsync(host, row.Prompt);

        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, row.Deadline + _slack + late.Total);
        Assert.Equal((row.Code, row.Posts), (failure?.Code ?? deltas[^1].Completion?.FinishReason, emulator.Record.Posts));
        if (row.Fault == "markdown") Assert.StartsWith(row.Text, Recording.Text(deltas), StringComparison.Ordinal);
        else Assert.Equal(row.Text, Recording.Text(deltas));
        AssertFailure(row, failure);
        Assert.DoesNotContain(host.Logs.Lines, line => Leaks.Any(leak => line.Contains(leak, StringComparison.OrdinalIgnoreCase)));
    }

    private static IEnumerable<string> Leaks => [GroqHost.Key, "org_0"];

    private static void AssertFailure(FaultRow row, GroqException? failure)
    {
        Assert.Equal(row.End == FaultEnd.Complete, failure is null);
        if (failure is null) return;
        Assert.Equal((row.Retryable, row.RetryAfter), (failure.Retryable, failure.RetryAfter?.TotalSeconds));
        LeakedText.AssertNone(failure.Message);
    }

    private static async Task<(List<GroqDelta> Deltas, GroqException? Failure)> ReadAsync(GroqHost host, string prompt)
    {
        var deltas = new List<GroqDelta>();
        try
        {
            await foreach (var delta in host.Client.StreamAsync(GroqHost.Request(prompt), Test)) deltas.Add(delta);
            return (deltas, null);
        }
        catch (GroqException failure)
        {
            return (deltas, failure);
        }
    }
}

/// <summary>What a person must never see.</summary>
internal static class LeakedText
{
    private static readonly string[] _leaks = [GroqHost.Key, "gsk_", "org_0", "<html", "cloudflare", "elsewhere.invalid", "Exception", "   at "];

    public static void AssertNone(string text) =>
        Assert.All(_leaks, leak => Assert.DoesNotContain(leak, text, StringComparison.OrdinalIgnoreCase));
}
