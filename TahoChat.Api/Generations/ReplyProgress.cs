using System.Text;
using TahoChat.Api.Conversations;
using TahoChat.Api.Groq;
using TahoChat.Api.Lifetime;
using TahoChat.Api.Prices;
using TahoChat.Api.Tools;

namespace TahoChat.Api.Generations;

/// <summary>The reply grew beyond its limit.</summary>
internal sealed class ReplyTooLongException : Exception;

/// <summary>What came of one reply so far.</summary>
internal sealed class ReplyProgress(Generation generation, ReplyClock clock, PriceTable prices)
{
    private const string ParagraphBreak = "\n\n";

    /// <summary>Units of text that wait for more of the same read.</summary>
    private const int MostUnseen = 4096;

    private readonly StringBuilder _said = new();
    private readonly ReplyBill _bill = new(prices);
    private GroqCompletion? _completion;
    private GroqUsage? _usage;
    private int _unseen;
    private bool _isLaterRound;
    private bool _isAsking;
    private bool _isAnswering;
    private int _size = Limits.Size(generation.Seed);

    public Generation Generation => generation;

    /// <summary>Whether the provider said anything.</summary>
    public bool HasText => clock.SawText;

    /// <summary>A request leaves for the provider.</summary>
    public void Sending()
    {
        _isAsking = true;
        clock.Sending();
    }

    /// <summary>Calls what the model asked for; false where it asked for nothing. What it says then follows in a paragraph
    /// of its own.</summary>
    public async Task<bool> CallToolsAsync(ToolRounds rounds, CancellationToken cancellationToken)
    {
        // While something is left to be called, the reply is not finished.
        var completion = Interlocked.Exchange(ref _completion, null);
        if (completion?.ToolCalls is { Count: > 0 }) clock.Calling();
        _isLaterRound = await rounds.RunAsync(completion, _said.ToString(), cancellationToken);
        if (_isLaterRound) clock.Called();
        else _completion = completion;
        _said.Clear();
        return _isLaterRound;
    }

    /// <summary>Takes a completion as it comes. What one read brought goes to who watches in one slice.</summary>
    public async Task TakeAsync(IAsyncEnumerable<GroqDelta> deltas, CancellationToken cancellationToken)
    {
        await using var steps = deltas.GetAsyncEnumerator(cancellationToken);
        try
        {
            while (true)
            {
                var next = steps.MoveNextAsync();
                if (!next.IsCompleted) Show();
                if (!await next) return;
                Take(steps.Current);
                if (_unseen > MostUnseen) Show();
            }
        }
        finally
        {
            Show();
        }
    }

    private void Show()
    {
        if (_unseen == 0) return;
        _unseen = 0;
        generation.Wake();
    }

    private void Take(GroqDelta delta)
    {
        if (delta.Kind == GroqDeltaKind.End || delta.Text.Length > 0) clock.Take(delta);
        _isAsking = _isAnswering = delta.Kind != GroqDeltaKind.End;
        if (delta.Kind == GroqDeltaKind.End)
        {
            _completion = delta.Completion;
            _usage = GroqUsage.Sum(_usage, delta.Completion?.Usage);
            _bill.Add(generation.Model, delta.Completion?.Usage);
            return;
        }

        if (delta.Text.Length == 0) return;
        if (_isLaterRound && delta.Kind == GroqDeltaKind.Content && _said.Length == 0 && generation.Length.Content > 0)
            generation.Add(delta.Kind, ParagraphBreak);
        if (delta.Kind == GroqDeltaKind.Content) _said.Append(delta.Text);
        _size += Limits.Size(delta.Text);
        if (_size > Limits.Reply) throw new ReplyTooLongException();
        generation.Add(delta.Kind, delta.Text);
        _unseen += delta.Text.Length;
        generation.Counts.Chunks++;
        Failpoint.Hit(Failpoint.ReplyAfterSlice);
    }

    /// <summary>Exactly one end: what was finished stays finished even if a stop came late.</summary>
    public GenerationEnd End(ChatError? error)
    {
        if (_isAnswering || (_isAsking && error is null)) _bill.Add(generation.Model, null);
        var receipt = Receipt.From(_usage, clock.End(failed: error is not null), _bill);
        if (_completion is not null) return new GenerationEnd(MessageStatus.Complete, _completion.FinishReason, null, receipt);
        return (error, generation.Request) switch
        {
            (null, EndRequest.Stop) => new GenerationEnd(MessageStatus.Stopped, "stopped", null, receipt),
            (null, EndRequest.Shutdown) => Broken(
                new ChatError("server_restarted", "The server ended while this reply grew.", true), receipt),
            (null, EndRequest.Delete) => new GenerationEnd(MessageStatus.Stopped, "stopped", null, receipt) { Deleted = true },
            (null, _) => Broken(new ChatError("internal", "Something went wrong on the server.", true), receipt),
            _ => Broken(error, receipt),
        };
    }

    private GenerationEnd Broken(ChatError error, Receipt? receipt) =>
        new(HasText || generation.Seed.Length > 0 || generation.ToolCalls.Count > 0 ? MessageStatus.Interrupted : MessageStatus.Failed, null, error, receipt);
}
