using System.Net;
using System.Net.Sockets;

namespace TahoChat.Bench.Load;

/// <summary>How one asks for a reply and reads it, on a bare socket: a client that costs much would be what is measured.</summary>
internal abstract class Wire(Socket socket) : IDisposable
{
    private byte[] _buffer = new byte[1024];
    private int _length;

    /// <summary>What the last reply failed with; null where it did not.</summary>
    public string? Error { get; protected set; }

    /// <summary>Connects to a server that speaks <paramref name="protocol"/>.</summary>
    public static async Task<Wire> ConnectAsync(Protocol protocol, Uri address, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, address.Port), cancellationToken);
            if (protocol == Protocol.EventStream) return new EventStreamWire(socket, address);
            var wire = new WebSocketWire(socket);
            await wire.OpenAsync(address, cancellationToken);
            return wire;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends a user's message.</summary>
    public abstract Task SendAsync(string message, CancellationToken cancellationToken);

    /// <summary>Reads on until a reply has ended, and gives its text to <paramref name="stamps"/>; <see cref="Error"/> tells how.</summary>
    public async Task ReadReplyAsync(Stamps stamps, CancellationToken cancellationToken)
    {
        Error = null;
        while (!Parse(stamps))
        {
            if (!await ReceiveAsync(cancellationToken))
            {
                Error = "the connection was closed";
                return;
            }
        }
    }

    public void Dispose()
    {
        socket.Dispose();
        GC.SuppressFinalize(this);
    }

    protected Socket Socket => socket;

    /// <summary>What was received and not yet used.</summary>
    protected Span<byte> Received => _buffer.AsSpan(0, _length);

    /// <summary>When the last of it came, in microseconds.</summary>
    protected long Now { get; private set; }

    /// <summary>Uses what was received; true once the reply has ended.</summary>
    protected abstract bool Parse(Stamps stamps);

    protected async ValueTask<bool> ReceiveAsync(CancellationToken cancellationToken)
    {
        if (_length == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = await socket.ReceiveAsync(_buffer.AsMemory(_length), SocketFlags.None, cancellationToken);
        Now = Provider.ChunkWriter.Now;
        _length += read;
        return read > 0;
    }

    /// <summary>The first bytes are used.</summary>
    protected void Use(int count)
    {
        _buffer.AsSpan(count, _length - count).CopyTo(_buffer);
        _length -= count;
    }
}

/// <summary>What a server speaks.</summary>
internal enum Protocol
{
    /// <summary>The chat's own frames.</summary>
    WebSocket,

    /// <summary>The provider's events, as they are.</summary>
    EventStream,
}
