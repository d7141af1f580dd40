using System.Collections.Concurrent;

namespace TahoChat.Bench.Provider;

/// <summary>One thread that writes the chunks of all replies when each is due: a timer for each would cost more than the writes.</summary>
internal sealed class Pacer
{
    private readonly ConcurrentQueue<ReplyWriter> _new = new();
    private readonly PriorityQueue<ReplyWriter, long> _due = new();

    public Pacer() => new Thread(Run) { IsBackground = true, Name = "pacer" }.Start();

    public void Add(ReplyWriter reply) => _new.Enqueue(reply);

    private void Run()
    {
        Span<byte> buffer = stackalloc byte[ChunkWriter.Longest];
        while (true)
        {
            while (_new.TryDequeue(out var reply)) _due.Enqueue(reply, reply.Due);
            while (_due.TryPeek(out var reply, out var due) && due <= ChunkWriter.Now)
            {
                _due.Dequeue();
                if (reply.WriteDue(buffer)) _due.Enqueue(reply, reply.Due);
            }

            Thread.Sleep(1);
        }
    }
}
