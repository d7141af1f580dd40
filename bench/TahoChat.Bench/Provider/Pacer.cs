using System.Collections.Concurrent;

namespace TahoChat.Bench.Provider;

/// <summary>One thread that writes the chunks of all replies when each is due: a timer for each would cost more than the writes.</summary>
internal sealed class Pacer
{
    private readonly ConcurrentQueue<ReplyWriter> _new = new();
    private readonly PriorityQueue<ReplyWriter, long> _due = new();
    private readonly Lock _lock = new();
    private List<int> _late = [];

    public Pacer() => new Thread(Run) { IsBackground = true, Name = "pacer" }.Start();

    public void Add(ReplyWriter reply) => _new.Enqueue(reply);

    /// <summary>How late the last one in a hundred chunks was written since this was asked before, in milliseconds: more than a few, and what is
    /// measured is this machine's other cores.</summary>
    public double TakeLateness()
    {
        List<int> late;
        lock (_lock) (late, _late) = (_late, []);
        late.Sort();
        return late.Count == 0 ? 0 : late[late.Count * 99 / 100] / 1000.0;
    }

    private void Run()
    {
        Span<byte> buffer = stackalloc byte[ChunkWriter.Longest];
        while (true)
        {
            while (_new.TryDequeue(out var reply)) _due.Enqueue(reply, reply.Due);
            while (_due.TryPeek(out var reply, out var due) && due <= ChunkWriter.Now)
            {
                _due.Dequeue();
                lock (_lock) _late.Add((int)(ChunkWriter.Now - due));
                if (reply.WriteDue(buffer)) _due.Enqueue(reply, reply.Due);
            }

            Thread.Sleep(1);
        }
    }
}
