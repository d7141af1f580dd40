using Microsoft.Data.Sqlite;

namespace TahoChat.Tests.Processes;

/// <summary>A folder for one test: the <c>.env</c> file and <c>data/chat.db</c>.</summary>
internal sealed class ProcessFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("taho process ");

    public string FullName => _folder.FullName;

    public string Database => Path.Combine(FullName, "data", "chat.db");

    public static implicit operator string(ProcessFolder folder) => folder.FullName;

    public void WriteEnvFile(string text) => File.WriteAllText(Path.Combine(FullName, ".env"), text);

    /// <summary>The replies in the file, as no running process would tell them.</summary>
    public List<(string Status, string Content)> Replies() =>
        Query("SELECT status, content FROM messages WHERE role = 'assistant' ORDER BY id", row => (row.GetString(0), row.GetString(1)));

    public (string Status, string Content) Reply(long id) =>
        Assert.Single(Query($"SELECT status, content FROM messages WHERE id = {id}", row => (row.GetString(0), row.GetString(1))));

    /// <summary>The clients' own ids of the messages in the file.</summary>
    public List<string> Messages() =>
        Query("SELECT client_message_id FROM messages WHERE client_message_id IS NOT NULL", row => row.GetString(0));

    /// <summary>What the database file says to a query.</summary>
    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> read)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Database, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
