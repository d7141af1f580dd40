using Microsoft.EntityFrameworkCore;
using TahoChat.Api.Attachments;
using TahoChat.Api.Data;
using TahoChat.Api.Groq;
using TahoChat.Api.Prices;
using TahoChat.Api.Settings;
using TahoChat.Api.Tools;

namespace TahoChat.Api.Generations;

/// <summary>Asks the provider for a reply and appends what comes to its generation. Knows nothing of sockets.</summary>
public sealed partial class GenerationRunner(
    GroqClient groq,
    ModelCatalog models,
    GroqSettings settings,
    ToolLoop tools,
    PriceTable prices,
    IDbContextFactory<ChatDbContext> contexts,
    TimeProvider time,
    ILogger<GenerationRunner> logger)
{
    /// <summary>Runs until the reply ends, by itself or because <see cref="Generation.Ending"/> was cancelled; never
    /// throws.</summary>
    internal async Task<GenerationEnd> RunAsync(TurnEntry entry)
    {
        var generation = entry.Generation;
        var progress = new ReplyProgress(generation, generation.Clock ?? new ReplyClock(time, time.GetTimestamp()), prices);
        try
        {
            var given = entry.Given
                ?? await ReplyContext.ReadAsync(contexts, generation.Ids, AttachmentRules.Sees(generation.Model, models.Models), generation.Ending);
            given = given with { ReasoningEffort = entry.ReasoningEffort ?? given.ReasoningEffort };
            var rounds = tools.Begin(generation, entry.MayAsk);
            do await StreamAsync(progress, given, rounds, generation.Ending);
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
        ReplyProgress progress, ReplyContext given, ToolRounds rounds, CancellationToken cancellationToken)
    {
        try
        {
            await StreamFromAsync(progress, given, rounds, cancellationToken);
        }
        catch (GroqException exception) when (exception.Code == "model_not_found" && !progress.HasText)
        {
            await models.RefreshAsync(progress.Generation.Model, cancellationToken);
            var choice = await models.ResolveAsync(progress.Generation.Model, cancellationToken);
            if (choice.Model == progress.Generation.Model) throw;
            progress.Generation.Model = choice.Model;
            if (choice.Notice is { } notice) progress.Generation.Append(new ModelStep(choice.Model, notice));
            await StreamFromAsync(progress, given, rounds, cancellationToken);
        }
    }

    private async Task StreamFromAsync(
        ReplyProgress progress, ReplyContext given, ToolRounds rounds, CancellationToken cancellationToken)
    {
        var model = progress.Generation.Model;
        var known = models.Models.Named(model);
        var length = known?.MaxCompletionTokens is > 0 and { } most && given.MaxCompletionTokens > most ? most : given.MaxCompletionTokens;
        var offered = await rounds.OfferAsync(model, cancellationToken);
        IReadOnlyList<GroqMessage> last = [.. Continuation.Of(progress.Generation.Seed, progress.Generation.SeedCalls), .. rounds.Messages];
        var messages = AttachmentRules.Sees(model, models.Models) ? given.Messages : AttachedHistory.WithoutPictures(given.Messages);
        var fitting = HistoryTrimmer.Trim(messages, known?.ContextWindow, length ?? settings.MaxCompletionTokens, last, offered);
        if (length is not null) length = HistoryTrimmer.Room(fitting, known?.ContextWindow, length.Value, offered);
        var request = new GroqRequest(
            model, fitting, length ?? settings.MaxCompletionTokens, models.EffortOf(model, given.ReasoningEffort), given.Temperature)
        {
            Tools = offered,
            ToolChoice = rounds.Choice,
            OnSending = progress.Sending,
            OnWaiting = (code, wait) => progress.Generation.Append(new WaitStep(code, time.GetUtcNow() + wait)),
        };
        try
        {
            await progress.TakeAsync(groq.StreamAsync(request, cancellationToken), cancellationToken);
        }
        catch (GroqException exception) when (exception.IsAboutTools && offered.Count > 0 && !progress.HasText)
        {
            tools.GiveUp(model);
            await progress.TakeAsync(groq.StreamAsync(request with { Tools = null, ToolChoice = null }, cancellationToken), cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(102, LogLevel.Error, "Reply {ReplyId} broke on a fault of ours")]
        public static partial void Broke(ILogger logger, long replyId, Exception exception);
    }
}
