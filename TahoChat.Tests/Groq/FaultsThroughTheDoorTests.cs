using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using TahoChat.Api.Settings;

namespace TahoChat.Tests.Groq;

/// <summary>The whole server and every fault that the emulator has, from the socket to what is kept in the database.</summary>
public sealed class FaultsThroughTheDoorTests(FaultsThroughTheDoorTests.Fixture fixture) : IClassFixture<FaultsThroughTheDoorTests.Fixture>
{
    // The socket, the database and the end of the queue before it.
    private static readonly TimeSpan _slack = TimeSpan.FromSeconds(3);

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    public static TheoryData<string> Faults => [.. FaultRows.All.Keys];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_person_is_told_its_class_and_keeps_what_came(string fault)
    {
        var (row, api) = (FaultRows.All[fault], fixture.Api);
        await using var socket = await api.ConnectAsync(Test);
        await using var late = new Lateness();
        var started = Stopwatch.GetTimestamp();

        var turn = await socket.TurnAsync(new { message = row.Prompt, client_message_id = $"fault-{fault}" }, Test);

        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, row.Deadline + _slack + late.Total);
        var end = turn[^1];
        var reply = await api.MessageAsync(end.Number("conversation_id"), end.Number("message_id"), Test);
        var status = row.End switch { FaultEnd.Complete => "complete", FaultEnd.Failed => "failed", _ => "interrupted" };
        Assert.Equal((status, row.Code), (end.Text("message_status"), end.Text("code") ?? end.Text("finish_reason")));
        Assert.Equal((status, row.Code), (reply.Text("status"), reply.Text("error_code") ?? reply.Text("finish_reason")));
        Assert.Equal(turn.Content(), reply.Text("content"));
        if (row.Fault is "markdown" or "endless") Assert.StartsWith(row.Text, reply.Text("content"), StringComparison.Ordinal);
        else Assert.Equal(row.Text, reply.Text("content"));
        if (row.End != FaultEnd.Complete) Assert.Equal((row.Retryable, row.RetryAfter * 1000), ((bool)end["retryable"]!, (double?)end["retry_after_ms"]));
        Assert.Equal(row.ServerPosts, api.Replies($"\"{row.Fault} [emulator").Count);
        if (row.Fault == "markdown") return;
        foreach (var frame in turn) LeakedText.AssertNone(frame.ToJsonString());
        LeakedText.AssertNone(reply.ToJsonString());
    }

    /// <summary>A server that gives up sooner, and does not rest after many failures.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        public TestApi Api { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Api = await TestApi.StartAsync(CancellationToken.None, services: services =>
        {
            var settings = (GroqSettings)services.Last(service => service.ServiceType == typeof(GroqSettings)).ImplementationInstance!;
            services.AddSingleton(settings with
            {
                Timeout = FaultRow.FirstText,
                Gap = FaultRow.Gap,
                Backoff = TimeSpan.FromMilliseconds(20),
                BreakerFailures = int.MaxValue,
                MaxCompletionTokens = 16_384,
            });
        });

        public ValueTask DisposeAsync() => Api.DisposeAsync();
    }
}
