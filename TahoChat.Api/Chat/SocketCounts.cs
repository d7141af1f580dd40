namespace TahoChat.Api.Chat;

/// <summary>What the sockets run at this moment: all back to 0 when nobody is connected.</summary>
public sealed class SocketCounts
{
    private int _sockets;
    private int _pumps;

    /// <summary>Open sockets, each with its session.</summary>
    public int Sockets => Volatile.Read(ref _sockets);

    /// <summary>Replies that are being sent, once for each socket that they are sent to.</summary>
    public int Pumps => Volatile.Read(ref _pumps);

    internal int SocketOpened() => Interlocked.Increment(ref _sockets);

    internal void SocketClosed() => Interlocked.Decrement(ref _sockets);

    internal void PumpStarted() => Interlocked.Increment(ref _pumps);

    internal void PumpEnded() => Interlocked.Decrement(ref _pumps);
}
