using TahoChat.Api.Telemetry;

namespace TahoChat.Api.Generations;

/// <summary>What is counted of a reply while it grows, for the line that tells of it.</summary>
/// <param name="metrics">Told of slices too; null in tests of a reply alone.</param>
internal sealed class GenerationCounts(ChatMetrics? metrics = null)
{
    private int _slices;

    /// <summary>Texts that the provider sent; its runner's own.</summary>
    public int Chunks { get; set; }

    /// <summary>Slices that watchers were sent, all together.</summary>
    public int Slices => Volatile.Read(ref _slices);

    /// <summary>Checkpoints that saved something of it; the checkpointer's own.</summary>
    public int Checkpoints { get; set; }

    /// <summary>Bytes of its texts as they are saved at its end, in UTF-8.</summary>
    public int Bytes { get; set; }

    /// <summary>A watcher was sent a slice.</summary>
    public void Sliced(in Slice slice)
    {
        Interlocked.Increment(ref _slices);
        metrics?.Sliced(slice);
    }
}
