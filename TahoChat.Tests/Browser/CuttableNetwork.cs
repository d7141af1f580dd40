using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TahoChat.Tests.Browser;

/// <summary>The network between a browser and the API, which can be cut. Files of the page go through all the same: a page
/// that is loaded without them would be none.</summary>
internal sealed class CuttableNetwork : IAsyncDisposable
{
    private static readonly string[] _talk = ["/ws/chat", "/conversations", "/models"];

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ended = new();
    private readonly ConcurrentDictionary<Line, bool> _lines = new();
    private readonly int _port;
    private readonly Task _accepting;
    private volatile bool _cut;
    private volatile bool _muted;

    /// <param name="api">Where the API is; another one may take its place on the same port.</param>
    public CuttableNetwork(Uri api)
    {
        _port = api.Port;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>Ends every connection; what is neither a file nor the page itself finds nobody from now on.</summary>
    public void Cut()
    {
        _cut = true;
        foreach (var line in _lines.Keys) line.Dispose();
    }

    /// <summary>What the server says is lost from now on; what it is told still arrives.</summary>
    public void Mute() => _muted = true;

    /// <summary>What was cut or muted works again, on new connections.</summary>
    public void Restore()
    {
        (_cut, var muted, _muted) = (false, _muted, false);
        if (!muted) return;
        foreach (var line in _lines.Keys) line.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Stop();
        foreach (var line in _lines.Keys) line.Dispose();
        await _accepting;
        _ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = RelayAsync(await _listener.AcceptTcpClientAsync(_ended.Token));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end of the test.
        }
    }

    private async Task RelayAsync(TcpClient browser)
    {
        using var line = new Line(browser, new TcpClient());
        _lines[line] = true;
        try
        {
            await line.Server.ConnectAsync(IPAddress.Loopback, _port, _ended.Token);
            await Task.WhenAny(CopyAsync(browser, line.Server, IsCut), CopyAsync(line.Server, browser, _ => false, fromServer: true));
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Nobody is there, which the browser sees as a closed connection.
        }
        finally
        {
            _lines.TryRemove(line, out _);
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to, Func<ReadOnlyMemory<byte>, bool> ends, bool fromServer = false)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.GetStream().ReadAsync(buffer, _ended.Token) is > 0 and var count)
            {
                if (ends(buffer.AsMemory(0, count))) return;
                if (!(fromServer && _muted)) await to.GetStream().WriteAsync(buffer.AsMemory(0, count), _ended.Token);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // Either end left.
        }
    }

    /// <summary>Browsers send one request after the other on a connection, so each begins a packet.</summary>
    private bool IsCut(ReadOnlyMemory<byte> sent)
    {
        if (!_cut) return false;
        var parts = Encoding.ASCII.GetString(sent.Span[..Math.Min(sent.Length, 200)]).Split(' ', 3);
        return parts.Length == 3 && _talk.Any(path => parts[1].StartsWith(path, StringComparison.Ordinal));
    }

    private sealed record Line(TcpClient Browser, TcpClient Server) : IDisposable
    {
        public void Dispose()
        {
            Browser.Dispose();
            Server.Dispose();
        }
    }
}
