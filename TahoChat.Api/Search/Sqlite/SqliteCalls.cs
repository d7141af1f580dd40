using Microsoft.Data.Sqlite;

namespace TahoChat.Api.Search.Sqlite;

/// <summary>Statements in a line.</summary>
internal static class SqliteCalls
{
    public static SqliteCommand Command(
        this SqliteConnection connection, SqliteTransaction? transaction, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value);
        return command;
    }

    /// <summary>Returns how many rows it changed.</summary>
    public static int Do(
        this SqliteConnection connection, SqliteTransaction transaction, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = connection.Command(transaction, sql, parameters);
        return command.ExecuteNonQuery();
    }

    /// <summary>The first value of the answer; the type's default where there is none.</summary>
    public static T? Ask<T>(this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = connection.Command(null, sql, parameters);
        return command.ExecuteScalar() is T value ? value : default;
    }
}
