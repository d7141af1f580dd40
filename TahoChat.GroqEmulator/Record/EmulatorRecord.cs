using System.Security.Cryptography;
using System.Text;

namespace TahoChat.GroqEmulator.Record;

/// <summary>How often a body was posted.</summary>
public sealed record BodyPosts(string BodySha256, int Posts);

/// <summary>What the emulator was asked. Safe from any thread.</summary>
public sealed class EmulatorRecord
{
    /// <summary>Bodies counted, at most: the oldest are forgotten. Ten times the sends of the largest test.</summary>
    private const int MostBodies = 100_000;

    private readonly Lock _gate = new();
    private readonly Queue<RequestEntry> _entries = new();
    private readonly Dictionary<string, int> _bodies = [];
    private readonly Queue<string> _bodiesByAge = new();
    private readonly GroqEmulatorOptions _options;
    private readonly TimeProvider _time;
    private long _number;
    private long _version;
    private int _generation;
    private int _posts;

    internal EmulatorRecord(GroqEmulatorOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
    }

    /// <summary>Completion requests since the start or the last <see cref="Clear"/>.</summary>
    public int Posts
    {
        get { lock (_gate) return _posts; }
    }

    /// <summary>Every body that was posted, with its count.</summary>
    public IReadOnlyList<BodyPosts> Bodies
    {
        get { lock (_gate) return [.. _bodies.Select(pair => new BodyPosts(pair.Key, pair.Value))]; }
    }

    /// <summary>The latest requests, latest first, as they are now.</summary>
    public IReadOnlyList<RecordedRequest> Requests
    {
        get { lock (_gate) return [.. _entries.Reverse().Select(entry => entry.Snapshot())]; }
    }

    /// <summary>How often exactly this body was posted.</summary>
    public int PostsOf(string body)
    {
        lock (_gate) return _bodies.GetValueOrDefault(Hash(Encoding.UTF8.GetBytes(body)));
    }

    /// <summary>Forgets everything; <c>fails=N</c> counts anew.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _entries.Clear();
            _bodies.Clear();
            _bodiesByAge.Clear();
            _posts = 0;
            _generation++;
        }
    }

    /// <summary>The requests that changed after the version, oldest first; the version to ask with next; and a number that changes
    /// when the record is cleared.</summary>
    internal (long Version, int Generation, IReadOnlyList<RecordedRequest> Requests) ChangedSince(long version)
    {
        var now = Interlocked.Read(ref _version);
        lock (_gate) return (now, _generation, [.. _entries.Where(entry => entry.Version > version).Select(entry => entry.Snapshot())]);
    }

    internal RequestEntry Add(string method, string path)
    {
        lock (_gate)
        {
            var entry = new RequestEntry(++_number, _time.GetUtcNow(), method, path, () => Interlocked.Increment(ref _version));
            _entries.Enqueue(entry);
            if (_entries.Count > _options.RecordedRequests) _entries.Dequeue();
            return entry;
        }
    }

    /// <summary>Adds the body of a completion's request and counts it.</summary>
    internal void AddPost(RequestEntry entry, ReadOnlySpan<byte> body)
    {
        var hash = Hash(body);
        lock (_gate)
        {
            _posts++;
            if (!_bodies.TryGetValue(hash, out var posts)) _bodiesByAge.Enqueue(hash);
            _bodies[hash] = posts + 1;
            if (_bodiesByAge.Count > MostBodies) _bodies.Remove(_bodiesByAge.Dequeue());
            var start = Encoding.UTF8.GetString(body[..Math.Min(body.Length, _options.RecordedBodyBytes)]);
            entry.SetBody(start, body.Length, hash, posts + 1);
        }
    }

    private static string Hash(ReadOnlySpan<byte> body) => Convert.ToHexStringLower(SHA256.HashData(body));
}
