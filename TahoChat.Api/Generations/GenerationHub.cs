using TahoChat.Api.Data;
using TahoChat.Api.Groq;
using TahoChat.Api.Telemetry;

namespace TahoChat.Api.Generations;

/// <summary>Where turns begin, grow and end. A send is saved first and announced then; its reply belongs to the
/// conversation and goes on whoever comes or leaves.</summary>
public sealed class GenerationHub(
    DatabaseWriter writer,
    ModelCatalog models,
    TurnRunner turns,
    ClientCaps caps,
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

    /// <summary>Accepts a message and starts its reply, or queues it. When this returns a turn, it is in the database.</summary>
    public async Task<SendOutcome> SendAsync(SendRequest request, CancellationToken cancellationToken)
    {
        if (SendRules.Check(request) is { } wrong) return wrong;
        return await BeginAsync(
            request.Client, request.Model, request.ReasoningEffort, request.TraceParent,
            (context, plan) => TurnTransactions.Accept(context, request, plan), cancellationToken);
    }

    /// <summary>Starts another attempt at a reply.</summary>
    public Task<SendOutcome> RegenerateAsync(RegenerateRequest request, CancellationToken cancellationToken) => BeginAsync(
        request.Client, request.Model, null, request.TraceParent,
        (context, plan) => TurnTransactions.Regenerate(context, request, plan), cancellationToken);

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

    /// <summary>Ends whatever grows in a conversation that was deleted.</summary>
    public void Drop(long conversationId)
    {
        foreach (var generation in In(conversationId)) turns.End(generation, EndRequest.Delete);
    }

    /// <summary>Takes no more sends, and saves what grows as interrupted.</summary>
    public Task ShutDownAsync(CancellationToken cancellationToken)
    {
        _closed = true;
        return turns.ShutDownAsync(cancellationToken);
    }

    private async Task<SendOutcome> BeginAsync(
        string client, string? model, string? reasoningEffort, string? traceParent,
        Func<ChatDbContext, TurnPlan, SendOutcome> begin, CancellationToken cancellationToken)
    {
        if (_closed) return _shuttingDown;
        var sentAt = time.GetTimestamp();
        var activity = ChatTelemetry.StartTurn(traceParent);
        var choice = await models.ResolveAsync(model, cancellationToken);
        var plan = new TurnPlan(choice.Model, activity?.TraceId.ToHexString(), time.GetUtcNow().UtcDateTime,
            queued => caps.Admit(client, queued));
        Generation? generation = null;
        try
        {
            // Registered before the commit: the same send coming again right behind it finds its generation.
            var outcome = await writer.WriteAsync(context =>
            {
                var begun = begin(context, plan);
                if (begun.Turn is { Repeated: false } turn) generation = turns.Register(turn, client, reasoningEffort, sentAt, activity);
                return begun;
            }, CancellationToken.None);
            if (outcome.Turn is not { } accepted)
            {
                activity?.Dispose();
                return outcome;
            }

            if (generation is null) activity?.Dispose();
            else turns.Start(generation, accepted);
            return accepted with { Notice = choice.Notice, Generation = generation ?? turns.Find(accepted.Ids.ReplyId) };
        }
        catch (DatabaseException exception)
        {
            if (generation is not null) turns.Forget(generation);
            activity?.Dispose();
            return new ChatError(exception.Code, exception.Message, Retryable: true, TimeSpan.FromSeconds(1));
        }
    }
}
