using System.Text;
using Microsoft.EntityFrameworkCore;
using TahoChat.Api.Attachments;
using TahoChat.Api.Conversations;
using TahoChat.Api.Data;
using TahoChat.Api.Groq;
using TahoChat.Api.Lifetime;
using TahoChat.Api.Settings;
using TahoChat.Api.Tools;

namespace TahoChat.Api.Generations;

/// <summary>Asks the provider for a reply and appends what comes to its generation. Knows nothing of sockets.</summary>
public sealed partial class GenerationRunner(
    GroqClient groq,
    ModelCatalog models,
    GroqSettings settings,
    ToolLoop tools,
    IDbContextFactory<ChatDbContext> contexts,
    TimeProvider time,
    ILogger<GenerationRunner> logger)
{
    /// <summary>Runs until the reply ends, by itself or because <see cref="Generation.Ending"/> was cancelled; never
    /// throws. <paramref name="sentAt"/> is the send's timestamp of the time provider.</summary>
    public async Task<GenerationEnd> RunAsync(Generation generation, string? reasoningEffort, bool mayAsk, long sentAt)
    {
        var progress = new Progress(generation, time, sentAt);
        try
        {
            var messages = await HistoryAsync(generation.Ids, AttachmentRules.Sees(generation.Model, models.Models), generation.Ending);
            var rounds = tools.Begin(generation, mayAsk);
            do await StreamAsync(progress, messages, rounds, reasoningEffort, generation.Ending);
            while (await progress.CallToolsAsync(rounds, generation.Ending));
            return progress.End(null);
        }
        catch (OperationCanceledException) when (generation.Ending.IsCancellationRequested)
        {
            return progress.End(null);
        }
        catch (GroqException exception)
        {
            return progress.End(new ChatError(exception.Code, exception.Message, exception.Retryable, exception.RetryAfter));
        }
        catch (ReplyTooLongException)
        {
            return progress.End(new ChatError("reply_too_long", "The reply grew beyond 1 MiB of text and was ended."));
        }
        catch (Exception exception)
        {
            Log.Broke(logger, generation.Ids.ReplyId, exception);
            return progress.End(new ChatError("internal", "Something went wrong on the server.", Retryable: true));
        }
    }

    private async Task StreamAsync(
        Progress progress, IReadOnlyList<GroqMessage> messages, ToolRounds rounds, string? reasoningEffort, CancellationToken cancellationToken)
    {
        try
        {
            await StreamFromAsync(progress, messages, rounds, reasoningEffort, cancellationToken);
        }
        catch (GroqException exception) when (exception.Code == "model_not_found" && !progress.HasText)
        {
            await models.RefreshAsync(progress.Generation.Model, cancellationToken);
            var choice = await models.ResolveAsync(progress.Generation.Model, cancellationToken);
            if (choice.Model == progress.Generation.Model) throw;
            progress.Generation.Model = choice.Model;
            if (choice.Notice is { } notice) progress.Generation.Append(new ModelStep(choice.Model, notice));
            await StreamFromAsync(progress, messages, rounds, reasoningEffort, cancellationToken);
        }
    }

    private async Task StreamFromAsync(
        Progress progress, IReadOnlyList<GroqMessage> messages, ToolRounds rounds, string? reasoningEffort, CancellationToken cancellationToken)
    {
        var model = progress.Generation.Model;
        var window = models.Models.FirstOrDefault(known => known.Id == model)?.ContextWindow;
        var offered = await rounds.OfferAsync(model, cancellationToken);
        IReadOnlyList<GroqMessage> last = [.. Continuation.Of(progress.Generation.Seed, progress.Generation.SeedCalls), .. rounds.Messages];
        if (!AttachmentRules.Sees(model, models.Models)) messages = AttachedHistory.WithoutPictures(messages);
        var fitting = HistoryTrimmer.Trim(messages, window, settings.MaxCompletionTokens, last, offered);
        var request = new GroqRequest(model, fitting, settings.MaxCompletionTokens, models.EffortOf(model, reasoningEffort))
        {
            Tools = offered,
            ToolChoice = rounds.Choice,
            OnWaiting = (code, wait) => progress.Generation.Append(new WaitStep(code, time.GetUtcNow() + wait)),
        };
        try
        {
            await foreach (var delta in groq.StreamAsync(request, cancellationToken)) progress.Take(delta);
        }
        catch (GroqException exception) when (exception.IsAboutTools && offered.Count > 0 && !progress.HasText)
        {
            tools.GiveUp(model);
            await foreach (var delta in groq.StreamAsync(request with { Tools = null, ToolChoice = null }, cancellationToken)) progress.Take(delta);
        }
    }

    /// <summary>The path from the root to the user's message, without the replies of which nothing came.</summary>
    private async Task<IReadOnlyList<GroqMessage>> HistoryAsync(TurnIds ids, bool sees, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var path = await context.PathAsync(ids.UserMessageId, cancellationToken);
        return await AttachedHistory.BuildAsync(context, path, sees, cancellationToken);
    }

    private sealed class ReplyTooLongException : Exception;

    /// <summary>What came of one reply so far.</summary>
    private sealed class Progress(Generation generation, TimeProvider time, long sentAt)
    {
        private const string ParagraphBreak = "\n\n";

        private readonly StringBuilder _said = new();
        private readonly ThinkingClock _thinking = new(time);
        private GroqCompletion? _completion;
        private GroqUsage? _usage;
        private bool _isLaterRound;
        private TimeSpan? _firstText;
        private int _size = Limits.Size(generation.Seed);

        public Generation Generation => generation;

        /// <summary>Whether the provider said anything.</summary>
        public bool HasText => _firstText is not null;

        /// <summary>Calls what the model asked for; false where it asked for nothing. What it says then follows in a paragraph
        /// of its own.</summary>
        public async Task<bool> CallToolsAsync(ToolRounds rounds, CancellationToken cancellationToken)
        {
            // While something is left to be called, the reply is not finished.
            var completion = Interlocked.Exchange(ref _completion, null);
            _isLaterRound = await rounds.RunAsync(completion, _said.ToString(), cancellationToken);
            if (!_isLaterRound) _completion = completion;
            _said.Clear();
            return _isLaterRound;
        }

        public void Take(GroqDelta delta)
        {
            if (delta.Kind == GroqDeltaKind.End || delta.Text.Length > 0) _thinking.Take(delta.Kind);
            if (delta.Kind == GroqDeltaKind.End)
            {
                _completion = delta.Completion;
                _usage = GroqUsage.Sum(_usage, delta.Completion?.Usage);
                return;
            }

            if (delta.Text.Length == 0) return;
            if (_isLaterRound && delta.Kind == GroqDeltaKind.Content && _said.Length == 0 && generation.Length.Content > 0)
                generation.Append(delta.Kind, ParagraphBreak);
            if (delta.Kind == GroqDeltaKind.Content) _said.Append(delta.Text);
            _firstText ??= time.GetElapsedTime(sentAt);
            _size += Limits.Size(delta.Text);
            if (_size > Limits.Reply) throw new ReplyTooLongException();
            generation.Append(delta.Kind, delta.Text);
            Failpoint.Hit(Failpoint.ReplyAfterSlice);
        }

        /// <summary>Exactly one end: what was finished stays finished even if a stop came late.</summary>
        public GenerationEnd End(ChatError? error)
        {
            var receipt = Receipt.From(_usage, _firstText, _thinking.Elapsed);
            // A request that ended with tool calls is no finished reply where it was ended before the next one.
            if (_completion is { } last && (last.ToolCalls is null || (error is null && generation.Request == EndRequest.None)))
                return new GenerationEnd(MessageStatus.Complete, last.FinishReason, null, receipt);
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

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Reply {ReplyId} broke on a fault of ours")]
        public static partial void Broke(ILogger logger, long replyId, Exception exception);
    }
}
