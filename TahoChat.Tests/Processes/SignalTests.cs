using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json.Nodes;

namespace TahoChat.Tests.Processes;

public sealed class SignalTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("INT", 5)]
    [InlineData("TERM", 25)]
    public async Task A_signal_in_the_middle_of_a_reply_saves_it_tells_the_sockets_and_ends(string signal, int seconds)
    {
        using var folder = new ProcessFolder();
        await using var api = await ApiProcess.StartAsync(folder, Cancel, ("PORT", "0"));
        await using var socket = await api.ConnectAsync(Cancel);
        await socket.SendAsync(new { message = "[emulator reply=count:100000 speed=400 first=0]" }, Cancel);
        var frames = await socket.ReceiveUntilAsync(frame => frame.Text("text") is { Length: > 0 }, Cancel);

        var watch = Stopwatch.StartNew();
        await api.SignalAsync(signal, Cancel);
        while (await socket.ReceiveAsync(Cancel) is { } frame) frames.Add(frame);
        await socket.CloseAsync(Cancel);
        await api.EndAsync(Cancel);
        var took = watch.Elapsed;
        TestContext.Current.TestOutputHelper!.WriteLine($"SIG{signal}: ended after {took.TotalSeconds:F1} s");

        Assert.Equal(0, api.ExitCode);
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(seconds));
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, socket.CloseStatus);
        Assert.Equal("interrupted", LastOf(frames).Text("message_status"));
        var (status, content) = Assert.Single(folder.Replies());
        Assert.Equal("interrupted", status);
        Assert.Equal(content, frames.Content());
    }

    [Fact]
    public async Task A_signal_with_nothing_to_do_ends_it_at_once()
    {
        using var folder = new ProcessFolder();
        await using var api = await ApiProcess.StartAsync(folder, Cancel, ("PORT", "0"));
        await using var socket = await api.ConnectAsync(Cancel);
        await api.SignalAsync("INT", Cancel);
        Assert.Null(await socket.ReceiveAsync(Cancel));
        await socket.CloseAsync(Cancel);
        await api.EndAsync(Cancel);
        Assert.Equal(0, api.ExitCode);
        Assert.Empty(api.Errors);
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, socket.CloseStatus);
    }

    private static JsonObject LastOf(List<JsonObject> frames) => Assert.Single(frames, frame => frame.Text("status") is "error" or "complete");
}
