using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using TahoChat.Api.Chat;
using TahoChat.Api.Generations;
using TahoChat.Tests.Promises;

namespace TahoChat.Tests.Properties;

/// <summary>A tab: the server's end of its socket with its pumps, and the client that reads.</summary>
internal sealed class ResumeTab : IAsyncDisposable
{
    private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(10);

    private readonly Generation _reply;
    private readonly WebSocket _client;
    private readonly ChatSocket _server;
    private readonly ReplyPumps _pumps;
    private readonly Task _reading;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isClosed;

    private ResumeTab(Generation reply, Socket client, Socket server, ReferenceClient view)
    {
        (_reply, View) = (reply, view);
        _client = WebSocket.CreateFromStream(new NetworkStream(client, ownsSocket: true), new WebSocketCreationOptions());
        _server = new ChatSocket(
            WebSocket.CreateFromStream(new NetworkStream(server, ownsSocket: true), new WebSocketCreationOptions { IsServer = true }),
            new Limits(), new SocketCounts(), TimeProvider.System, CancellationToken.None);
        _pumps = new ReplyPumps(_server) { WithReasoning = true };
        _reading = Task.Run(ReadAsync, Cancel);
    }

    public ReferenceClient View { get; private set; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<ResumeTab> OpenAsync(Generation reply, ReferenceClient view)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var client = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await client.ConnectAsync(listener.LocalEndpoint, Cancel);
        var tab = new ResumeTab(reply, client, await listener.AcceptSocketAsync(Cancel), view);
        if (view.Reply!.Content.Length + view.Reply.Reasoning.Length > 0) tab._pumps.Restart(reply, new Cursor(view.Reply.Reasoning.Length, view.Reply.Content.Length));
        else tab._pumps.Ensure(reply, default);
        return tab;
    }

    public async Task UntilAsync(Func<ReferenceClient, bool> fits)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(_deadline);
        while (true)
        {
            var changed = _changed.Task;
            if (fits(View)) return;
            if (_reading.IsCompleted) await _reading;
            await Task.WhenAny(changed, _reading).WaitAsync(limit.Token);
        }
    }

    /// <summary>The connection breaks; what the tab had by then.</summary>
    public async Task<ReferenceClient> CloseAsync()
    {
        await DisposeAsync();
        return View;
    }

    public async ValueTask DisposeAsync()
    {
        if (_isClosed) return;
        _isClosed = true;
        _client.Abort();
        await _reading;
        await _pumps.EndAsync();
        _pumps.Dispose();
        _server.Dispose();
        _client.Dispose();
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[128 * 1024];
        try
        {
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult received;
                do
                {
                    received = await _client.ReceiveAsync(buffer.AsMemory(length), Cancel);
                    length += received.Count;
                }
                while (!received.EndOfMessage);
                Take(JsonNode.Parse(buffer.AsSpan(0, length))!.AsObject());
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException)
        {
            // Closed.
        }
    }

    private void Take(JsonObject frame)
    {
        View = View.Saw(frame);
        Assert.Null(View.Fault);
        var text = _reply.Read(default);
        Assert.StartsWith(View.Reply!.Content, text.Content, StringComparison.Ordinal);
        Assert.StartsWith(View.Reply.Reasoning, text.Reasoning, StringComparison.Ordinal);
        var changed = _changed;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.TrySetResult();
    }
}
