using Microsoft.Extensions.DependencyInjection;
using TahoChat.Api.Chat;

namespace TahoChat.Tests.Chat;

/// <summary>What the tests of hostile peers ask again and again.</summary>
internal static class SocketCalls
{
    /// <summary>What a busy machine may add to a time that is asserted: the tests of other classes run beside.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromSeconds(1);

    public static SocketCounts Counts(this TestApi api) => api.Services.GetRequiredService<SocketCounts>();

    /// <summary>A normal chat works.</summary>
    public static async Task LivesAsync(this TestApi api, CancellationToken cancellationToken)
    {
        await using var socket = await api.ConnectAsync(cancellationToken);
        var turn = await socket.TurnAsync(new { message = "Still there? [emulator echo=\"yes\"]" }, cancellationToken);
        Assert.Equal(("complete", "yes"), (turn[^1].Text("status"), turn.Content()));
    }

    /// <summary>Waits until nothing is left of those who were connected, but for so many open sockets.</summary>
    public static Task GoneAsync(this TestApi api, CancellationToken cancellationToken, int sockets = 0) => ApiCalls.UntilAsync(
        () => Task.FromResult((api.Counts().Sockets, api.Counts().Pumps)), counts => counts == (sockets, 0), cancellationToken);

    /// <summary>The time under which 99 of 100 are.</summary>
    public static TimeSpan P99(this IEnumerable<TimeSpan> times)
    {
        var sorted = times.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * 0.99))];
    }

    /// <summary>A measured figure, for whoever reads the results.</summary>
    public static void Report(string text) => TestContext.Current.TestOutputHelper?.WriteLine(text);
}
