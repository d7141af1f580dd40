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
    public List<(string Status, string Content)> Replies()
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Database, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT status, content FROM messages WHERE role = 'assistant' ORDER BY id";
        using var reader = command.ExecuteReader();
        var replies = new List<(string, string)>();
        while (reader.Read()) replies.Add((reader.GetString(0), reader.GetString(1)));
        return replies;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
