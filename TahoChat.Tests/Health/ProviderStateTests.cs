using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TahoChat.Api.Conversations;
using TahoChat.Api.Generations;
using TahoChat.Api.Groq;
using TahoChat.Api.Settings;

namespace TahoChat.Tests.Health;

/// <summary>How turns and the circuit say how the provider is.</summary>
public sealed class ProviderStateTests
{
    private static readonly GenerationEnd _good = new(MessageStatus.Complete, "stop", null, null);
    private static readonly GenerationEnd _bad = new(MessageStatus.Failed, null, new ChatError("provider_error", ""), null);
    private static readonly GenerationEnd _stopped = new(MessageStatus.Stopped, "stopped", null, null);
    private static readonly GenerationEnd _ours = new(MessageStatus.Failed, null, new ChatError("internal", ""), null);

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void More_failures_than_not_degrade_it_until_there_are_fewer()
    {
        var state = State(out _);
        See(state, _good, _bad, _stopped, _ours, _bad);
        var since = _clock.GetUtcNow();
        Assert.Equal(new ProviderHealth("degraded", since), state.Health);

        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(new ProviderHealth("degraded", since), state.Health);
        See(state, _good);
        Assert.Equal(new ProviderHealth("healthy", _clock.GetUtcNow()), state.Health);
    }

    [Fact]
    public void Only_the_last_ten_turns_count()
    {
        var state = State(out _);
        See(state, [.. Enumerable.Repeat(_good, 50), .. Enumerable.Repeat(_bad, 5)]);
        Assert.Equal("healthy", state.Health.Name);
        See(state, _bad);
        Assert.Equal("degraded", state.Health.Name);
    }

    [Fact]
    public void What_is_older_than_ten_minutes_says_nothing()
    {
        var state = State(out _);
        See(state, _bad, _bad);
        _clock.Advance(ProviderState.Window);
        Assert.Equal("degraded", state.Health.Name);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(new ProviderHealth("unknown", null), state.Health);
    }

    [Fact]
    public async Task An_open_circuit_degrades_it_whatever_the_turns_say()
    {
        var state = State(out var circuit);
        See(state, _good, _good, _good);
        for (var failure = 0; failure < 2; failure++)
        {
            await Assert.ThrowsAsync<GroqException>(async () => await circuit.RunAsync<bool>(
                () => throw new GroqException("provider_error", "") { Status = 500 }, call: null, Cancel));
        }

        Assert.Equal(("open", "degraded"), (circuit.State, state.Health.Name));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await circuit.RunAsync(() => ValueTask.FromResult(true), call: null, Cancel));
        Assert.Equal(("closed", "healthy"), (circuit.State, state.Health.Name));
    }

    private ProviderState State(out ProviderCircuit circuit)
    {
        circuit = new ProviderCircuit(new GroqSettings { BreakerFailures = 2 }, _clock, NullLogger<ProviderCircuit>.Instance);
        return new ProviderState(circuit, _clock);
    }

    private static void See(ProviderState state, params GenerationEnd[] ends)
    {
        foreach (var end in ends) state.Saw(end);
    }
}
