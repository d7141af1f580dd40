using Microsoft.Data.Sqlite;
using TahoChat.Api.Settings;

namespace TahoChat.Api.Data;

/// <summary>Tells whether the database has changed: SQLite's own count, which every commit of another connection moves, whoever's it is.</summary>
/// <remarks>https://www.sqlite.org/pragma.html#pragma_data_version</remarks>
public sealed class DataVersion(DatabaseSettings settings) : IDisposable
{
    private readonly Lock _lock = new();
    private SqliteCommand? _command;

    /// <summary>The count now.</summary>
    /// <exception cref="SqliteException">The database cannot be read.</exception>
    public long Read()
    {
        lock (_lock)
        {
            _command ??= Open();
            return (long)_command.ExecuteScalar()!;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _command?.Connection?.Dispose();
            _command?.Dispose();
        }
    }

    private SqliteCommand Open()
    {
        // Its own: the count is of what other connections did.
        var connection = DatabaseFile.Open(settings.Path);
        var command = connection.CreateCommand();
        command.CommandText = "PRAGMA data_version";
        return command;
    }
}
