namespace TahoChat.GroqEmulator.Faults;

/// <summary>What a completion's bytes are written to on their way out.</summary>
internal abstract class WireStream : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public abstract override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default);

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush() => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>Every byte in a send of its own.</summary>
internal sealed class OneByteStream(HttpContext http) : WireStream
{
    private readonly RawConnection _connection = new(http);
    private bool _begun;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_begun) await _connection.HeadAsync(cancellationToken);
        _begun = true;
        for (var at = 0; at < buffer.Length; at++) await _connection.SendAsync(buffer.Slice(at, 1), cancellationToken);
    }

    public override async ValueTask DisposeAsync()
    {
        await _connection.CloseAsync();
        await base.DisposeAsync();
    }
}

/// <summary>Everything in a single send, the head included.</summary>
internal sealed class OneSendStream(HttpContext http) : WireStream
{
    private readonly MemoryStream _all = new();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _all.Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        var connection = new RawConnection(http);
        await connection.HeadAsync(http.RequestAborted);
        await connection.SendAsync(_all.ToArray(), http.RequestAborted);
        await connection.CloseAsync();
        await base.DisposeAsync();
    }
}

/// <summary>Every event rewritten: it comes with the blank line that ends it, LF both.</summary>
internal sealed class EventRewriter(HttpContext http, Func<string, string> rewrite) : WireStream
{
    private readonly MemoryStream _event = new();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        for (var at = 0; at < buffer.Length; at++)
        {
            _event.WriteByte(buffer.Span[at]);
            if (!EndsEvent()) continue;
            var text = System.Text.Encoding.UTF8.GetString(_event.GetBuffer(), 0, (int)_event.Length);
            _event.SetLength(0);
            await http.Response.Body.WriteAsync(System.Text.Encoding.UTF8.GetBytes(rewrite(text)), cancellationToken);
        }
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => http.Response.Body.FlushAsync(cancellationToken);

    private bool EndsEvent() => _event.Length >= 2 && _event.GetBuffer().AsSpan(0, (int)_event.Length).EndsWith("\n\n"u8);
}
