using System.Collections.Concurrent;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace TahoChat.Api.Data;

/// <summary>Statements that are prepared once and run in the writer's transaction, for the few writes that every reply has: through the
/// change tracker a send took 5 ms of a core, and the checkpoints of 500 replies most of one. Entities that are tracked do not notice what
/// they do.</summary>
internal static class PreparedSql
{
    // A connection that closes gives its statements up, and prepares them again when it is open.
    private static readonly ConditionalWeakTable<DbConnection, Dictionary<string, SqliteCommand>> _statements = [];
    private static readonly ConcurrentDictionary<IEntityType, RowInsert> _inserts = new();

    /// <summary>Runs a statement; returns how many rows it changed.</summary>
    /// <param name="context">With a transaction.</param>
    /// <param name="sql">Always the same text, with parameters by name.</param>
    /// <param name="values">The parameters, always in the same order.</param>
    public static int Run(this ChatDbContext context, string sql, params ReadOnlySpan<(string Name, object? Value)> values) =>
        Bind(context, sql, values).ExecuteNonQuery();

    /// <summary>Runs a statement that gives one number; null where it gives no row.</summary>
    /// <inheritdoc cref="Run"/>
    public static long? Number(this ChatDbContext context, string sql, params ReadOnlySpan<(string Name, object? Value)> values) =>
        (long?)Bind(context, sql, values).ExecuteScalar();

    /// <summary>Inserts a row as the change tracker would, with the columns and conversions of the model, and does not track it. Columns of complex
    /// types stay null.</summary>
    /// <returns>Its id.</returns>
    public static long Insert<T>(this ChatDbContext context, T row)
        where T : class
    {
        var insert = _inserts.GetOrAdd(context.Model.FindEntityType(typeof(T))!, static type => RowInsert.Of(type));
        var values = new (string, object?)[insert.Columns.Count];
        for (var i = 0; i < values.Length; i++) values[i] = (insert.Columns[i].Parameter, insert.Columns[i].Read(row));
        return Bind(context, insert.Sql, values).ExecuteScalar() is long id ? id : throw new InvalidOperationException($"{typeof(T).Name} has no id.");
    }

    private static SqliteCommand Bind(ChatDbContext context, string sql, ReadOnlySpan<(string Name, object? Value)> values)
    {
        var connection = (SqliteConnection)context.Database.GetDbConnection();
        var statements = _statements.GetOrCreateValue(connection);
        if (!statements.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            // Only constants of this program come here; what people wrote is a parameter.
#pragma warning disable CA2100
            command.CommandText = sql;
#pragma warning restore CA2100
            foreach (var (name, _) in values) command.Parameters.Add(new SqliteParameter { ParameterName = name });
            statements[sql] = command;
        }

        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i].Value ?? DBNull.Value;
        command.Transaction = (SqliteTransaction?)context.Database.CurrentTransaction?.GetDbTransaction();
        return command;
    }

    /// <summary>How rows of a type are inserted, as the model has it.</summary>
    private sealed record RowInsert(string Sql, IReadOnlyList<Column> Columns)
    {
        public static RowInsert Of(IEntityType type)
        {
            var columns = type.GetProperties().Where(property => property.ValueGenerated == ValueGenerated.Never).Select(Column.Of).ToList();
            var sql = $"INSERT INTO {type.GetTableName()} ({string.Join(", ", columns.Select(column => column.Name))}) "
                + $"VALUES ({string.Join(", ", columns.Select(column => column.Parameter))}) RETURNING id";
            return new RowInsert(sql, columns);
        }
    }

    private sealed record Column(string Name, string Parameter, Func<object, object?> Read)
    {
        public static Column Of(IProperty property)
        {
            var getter = property.GetGetter();
            var convert = property.GetTypeMapping().Converter?.ConvertToProvider;
            var name = property.GetColumnName();
            return new Column(name, "$" + name, convert is null
                ? getter.GetClrValue
                : row => getter.GetClrValue(row) is { } value ? convert(value) : null);
        }
    }
}
