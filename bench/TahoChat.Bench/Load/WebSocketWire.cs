using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace TahoChat.Bench.Load;

/// <summary>A WebSocket client of the classic protocol (RFC 6455, without extensions).</summary>
internal sealed class WebSocketWire(Socket socket) : Wire(socket)
{
    private const int Text = 1;
    private const int Close = 8;
    private const int Ping = 9;
    private const int Pong = 10;

    private readonly MemoryStream _message = new();

    /// <summary>The conversation of the last reply, where the server names it.</summary>
    public long ConversationId { get; private set; }

    public async Task OpenAsync(Uri address, CancellationToken cancellationToken)
    {
        var request = $"GET /ws/chat HTTP/1.1\r\nHost: {address.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
        await Socket.SendAsync(Encoding.ASCII.GetBytes(request), cancellationToken);
        int end;
        while ((end = Received.IndexOf("\r\n\r\n"u8)) < 0)
            if (!await ReceiveAsync(cancellationToken)) throw new InvalidOperationException("The server hung up instead of opening a WebSocket.");
        if (!Received.StartsWith("HTTP/1.1 101"u8)) throw new InvalidOperationException(Encoding.ASCII.GetString(Received[..end]));
        Use(end + 4);
    }

    public override Task SendAsync(string message, CancellationToken cancellationToken) => SendFrameAsync(new { message }, cancellationToken);

    /// <summary>Asks to be sent what grows in a conversation.</summary>
    public Task WatchAsync(long conversationId, CancellationToken cancellationToken) =>
        SendFrameAsync(new { type = "watch", conversation_id = conversationId }, cancellationToken);

    protected override bool Parse(Stamps stamps)
    {
        var used = 0;
        var ended = false;
        while (!ended && Next(Received[used..]) is { } frame)
        {
            var payload = Received.Slice(used + frame.Head, frame.Length);
            ended = Take(frame, payload, stamps);
            used += frame.Head + frame.Length;
        }

        if (used > 0) Use(used);
        return ended;
    }

    private static Frame? Next(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 2) return null;
        var (head, length) = (2, bytes[1] & 0x7F);
        if (length >= 126)
        {
            head = length == 126 ? 4 : 10;
            if (bytes.Length < head) return null;
            length = head == 4 ? BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) : checked((int)BinaryPrimitives.ReadInt64BigEndian(bytes[2..]));
        }

        return bytes.Length < head + length ? null : new Frame(bytes[0] & 0x0F, (bytes[0] & 0x80) != 0, head, length);
    }

    private bool Take(Frame frame, ReadOnlySpan<byte> payload, Stamps stamps)
    {
        switch (frame.Code)
        {
            case Close:
                Error = "the server closed: " + Encoding.UTF8.GetString(payload[Math.Min(2, payload.Length)..]);
                return true;
            case Ping:
                Socket.Send(Masked(Pong, payload));
                return false;
            case Pong:
                return false;
        }

        if (frame.IsLast && _message.Length == 0) return TakeMessage(payload, stamps);
        _message.Write(payload);
        if (!frame.IsLast) return false;
        var ended = TakeMessage(_message.GetBuffer().AsSpan(0, (int)_message.Length), stamps);
        _message.SetLength(0);
        return ended;
    }

    private bool TakeMessage(ReadOnlySpan<byte> message, Stamps stamps)
    {
        // Whoever watches is told of messages too, which have a status of their own.
        var status = message.StartsWith("{\"status\":"u8) ? JsonText.Find(message, "\"status\":"u8) : [];
        switch (status is [var first, ..] ? first : 0)
        {
            case (byte)'s':
                if (stamps.Count == 0 && ConversationId == 0) ConversationId = JsonText.Number(message, "\"conversation_id\":"u8);
                stamps.Take(JsonText.Find(message, "\"text\":"u8), Now);
                return false;
            case (byte)'c':
                return true;
            case (byte)'e':
                Error = Encoding.UTF8.GetString(message);
                return true;
            default:
                return false;
        }
    }

    private Task<int> SendFrameAsync<T>(T frame, CancellationToken cancellationToken) =>
        Socket.SendAsync(Masked(Text, JsonSerializer.SerializeToUtf8Bytes(frame)), cancellationToken).AsTask();

    // A mask of zeros leaves the bytes as they are.
    private static byte[] Masked(int code, ReadOnlySpan<byte> payload) => payload.Length < 126
        ? [(byte)(0x80 | code), (byte)(0x80 | payload.Length), 0, 0, 0, 0, .. payload]
        : [(byte)(0x80 | code), 0x80 | 126, (byte)(payload.Length >> 8), (byte)payload.Length, 0, 0, 0, 0, .. payload];

    private readonly record struct Frame(int Code, bool IsLast, int Head, int Length);
}
