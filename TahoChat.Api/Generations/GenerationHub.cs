using System.Diagnostics;
using TahoChat.Api.Conversations;
using TahoChat.Api.Data;
using TahoChat.Api.Groq;
using TahoChat.Api.Lifetime;
using TahoChat.Api.Telemetry;

namespace TahoChat.Api.Generations;

/// <summary>Where turns begin, grow and end. A turn is saved first and announced then; its reply belongs to the
/// conversation and goes on whoever comes or leaves.</summary>
public sealed class GenerationHub(
    DatabaseWriter writer,
    ModelCatalog models,
    TurnRunner turns,
    ClientCaps caps,
    ChangeFeed feed,
    ChatMetrics metrics,
    TimeProvider time)
{
    private static readonly ChatError _shuttingDown =
        new("shutting_down", "The server is shutting down. Please try again in a moment.", true, TimeSpan.FromSeconds(5));

    private volatile bool _closed;

    /// <summary>The replies that a runner has.</summary>
    public IEnumerable<Generation> Running => turns.All.Where(generation => generation.IsRunning);

    /// <summary>The growing and the queued replies of a conversation.</summary>
    public IEnumerable<Generation> In(long conversationId) =>
        turns.All.Where(generation => generation.Ids.ConversationId == conversationId);

    /// <summary>Begins a reply, or queues it. When this returns a turn, it is in the database.</summary>
    public async Task<SendOutcome> BeginAsync(TurnRequest request, CancellationToken cancellationToken)
    {
        if ((SendRules.Check(request) ?? (_closed ? _shuttingDown : null)) is { } wrong)
        {
            metrics.Refused(request.Kind, wrong.Code);
            return wrong;
        }

        var sentAt = time.GetTimestamp();
        var trace = TurnTrace.Begin(request);
        Activity.Current = trace.Activity;
        try
        {
            SendOutcome outcome;
            using (ChatTelemetry.StartReceive()) outcome = await ReceiveAsync(request, sentAt, trace, cancellationToken);
            if (outcome.Refusal is { } refusal) Refuse(request, refusal, trace);
            else if (outcome.Turn is { Known: true } turn) trace.Repeats(turn);
            return outcome;
        }
        catch (Exception exception)
        {
            trace.Refuse(exception is OperationCanceledException ? "cancelled" : "internal");
            throw;
        }
    }

    /// <summary>Ends a growing reply, or the one of the conversation that grows; false where there is none.</summary>
    public bool Stop(string ownerId, long conversationId, long? messageId)
    {
        var growing = In(conversationId)
            .Where(generation => generation.Ids.OwnerId == ownerId
                && (messageId is null ? generation.IsRunning : generation.Ids.ReplyId == messageId))
            .ToList();
        foreach (var generation in growing) turns.End(generation, EndRequest.Stop);
        return growing.Count > 0;
    }

    /// <summary>Ends whatever grows or waits in a conversation that was moved to the trash or deleted.</summary>
    public void Drop(long conversationId)
    {
        foreach (var generation in In(conversationId)) turns.End(generation, EndRequest.Delete);
    }

    /// <summary>Takes no more sends and starts nothing that waits; ends when nothing grows any more.</summary>
    public Task DrainAsync(CancellationToken cancellationToken)
    {
        _closed = true;
        return turns.DrainAsync(cancellationToken);
    }

    /// <summary>Takes no more sends, and saves what grows as interrupted.</summary>
    public Task ShutDownAsync(CancellationToken cancellationToken)
    {
        _closed = true;
        return turns.ShutDownAsync(cancellationToken);
    }

    private async Task<SendOutcome> ReceiveAsync(TurnRequest request, long sentAt, TurnTrace trace, CancellationToken cancellationToken)
    {
        await models.WarmAsync(cancellationToken);
        var plan = new TurnPlan(models.Resolve, trace.TraceId, time.GetUtcNow().UtcDateTime,
            waits => caps.Admit(request.Client, waits), models.Models);
        return await SaveAsync(request, plan, sentAt, trace);
    }

    private void Refuse(TurnRequest request, ChatError refusal, TurnTrace trace)
    {
        metrics.Refused(request.Kind, refusal.Code);
        trace.Refuse(refusal.Code);
    }

    private async Task<SendOutcome> SaveAsync(TurnRequest request, TurnPlan plan, long sentAt, TurnTrace trace)
    {
        Generation? generation = null;
        try
        {
            // Registered before the commit: the same command coming again right behind it finds its generation.
            var outcome = await writer.WriteAsync(DatabaseOperation.Send, context =>
            {
                var begun = Begin(context, request, plan);
                if (begun.Turn is { Known: false } turn) generation = turns.Register(turn, request, sentAt, trace);
                Failpoint.Hit(Failpoint.TurnBeforeCommit);
                return begun;
            }, CancellationToken.None);
            Failpoint.Hit(Failpoint.TurnAfterCommit);
            if (outcome.Turn is not { } accepted) return outcome;
            if (accepted.Status == MessageStatus.Queued) generation?.Clock?.Saved();
            if (accepted.Starts is { } reply) turns.Start(reply);
            feed.Publish(accepted.Ids.OwnerId, accepted.Ids.ConversationId);
            return accepted with { Generation = generation ?? turns.Find(accepted.Ids.ReplyId) };
        }
        catch (DatabaseException exception)
        {
            if (generation is not null) turns.Forget(generation);
            return new ChatError(exception.Code, exception.Message, Retryable: true, TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>What the same command came to before, or what it comes to now.</summary>
    private static SendOutcome Begin(ChatDbContext context, TurnRequest request, TurnPlan plan) => Claims.Find(context, request) ?? request switch
    {
        SendRequest send => TurnTransactions.Send(context, send, plan),
        EditRequest edit => TurnTransactions.Edit(context, edit, plan),
        ReplyRequest reply => TurnTransactions.Reply(context, reply, plan),
        _ => throw new UnreachableException(),
    };
}
