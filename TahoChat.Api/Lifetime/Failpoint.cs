using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace TahoChat.Api.Lifetime;

/// <summary>Named points at which a test lets the process die as <c>kill -9</c> would: <c>TAHOCHAT_FAILPOINT=name</c>, or
/// <c>name:3</c> for the third time. Release builds have none: the compiler leaves the calls out.</summary>
internal static class Failpoint
{
    public const string Variable = "TAHOCHAT_FAILPOINT";

    public const string DatabaseBeforeRename = "database-before-rename";
    public const string RestoreBeforeKeep = "restore-before-keep";
    public const string RestoreBeforeReplace = "restore-before-replace";
    public const string RestoreAfterReplace = "restore-after-replace";
    public const string MigrationStatement = "migration-statement";
    public const string SweepBeforeCommit = "sweep-before-commit";
    public const string TurnBeforeCommit = "turn-before-commit";
    public const string TurnAfterCommit = "turn-after-commit";
    public const string TurnBeforeAcknowledgement = "turn-before-acknowledgement";
    public const string ReplyAfterSlice = "reply-after-slice";
    public const string CheckpointBeforeCommit = "checkpoint-before-commit";
    public const string CheckpointAfterCommit = "checkpoint-after-commit";
    public const string EndBeforeCommit = "end-before-commit";
    public const string EndAfterCommit = "end-after-commit";
    public const string SearchBeforeCommit = "search-before-commit";
    public const string SearchAfterCommit = "search-after-commit";

    private static readonly (string Name, int Time) _armed = Parse(Environment.GetEnvironmentVariable(Variable));
    private static int _times;

    /// <summary>Dies here where the environment says so.</summary>
    [Conditional("DEBUG")]
    public static void Hit(string name)
    {
        if (name != _armed.Name || Interlocked.Increment(ref _times) != _armed.Time) return;
        Process.GetCurrentProcess().Kill();
        Thread.Sleep(Timeout.Infinite);
    }

    /// <summary>Hits <see cref="MigrationStatement"/> after each statement of a migration.</summary>
    [Conditional("DEBUG")]
    public static void WatchMigrations(DbContextOptionsBuilder options)
    {
        if (_armed.Name == MigrationStatement) options.AddInterceptors(new Statements());
    }

    private static (string Name, int Time) Parse(string? value) => value?.Split(':') switch
    {
        null => ("", 0),
        [var name, var time] => (name, int.Parse(time, CultureInfo.InvariantCulture)),
        [var name, ..] => (name, 1),
        [] => ("", 0),
    };

    private sealed class Statements : DbCommandInterceptor
    {
        public override int NonQueryExecuted(DbCommand command, CommandExecutedEventData eventData, int result)
        {
            if (eventData.CommandSource == CommandSource.Migrations) Hit(MigrationStatement);
            return result;
        }

        public override ValueTask<int> NonQueryExecutedAsync(
            DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(NonQueryExecuted(command, eventData, result));
    }
}
