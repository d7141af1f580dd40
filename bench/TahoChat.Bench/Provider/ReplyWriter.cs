using System.Net.Sockets;

namespace TahoChat.Bench.Provider;

/// <summary>One reply that is written to a socket, a chunk a write as a provider does it.</summary>
internal sealed class ReplyWriter(Socket socket, BenchPrompt prompt)
{
    private const int Microseconds = 1_000_000;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly TaskCompletionSource<bool> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[] _rest = [];
    private int _written;

    /// <summary>When the next chunk is due, in microseconds.</summary>
    public long Due { get; private set; } = ChunkWriter.Now;

    /// <summary>True once all of it is written; false where the peer has gone.</summary>
    public Task<bool> Ended => _ended.Task;

    /// <summary>Writes what is due, and never waits: what the peer does not take goes before the next chunk. False where nothing more is to
    /// be written.</summary>
    public bool WriteDue(Span<byte> buffer)
    {
        try
        {
            SendRest();
            while (_rest.Length == 0 && _written <= prompt.Chunks && Due <= ChunkWriter.Now)
            {
                SendNext(buffer);
                Due += Microseconds / prompt.Rate;
            }

            if (_rest.Length > 0) Due = ChunkWriter.Now + 1000;
            if (_rest.Length > 0 || _written <= prompt.Chunks) return true;
            _ended.SetResult(true);
        }
        catch (SocketException)
        {
            _ended.SetResult(false);
        }

        return false;
    }

    /// <summary>Writes all of it as fast as the peer takes it; blocks its thread.</summary>
    public void WriteAll()
    {
        Span<byte> buffer = stackalloc byte[ChunkWriter.Longest];
        try
        {
            while (_written <= prompt.Chunks || _rest.Length > 0)
            {
                if (_rest.Length > 0 && !socket.Poll(_patience, SelectMode.SelectWrite)) throw new SocketException((int)SocketError.TimedOut);
                SendRest();
                if (_rest.Length == 0 && _written <= prompt.Chunks) SendNext(buffer);
            }

            _ended.SetResult(true);
        }
        catch (SocketException)
        {
            _ended.SetResult(false);
        }
    }

    private void SendNext(Span<byte> buffer) =>
        Send(_written++ == prompt.Chunks ? ChunkWriter.End : buffer[..ChunkWriter.Write(buffer, _written - 1)]);

    private void SendRest()
    {
        if (_rest.Length == 0) return;
        var rest = _rest;
        _rest = [];
        Send(rest);
    }

    private void Send(ReadOnlySpan<byte> bytes)
    {
        var sent = socket.Send(bytes, SocketFlags.None, out var error);
        if (error is SocketError.WouldBlock) sent = 0;
        else if (error is not SocketError.Success) throw new SocketException((int)error);
        if (sent < bytes.Length) _rest = bytes[sent..].ToArray();
    }
}
