using System.Diagnostics;
using TahoChat.Api.Telemetry;

namespace TahoChat.Api.Data;

/// <summary>What a piece of work on the database is called in a trace: the operation that it is about, and the table.</summary>
/// <param name="Name"><c>INSERT</c>, <c>UPDATE</c>, <c>SELECT</c>.</param>
/// <param name="Collection">The table.</param>
public sealed record DatabaseOperation(string Name, string Collection)
{
    private static readonly ActivitySource _source = new("TahoChat.Data", Health.HealthApi.Version);

    /// <summary>A turn's beginning: its claim, message and reply.</summary>
    public static DatabaseOperation Send { get; } = new("INSERT", "messages");

    /// <summary>A reply's end.</summary>
    public static DatabaseOperation End { get; } = new("UPDATE", "messages");

    /// <summary>What the model is given.</summary>
    public static DatabaseOperation ReadHistory { get; } = new("SELECT", "messages");

    public static DatabaseOperation SaveTitle { get; } = new("UPDATE", "conversations");

    private readonly string _spanName = $"{Name} {Collection}";

    /// <summary>Begins a span where the trace is recorded, and makes it the current one.</summary>
    internal Activity? Start() => _source.StartActivity(_spanName, ActivityKind.Client)
        ?.SetTag(Conventions.Db.SystemName, Conventions.Db.Systems.Sqlite)
        .SetTag(Conventions.Db.OperationName, Name)
        .SetTag(Conventions.Db.CollectionName, Collection);
}

/// <summary>A transaction of the writer.</summary>
/// <param name="BeganAt">A timestamp of the time provider.</param>
/// <param name="EndedAt">Another one.</param>
/// <param name="Writes">How many pieces of work it holds.</param>
internal sealed record DatabaseCommit(long BeganAt, long EndedAt, int Writes)
{
    /// <summary>Tells of a write that was queued at <paramref name="queuedAt"/>; one that was refused with those before it was
    /// queued later than they began.</summary>
    public void Describe(Activity span, long queuedAt, TimeProvider time) => span
        .SetTag(Conventions.TahoChat.DbQueueTime, Math.Max(0, time.GetElapsedTime(queuedAt, BeganAt).TotalSeconds))
        .SetTag(Conventions.TahoChat.DbCommitTime, time.GetElapsedTime(BeganAt, EndedAt).TotalSeconds)
        .SetTag(Conventions.TahoChat.DbBatchSize, Writes);
}
