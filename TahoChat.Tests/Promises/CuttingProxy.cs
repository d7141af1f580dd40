using System.Net;
using System.Net.Sockets;

namespace TahoChat.Tests.Promises;

/// <summary>Where a connection breaks: after so many bytes in one direction. <paramref name="Hard"/> is a reset, else both
/// sides see a proper end of the stream in the middle of whatever was being said.</summary>
internal readonly record struct Cut(bool FromServer, int AfterBytes, bool Hard);

/// <summary>A TCP proxy in front of the API whose nth connection has the nth cut, mid-frame or wherever that is; after the
/// last cut connections live.</summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ended = new();
    private readonly Uri _target;
    private readonly Queue<Cut> _cuts;
    private readonly Task _accepting;
    private int _made;

    public CuttingProxy(Uri target, IEnumerable<Cut> cuts)
    {
        (_target, _cuts) = (target, new Queue<Cut>(cuts));
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"ws://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/ws/chat");

    /// <summary>Cuts that struck: a connection may end before it carried so many bytes.</summary>
    public int Made => Volatile.Read(ref _made);

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_ended.Token);
                connections.Add(CarryAsync(client, _cuts.TryDequeue(out var cut) ? cut : null));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task CarryAsync(Socket client, Cut? cut)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_ended.Token);
        client.NoDelay = true;
        try
        {
            await server.ConnectAsync(_target.Host, _target.Port, over.Token);
            var cutHere = await await Task.WhenAny(
                CopyAsync(client, server, cut is { FromServer: false } up ? up.AfterBytes : null, over.Token),
                CopyAsync(server, client, cut is { FromServer: true } down ? down.AfterBytes : null, over.Token));
            if (cutHere) Interlocked.Increment(ref _made);
            if (cutHere && cut is { Hard: true }) client.LingerState = server.LingerState = new LingerOption(true, 0);
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // One of them hung up.
        }
        finally
        {
            client.Dispose();
            server.Dispose();
            await over.CancelAsync();
        }
    }

    /// <summary>True where the limit was reached, false where the sender ended.</summary>
    private static async Task<bool> CopyAsync(Socket from, Socket to, int? limit, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        var left = limit ?? int.MaxValue;
        try
        {
            while (left > 0)
            {
                var read = await from.ReceiveAsync(buffer, cancellationToken);
                if (read == 0) return false;
                var sent = Math.Min(read, left);
                for (var i = 0; i < sent;) i += await to.SendAsync(buffer.AsMemory(i, sent - i), cancellationToken);
                if (limit is not null) left -= sent;
            }

            return true;
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            return false;
        }
    }
}
