using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;

namespace TahoChat.GroqEmulator.Faults;

/// <summary>The socket under a request, past the server: what is written here is on the wire as it is, and the server must
/// write nothing.</summary>
internal sealed class RawConnection(HttpContext http)
{
    private static readonly TimeSpan _timeToRead = TimeSpan.FromSeconds(10);

    private readonly Socket _socket = http.Features.Get<IConnectionSocketFeature>()?.Socket
        ?? throw new InvalidOperationException("The server does not show its sockets.");

    /// <summary>A head after which the body lasts until the connection ends, with the headers set so far.</summary>
    public Task HeadAsync(CancellationToken cancellationToken)
    {
        var head = new StringBuilder("HTTP/1.1 200 OK\r\nConnection: close\r\n");
        foreach (var (name, value) in http.Response.Headers) head.Append($"{name}: {value}\r\n");
        return SendAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), cancellationToken);
    }

    /// <summary>One send; the first byte of the next is in a packet of its own where the network keeps up.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        _socket.NoDelay = true;
        while (bytes.Length > 0) bytes = bytes[await _socket.SendAsync(bytes, cancellationToken)..];
    }

    /// <summary>Ends the connection in an orderly way, after the client has read it all.</summary>
    public async Task CloseAsync()
    {
        _socket.Shutdown(SocketShutdown.Send);
        try
        {
            await Task.Delay(_timeToRead, http.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // The client has closed its side.
        }

        http.Abort();
    }

    /// <summary>Ends the connection with a reset.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        http.Abort();
    }
}
