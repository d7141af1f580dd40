using System.Net.ServerSentEvents;

namespace TahoChat.Api.Groq;

/// <summary>One answer of the provider, read step by step: an event stream, or a whole completion where a server does not
/// stream.</summary>
internal sealed class GroqStream : IAsyncDisposable
{
    /// <summary>The most bytes of one event; Groq's have 300.</summary>
    public const int LongestEvent = 1024 * 1024;

    private readonly HttpResponseMessage _response;
    private readonly Watchdog _watchdog;
    private readonly GroqFailures _failures;
    private readonly IAsyncEnumerator<SseItem<GroqChunk?>>? _events;
    private readonly GroqChunkReader _chunks = new();
    private readonly Queue<GroqDelta> _ready = new();
    private TextMender _reasoning;
    private TextMender _content;
    private Exception? _failure;
    private bool _finished;
    private bool _ended;

    /// <summary>Reads an event stream.</summary>
    public GroqStream(HttpResponseMessage response, Stream body, Watchdog watchdog, GroqFailures failures)
    {
        _response = response;
        _watchdog = watchdog;
        _failures = failures;
        _events = SseParser.Create(new EventSizeLimitStream(body, LongestEvent), Parse)
            .EnumerateAsync(watchdog.Token).GetAsyncEnumerator(watchdog.Token);
    }

    /// <summary>Gives a whole completion as a stream.</summary>
    public GroqStream(HttpResponseMessage response, GroqReply reply, Watchdog watchdog, GroqFailures failures)
    {
        _response = response;
        _watchdog = watchdog;
        _failures = failures;
        Add(GroqDeltaKind.Reasoning, reply.Reasoning);
        Add(GroqDeltaKind.Content, reply.Text);
        End(reply.Completion);
    }

    /// <summary>The model that answers, once the provider has named it.</summary>
    public string? Model => _chunks.Model;

    /// <summary>The next step; null after the end.</summary>
    /// <exception cref="GroqException">The provider said that it failed, or the stream ended without saying that the reply
    /// was finished.</exception>
    public async ValueTask<GroqDelta?> ReadAsync()
    {
        while (_ready.Count == 0 && !_ended)
        {
            if (_failure is not null) throw _failure;
            if (!await MoreAsync()) Finish();
            else if (_events!.Current.Data is { } chunk) Take(chunk);
            else if (_finished) Finish();
        }

        if (!_ready.TryDequeue(out var delta)) return null;
        if (delta.Kind != GroqDeltaKind.End) _watchdog.SawText();
        return delta;
    }

    public async ValueTask DisposeAsync()
    {
        if (_events is not null) await _events.DisposeAsync();
        _response.Dispose();
    }

    // Null is [DONE]. It is no proof of success: that is a finish reason alone.
    private GroqChunk? Parse(string eventType, ReadOnlySpan<byte> data)
    {
        var text = data.Trim((byte)' ');
        if (text.IsEmpty) return default(GroqChunk);
        return text.SequenceEqual("[DONE]"u8) ? null : _chunks.Read(eventType, text);
    }

    private async ValueTask<bool> MoreAsync()
    {
        try
        {
            return await _watchdog.Next(_events!.MoveNextAsync());
        }
        catch (Exception) when (_finished && !_watchdog.CallerCancelled)
        {
            // The reply is whole; what broke was the wait for its usage.
            return false;
        }
    }

    private void Take(GroqChunk chunk)
    {
        Add(GroqDeltaKind.Reasoning, _reasoning.Mend(chunk.Reasoning));
        Add(GroqDeltaKind.Content, _content.Mend(chunk.Content));
        if (_finished) return;
        if (_chunks.Error is { } error)
        {
            // The text that came with the error is given first.
            _failure = _failures.OfEvent(error, _response);
        }
        else if (_chunks.FinishReason is not null)
        {
            _finished = true;
            _watchdog.SawFinish();
        }
    }

    private void Finish()
    {
        Add(GroqDeltaKind.Reasoning, _reasoning.Finish());
        Add(GroqDeltaKind.Content, _content.Finish());
        if (_finished) End(_chunks.Completion(GroqAnswer.RequestId(_response)));
        else _failure = GroqErrors.Disconnected();
    }

    private void End(GroqCompletion completion)
    {
        _ended = true;
        _ready.Enqueue(new GroqDelta(GroqDeltaKind.End, "", completion));
    }

    private void Add(GroqDeltaKind kind, string text)
    {
        if (text.Length > 0) _ready.Enqueue(new GroqDelta(kind, text));
    }
}
