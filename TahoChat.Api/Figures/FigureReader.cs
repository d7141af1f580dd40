using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using TahoChat.Api.Conversations;
using TahoChat.Api.Data;

namespace TahoChat.Api.Figures;

/// <summary>Reads the figures, for one caller at a time: a year of a large database keeps a thread busy, and the others are the chat's.</summary>
internal sealed class FigureReader(IDbContextFactory<ChatDbContext> contexts) : IDisposable
{
    private const double Milliseconds = 1000;

    private readonly SemaphoreSlim _turn = new(1);

    public void Dispose() => _turn.Dispose();

    /// <summary>The figures of an owner's replies, all as of one moment. It reads beside the writer, which waits for nothing of it.</summary>
    public async Task<FiguresResponse> ReadAsync(string ownerId, FigurePeriod period, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            await context.Database.OpenConnectionAsync(cancellationToken);
            var connection = (SqliteConnection)context.Database.GetDbConnection();
            // Deferred, so that it never takes the writer's place.
            await using var snapshot = connection.BeginTransaction(deferred: true);
            await context.Database.UseTransactionAsync(snapshot, cancellationToken);
            using var queries = new FigureQueries(connection, snapshot, ownerId);
            var collector = new FigureCollector(queries, period);
            var figures = collector.Collect(cancellationToken);
            return figures with
            {
                Slowest = new SlowestReplies(
                    await DescribeAsync(context, ownerId, collector.SlowestToEnd, cancellationToken),
                    await DescribeAsync(context, ownerId, collector.SlowestToBegin, cancellationToken)),
            };
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>None of them is in the trash; in the sums those that are stay, because they were paid for.</summary>
    private static async Task<List<SlowReply>> DescribeAsync(
        ChatDbContext context, string ownerId, List<SlowOne> replies, CancellationToken cancellationToken)
    {
        var ids = replies.ConvertAll(reply => reply.Id);
        var known = await context.Messages.Where(message => ids.Contains(message.Id))
            .Join(context.Conversations.Of(ownerId), message => message.ConversationId, conversation => conversation.Id, (message, conversation) => new
            {
                message.Id,
                message.ConversationId,
                conversation.Title,
                message.Model,
                message.Status,
                message.CreatedAt,
                message.TraceId,
            })
            .ToDictionaryAsync(message => message.Id, cancellationToken);
        return [.. replies.Where(slow => known.ContainsKey(slow.Id)).Select(slow =>
        {
            var reply = known[slow.Id];
            return new SlowReply(
                reply.ConversationId, reply.Title, reply.Id, reply.Model, reply.Status, reply.CreatedAt,
                Rounded(slow.Duration), Rounded(slow.TimeToFirstToken), slow.CompletionTokens, reply.TraceId);
        })];
    }

    private static double? Rounded(double? seconds) => seconds is { } number ? Math.Round(number * Milliseconds) / Milliseconds : null;
}
