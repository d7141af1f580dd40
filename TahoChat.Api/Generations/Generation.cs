using System.Runtime.CompilerServices;
using TahoChat.Api.Groq;
using TahoChat.Api.Telemetry;
using TahoChat.Api.Tools;

namespace TahoChat.Api.Generations;

/// <summary>One attempt at a reply: a text that grows. The runner appends; whoever wants to see it holds a
/// <see cref="Cursor"/> and takes what came after it. Nothing is queued per watcher: while one is busy the text grows,
/// and its next slice is longer.</summary>
public sealed class Generation : IDisposable
{
    /// <summary>The most units of text in one slice, so that a late watcher's frames stay small.</summary>
    private const int MaxSlice = 16 * 1024;

    private readonly Lock _lock = new();
    private readonly GrowingText _reasoning = new();
    private readonly GrowingText _content = new();
    private readonly List<GenerationStep> _steps = [];
    private readonly CancellationTokenSource _ending = new();
    private TaskCompletionSource? _changed;
    private GenerationEnd? _end;
    private EndRequest _request;

    /// <summary>A reply that is still empty, or begins with a <paramref name="seed"/> that is saved already.</summary>
    public Generation(
        TurnIds ids, string model, (string Reasoning, string Content) seed = default, IReadOnlyList<ToolCall>? calls = null)
    {
        (Ids, Model, Seed) = (ids, model, seed.Content ?? "");
        _reasoning.Append(seed.Reasoning ?? "");
        _content.Append(Seed);
        _steps.AddRange((calls ?? []).Select(call => new ToolCallStep(call)));
        SeedCalls = ToolCalls;
        Saved = SeedEnd = Length;
    }

    /// <summary>Which messages and conversation this is the reply of.</summary>
    public TurnIds Ids { get; }

    /// <summary>The model that answers.</summary>
    public string Model { get; set; }

    /// <summary>The content that it began with: what another attempt kept; empty for most.</summary>
    public string Seed { get; }

    /// <summary>The tool calls that it began with.</summary>
    public IReadOnlyList<ToolCall> SeedCalls { get; }

    /// <summary>Of the turn's trace.</summary>
    public string? TraceId { get; init; }

    /// <summary>The turn's span; null while a reply waits that was restored at the server's start.</summary>
    internal TurnTrace? Trace { get; set; }

    /// <summary>Measures what it takes; null where nobody wants to know.</summary>
    internal ReplyClock? Clock { get; init; }

    /// <summary>What is counted of it.</summary>
    internal GenerationCounts Counts { get; init; } = new();

    /// <summary>How often its requests were sent again after a wait.</summary>
    internal int Retries
    {
        get
        {
            lock (_lock) return _steps.Count(step => step is WaitStep);
        }
    }

    /// <summary>Cancelled when somebody asked for the end.</summary>
    public CancellationToken Ending => _ending.Token;

    /// <summary>What was asked for, first come first served.</summary>
    public EndRequest Request => _request;

    /// <summary>How it ended, once that is saved.</summary>
    public GenerationEnd? End => _end;

    /// <summary>Where it began to grow.</summary>
    internal Cursor SeedEnd { get; }

    /// <summary>How much of it is in the database; the checkpointer's own mark.</summary>
    internal Cursor Saved { get; set; }

    /// <summary>Whether the runner has it; a queued one waits for the reply before it.</summary>
    internal bool IsRunning { get; set; }

    /// <summary>Where a watcher stands that has everything.</summary>
    public Cursor Length
    {
        get
        {
            lock (_lock) return new Cursor(_reasoning.Length, _content.Length, _steps.Count);
        }
    }

    /// <summary>Appends and wakes who watches.</summary>
    public void Append(GroqDeltaKind kind, string text)
    {
        Add(kind, text);
        Wake();
    }

    public void Append(GenerationStep step)
    {
        lock (_lock) _steps.Add(step);
        Wake();
    }

