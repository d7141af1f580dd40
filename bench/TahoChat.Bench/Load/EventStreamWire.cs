using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;

namespace TahoChat.Bench.Load;

/// <summary>A client of the provider's own protocol: server-sent events in HTTP chunks.</summary>
internal sealed class EventStreamWire(Socket socket, Uri address) : Wire(socket)
{
    private readonly MemoryStream _line = new();
    private State _state;
    private int _left;

    private enum State
    {
        Head,
        Size,
        Body,
        BodyEnd,
    }

    public override async Task SendAsync(string message, CancellationToken cancellationToken)
    {
        var body = $$"""{"model":"openai/gpt-oss-120b","stream":true,"messages":[{"role":"user","content":"{{message}}"}]}""";
        var request = $"POST /openai/v1/chat/completions HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/json\r\n"
            + $"Authorization: Bearer gsk_bench\r\nContent-Length: {body.Length}\r\n\r\n{body}";
        _state = State.Head;
        await Socket.SendAsync(Encoding.ASCII.GetBytes(request), cancellationToken);
    }

    protected override bool Parse(Stamps stamps)
    {
        var used = 0;
        try
        {
            while (true)
            {
                var bytes = Received[used..];
                switch (_state)
                {
                    case State.Head:
                        var head = bytes.IndexOf("\r\n\r\n"u8);
                        if (head < 0) return false;
                        if (!bytes.StartsWith("HTTP/1.1 200"u8)) Error = Encoding.ASCII.GetString(bytes[..head]);
                        if (Error is not null) return true;
                        used += head + 4;
                        _state = State.Size;
                        break;
                    case State.Size:
                        var size = bytes.IndexOf("\r\n"u8);
                        if (size < 0) return false;
                        if (!Utf8Parser.TryParse(bytes[..size], out _left, out _, 'x')) throw new InvalidDataException("A chunk has no size.");
                        used += size + 2;
                        _state = _left == 0 ? State.BodyEnd : State.Body;
                        break;
                    case State.Body:
                        if (bytes.IsEmpty) return false;
                        var part = bytes[..Math.Min(_left, bytes.Length)];
                        TakeBody(part, stamps);
                        used += part.Length;
                        _left -= part.Length;
                        if (_left == 0) (_state, _left) = (State.BodyEnd, 1);
                        break;
                    default:
                        if (bytes.Length < 2) return false;
                        used += 2;
                        if (_left == 0) return true;
                        _state = State.Size;
                        break;
                }
            }
        }
        finally
        {
            Use(used);
        }
    }

    private void TakeBody(ReadOnlySpan<byte> bytes, Stamps stamps)
    {
        while (bytes.IndexOf((byte)'\n') is >= 0 and var end)
        {
            _line.Write(bytes[..end]);
            stamps.Take(JsonText.Find(_line.GetBuffer().AsSpan(0, (int)_line.Length), "\"content\":"u8), Now);
            _line.SetLength(0);
            bytes = bytes[(end + 1)..];
        }

        _line.Write(bytes);
    }
}
