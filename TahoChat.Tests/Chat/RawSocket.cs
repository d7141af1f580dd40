using System.Buffers.Binary;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace TahoChat.Tests.Chat;

/// <summary>A frame as RFC 6455 has it.</summary>
public sealed record RawFrame(int Opcode, byte[] Payload, bool IsFinal = true)
{
    /// <summary>The code of a close frame; null where it is another one.</summary>
    public int? CloseCode => Opcode == 8 && Payload.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(Payload) : null;

    public string Text => Encoding.UTF8.GetString(Payload);
}

/// <summary>A WebSocket client that writes whatever bytes it is told to.</summary>
public sealed class RawSocket : IAsyncDisposable
{
    public const int Continuation = 0;
    public const int TextFrame = 1;
    public const int BinaryFrame = 2;
    public const int Close = 8;
    public const int Ping = 9;
    public const int Pong = 10;

    private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(15);

    private readonly TcpClient _client = new();
    private NetworkStream? _stream;

    /// <summary>A socket past its handshake. With a small <paramref name="receiveBuffer"/>, in bytes, the kernel takes little
    /// of what is not read.</summary>
    public static async Task<RawSocket> ConnectAsync(Uri address, CancellationToken cancellationToken, int? receiveBuffer = null)
    {
        var socket = await OpenAsync(address, cancellationToken, receiveBuffer);
        await socket.WriteAsync(Encoding.ASCII.GetBytes(Handshake(address)), cancellationToken);
        Assert.StartsWith("HTTP/1.1 101", await socket.ReadHeadAsync(cancellationToken), StringComparison.Ordinal);
        return socket;
    }

    /// <summary>A connection on which nothing was said yet.</summary>
    public static async Task<RawSocket> OpenAsync(Uri address, CancellationToken cancellationToken, int? receiveBuffer = null)
    {
        var socket = new RawSocket();
        if (receiveBuffer is { } size) socket._client.ReceiveBufferSize = size;
        socket._client.NoDelay = true;
        await socket._client.ConnectAsync(address.Host, address.Port, cancellationToken);
        socket._stream = socket._client.GetStream();
        return socket;
    }

    /// <summary>A handshake that is as it should be.</summary>
    public static string Handshake(Uri address) =>
        $"GET /ws/chat HTTP/1.1\r\nHost: {address.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + $"Sec-WebSocket-Key: {Convert.ToBase64String(RandomNumberGenerator.GetBytes(16))}\r\nSec-WebSocket-Version: 13\r\n\r\n";

    /// <summary>The head of the server's HTTP answer; what came of it where the connection ended.</summary>
    public async Task<string> ReadHeadAsync(CancellationToken cancellationToken)
    {
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await ReadAsync(1, cancellationToken) is [var next])
            head.Append((char)next);
        return head.ToString();
    }

    /// <summary>Says that nothing more will be sent, and goes on reading.</summary>
    public void EndSending() => _client.Client.Shutdown(SocketShutdown.Send);

    /// <summary>Bytes as they are.</summary>
    public Task WriteAsync(byte[] bytes, CancellationToken cancellationToken) => _stream!.WriteAsync(bytes, cancellationToken).AsTask();

    public Task WriteAsync(int opcode, string text, CancellationToken cancellationToken, bool final = true) =>
        WriteAsync(Frame(opcode, Encoding.UTF8.GetBytes(text), final), cancellationToken);

    /// <summary>A frame's bytes; <paramref name="reserved"/> are its three reserved bits.</summary>
    public static byte[] Frame(int opcode, byte[] payload, bool final = true, int reserved = 0, bool masked = true)
    {
        var frame = new List<byte> { (byte)((final ? 0x80 : 0) | (reserved << 4) | opcode) };
        var mask = masked ? 0x80 : 0;
        if (payload.Length < 126) frame.Add((byte)(mask | payload.Length));
        else if (payload.Length <= ushort.MaxValue) frame.AddRange([(byte)(mask | 126), (byte)(payload.Length >> 8), (byte)payload.Length]);
        else
        {
            var length = new byte[8];
            BinaryPrimitives.WriteUInt64BigEndian(length, (ulong)payload.Length);
            frame.AddRange([(byte)(mask | 127), .. length]);
        }

        byte[] key = [0x11, 0x22, 0x33, 0x44];
        if (masked) frame.AddRange(key);
        frame.AddRange(masked ? payload.Select((part, i) => (byte)(part ^ key[i % 4])) : payload);
        return [.. frame];
    }

    /// <summary>The next frame of the server, for as long as it takes where one <paramref name="waits"/>; null where the
    /// connection ended.</summary>
    public async Task<RawFrame?> ReceiveAsync(CancellationToken cancellationToken, bool waits = false)
    {
        if (await ReadAsync(2, cancellationToken, waits) is not { } head) return null;
        var length = (long)(head[1] & 0x7F);
        if (length == 126) length = BinaryPrimitives.ReadUInt16BigEndian(await ReadAsync(2, cancellationToken));
        else if (length == 127) length = BinaryPrimitives.ReadInt64BigEndian(await ReadAsync(8, cancellationToken));
        if (await ReadAsync((int)length, cancellationToken) is not { } payload) return null;
        return new RawFrame(head[0] & 0x0F, payload, IsFinal: (head[0] & 0x80) != 0);
    }

    /// <summary>The next whole message, or the close frame; null where the connection ended.</summary>
    public async Task<RawFrame?> ReceiveMessageAsync(CancellationToken cancellationToken)
    {
        RawFrame? message = null;
        while (await ReceiveAsync(cancellationToken) is { } frame)
        {
            if (frame.Opcode is Ping or Pong) continue;
            if (frame.Opcode == Close) return frame;
            message = message is null ? frame : message with { Payload = [.. message.Payload, .. frame.Payload] };
            if (frame.IsFinal) return message;
        }

        return null;
    }

    /// <summary>Waits, without reading, until the server cut the connection off: nothing can be written then.</summary>
    public async Task CutOffAsync(TimeSpan deadline, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(deadline);
        var nobodyAsked = Frame(Pong, []);
        try
        {
            while (true)
            {
                await WriteAsync(nobodyAsked, limit.Token);
                await Task.Delay(200, limit.Token);
            }
        }
        catch (IOException)
        {
            // Cut off.
        }
    }

    /// <summary>Waits until the server hangs up; what it still says is thrown away.</summary>
    public async Task EndAsync(TimeSpan deadline, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(deadline);
        try
        {
            var waste = new byte[16 * 1024];
            while (await _stream!.ReadAsync(waste, limit.Token) > 0)
            {
                // On to the end.
            }
        }
        catch (IOException)
        {
            // Reset: that is an end too.
        }
    }

    /// <summary>The code that the server closes with; null where it hangs up without one.</summary>
    public async Task<int?> ReceiveCloseAsync(CancellationToken cancellationToken)
    {
        while (await ReceiveAsync(cancellationToken) is { } frame)
        {
            if (frame.CloseCode is { } code) return code;
        }

        return null;
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<byte[]?> ReadAsync(int count, CancellationToken cancellationToken, bool waits = false)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (!waits) limit.CancelAfter(_deadline);
        var bytes = new byte[count];
        try
        {
            await _stream!.ReadExactlyAsync(bytes, limit.Token);
            return bytes;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
