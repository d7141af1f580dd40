using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json.Nodes;

namespace TahoChat.Tests.Processes;

/// <summary>One reply as a client of its own sees it grow, and when.</summary>
internal sealed class GrowingReply(TestSocket socket) : IAsyncDisposable
{
    private readonly List<(long At, int Length)> _seen = [];

    public TestSocket Socket => socket;

    public List<JsonObject> Frames { get; } = [];

    /// <summary>The reading on, where somebody began it.</summary>
    public Task Ended { get; set; } = Task.CompletedTask;

    public long Conversation => Frames[0].Number("conversation_id");

    public long Message => Frames[0].Number("message_id");

    /// <summary>Sends the prompt and reads the acknowledgement.</summary>
    public static async Task<GrowingReply> BeginAsync(ApiProcess api, string prompt, CancellationToken cancellationToken)
    {
        var reply = new GrowingReply(await api.ConnectAsync(cancellationToken));
        await reply.Socket.SendAsync(new { message = prompt, client_message_id = Guid.NewGuid() }, cancellationToken);
        await reply.ReadUntilAsync(_ => true, cancellationToken);
        return reply;
    }

    public async Task ReadUntilAsync(Func<JsonObject, bool> fits, CancellationToken cancellationToken)
    {
        while (await socket.ReceiveAsync(cancellationToken) is { } frame)
        {
            Take(frame);
            if (fits(frame)) return;
        }
    }

    /// <summary>Reads until the server closes; then answers its goodbye.</summary>
    public async Task ReadToTheEndAsync(CancellationToken cancellationToken)
    {
        await ReadUntilAsync(_ => false, cancellationToken);
        try
        {
            await socket.CloseAsync(cancellationToken);
        }
        catch (WebSocketException)
        {
            // The server waits two seconds for the answer; a busy machine may take longer.
        }
    }

    /// <summary>Reads until the connection breaks, as it does where the server is killed.</summary>
    public async Task ReadToTheBreakAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReadUntilAsync(_ => false, cancellationToken);
        }
        catch (Exception exception) when (exception is WebSocketException or IOException)
        {
            // The server is dead.
        }
    }

    /// <summary>The reply ended so, was kept as it was shown, and the socket was told goodbye.</summary>
    public void AssertEnded(string status, ProcessFolder folder)
    {
        var mine = Frames.Where(frame => frame.ContainsKey("message_id") && frame.Number("message_id") == Message).ToList();
        Assert.Equal(status, Assert.Single(mine, frame => frame.Text("status") is "complete" or "error").Text("message_status"));
        Assert.Equal((status, mine.Content()), folder.Reply(Message));
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, socket.CloseStatus);
    }

    /// <summary>How old the first text was that is not among the first <paramref name="kept"/> units, counted back from the last text
    /// that was seen; zero where all of it was kept.</summary>
    public TimeSpan LostBeyond(int kept)
    {
        var lost = _seen.FindIndex(seen => seen.Length > kept);
        return lost < 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(_seen[lost].At, _seen[^1].At);
    }

    public ValueTask DisposeAsync() => socket.DisposeAsync();

    private void Take(JsonObject frame)
    {
        Frames.Add(frame);
        if (frame.Text("status") == "streaming" && frame.Text("text") is { Length: > 0 } text)
            _seen.Add((Stopwatch.GetTimestamp(), (int)frame.Number("offset") + text.Length));
    }
}