    /// <summary>Appends; who watches sees it with the next <see cref="Wake"/>. What came at once from the provider makes one slice so.</summary>
    public void Add(GroqDeltaKind kind, string text)
    {
        lock (_lock) (kind == GroqDeltaKind.Reasoning ? _reasoning : _content).Append(text);
    }

    /// <summary>Lets those who watch take what came. They run on the caller's thread up to where they wait: it saves a thread's wake-up
    /// for each chunk, and nothing that watches blocks.</summary>
    public void Wake()
    {
        TaskCompletionSource? changed;
        lock (_lock) (changed, _changed) = (_changed, null);
        changed?.TrySetResult();
    }

    /// <summary>The tools that were called, in that order, each as it stands now.</summary>
    public IReadOnlyList<ToolCall> ToolCalls
    {
        get
        {
            lock (_lock)
            {
                var calls = new OrderedDictionary<string, ToolCall>();
                foreach (var step in _steps.OfType<ToolCallStep>()) calls[step.Call.Id] = step.Call;
                return [.. calls.Values];
            }
        }
    }

    /// <summary>Nothing more will be appended; returns both texts, for the terminal update.</summary>
    public (string Reasoning, string Content) Finish()
    {
        lock (_lock)
        {
            _reasoning.Finish();
            _content.Finish();
            return (_reasoning.Slice(0), _content.Slice(0));
        }
    }

    /// <summary>Tells every watcher that the generation ended; call it after the end was saved.</summary>
    public void Announce(GenerationEnd end)
    {
        lock (_lock) _end ??= end;
        Wake();
    }

    /// <summary>Asks the runner to end; the first request wins.</summary>
    public void RequestEnd(EndRequest request)
    {
        if (Interlocked.CompareExchange(ref _request, request, EndRequest.None) == EndRequest.None) _ending.Cancel();
    }

    /// <summary>The nearest cursor that exists; another one than asked for means that the watcher has to cut its text.</summary>
    public Cursor Clamp(Cursor cursor)
    {
        lock (_lock)
        {
            return new Cursor(
                _reasoning.Clamp(cursor.Reasoning), _content.Clamp(cursor.Content), Math.Clamp(cursor.Steps, 0, _steps.Count));
        }
    }

    /// <summary>What came after <paramref name="cursor"/>, which has to be one that <see cref="Clamp"/> leaves alone;
    /// empty where nothing did.</summary>
    public Slice Read(Cursor cursor)
    {
        lock (_lock) return Take(cursor);
    }

    /// <summary>Slice after slice from <paramref name="cursor"/>; the last one has the end.</summary>
    public async IAsyncEnumerable<Slice> WatchAsync(
        Cursor cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var (slice, changed) = TakeOrWait(cursor);
            if (changed is not null)
            {
                await changed.WaitAsync(cancellationToken);
                continue;
            }

            yield return slice;
            if (slice.End is not null) yield break;
            cursor = slice.Next;
        }
    }

    public void Dispose() => _ending.Dispose();

    private (Slice Slice, Task? Changed) TakeOrWait(Cursor cursor)
    {
        lock (_lock)
        {
            var slice = Take(cursor);
            if (!slice.IsEmpty || slice.End is not null) return (slice, null);
            _changed ??= new TaskCompletionSource();
            return (slice, _changed.Task);
        }
    }

    private Slice Take(Cursor cursor)
    {
        var reasoning = _reasoning.Slice(cursor.Reasoning, MaxSlice);
        var content = _content.Slice(cursor.Content, MaxSlice);
        var atEnd = cursor.Reasoning + reasoning.Length == _reasoning.Length
            && cursor.Content + content.Length == _content.Length;
        return new Slice(cursor, reasoning, content, atEnd ? _end : null)
        {
            Steps = cursor.Steps == _steps.Count ? [] : _steps[cursor.Steps..],
        };
    }
}

/// <summary>Why a growing reply is to end before the provider says so.</summary>
public enum EndRequest
{
    None,

    /// <summary>A person pressed stop.</summary>
    Stop,

    /// <summary>The server goes down.</summary>
    Shutdown,

    /// <summary>The conversation was moved to the trash, or deleted.</summary>
    Delete,
}
