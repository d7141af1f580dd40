using System.Collections.Concurrent;

namespace TahoChat.Api.Export;

/// <summary>Where an export stands.</summary>
public enum ExportState
{
    Running,
    Done,

    /// <summary>It broke off, or whoever asked for it went away.</summary>
    Failed,

    /// <summary>It was not begun: too many others are under way.</summary>
    Refused,
}

/// <summary>How far an export is, as <c>GET /export/{id}</c> tells it.</summary>
public sealed record ExportProgressResponse(string Id, ExportState State, int Total, int Done);

/// <summary>One export on its way.</summary>
internal sealed class ExportProgress(string id)
{
    private int _done;
    private int _total;
    private volatile ExportState _state;

    public ExportProgressResponse Now => new(id, _state, Volatile.Read(ref _total), Volatile.Read(ref _done));

    public void Begin(ExportCounts counts) => Volatile.Write(ref _total, counts.Conversations + counts.Attachments);

    public void ConversationDone() => Interlocked.Increment(ref _done);

    public void AttachmentDone() => Interlocked.Increment(ref _done);

    public void End(ExportState state) => _state = state;
}

/// <summary>The exports that are under way, a few at a time, and the last ones that were.</summary>
internal sealed class Exports : IDisposable
{
    /// <summary>At a time: each holds back what the write-ahead log could give up.</summary>
    public const int AtOnce = 2;

    private const int Remembered = 50;

    private readonly SemaphoreSlim _room = new(AtOnce);
    private readonly ConcurrentDictionary<string, ExportProgress> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _order = new();

    public ExportProgress? Find(string id) => _known.GetValueOrDefault(id);

    /// <summary>Null where there is no room. A browser that was given the address to download says nothing of that to its page, so that it is
    /// remembered.</summary>
    public ExportProgress? TryBegin(string id)
    {
        var progress = new ExportProgress(id);
        if (_room.Wait(0))
        {
            Remember(progress);
            return progress;
        }

        progress.End(ExportState.Refused);
        if (Find(id) is null) Remember(progress);
        return null;
    }

    public void End(ExportProgress progress, ExportState state)
    {
        progress.End(state);
        _room.Release();
    }

    public void Dispose() => _room.Dispose();

    private void Remember(ExportProgress progress)
    {
        var id = progress.Now.Id;
        _known[id] = progress;
        _order.Enqueue(id);
        while (_order.Count > Remembered && _order.TryDequeue(out var oldest)) _known.TryRemove(oldest, out _);
    }
}
