using System.Net;
using Microsoft.Data.Sqlite;

namespace TahoChat.Tests.Backups;

public sealed class BackupTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string[] Backups(TestApi api) =>
        [.. Directory.GetFiles(Path.Combine(api.Folder, "backups")).Order(StringComparer.Ordinal)];

    [Fact]
    public async Task A_backup_made_while_a_reply_grows_is_a_whole_database()
    {
        await using var api = await TestApi.StartAsync(Token);
        await using var socket = await api.ConnectAsync(Token);
        var growing = await socket.GrowAsync(Token);

        var answer = await api.CallAsync("POST", "/backups", Token);

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        var file = Assert.Single(Backups(api));
        Assert.Equal(Path.GetFileName(file), answer.Json.Text("name"));
        Assert.Equal(new FileInfo(file).Length, answer.Json.Number("size"));
        await using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync(Token);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT (SELECT integrity_check FROM pragma_integrity_check) || ' ' || status FROM messages WHERE id = $id";
        command.Parameters.AddWithValue("$id", growing.Number("message_id"));
        Assert.Equal("ok streaming", await command.ExecuteScalarAsync(Token));
    }

    [Fact]
    public async Task The_newest_ten_are_kept()
    {
        await using var api = await TestApi.StartAsync(Token);
        List<string> made = [];

        for (var i = 0; i < 12; i++) made.Add((await api.CallAsync("POST", "/backups", Token)).Json.Text("name")!);

        Assert.Equal(made.Skip(2), Backups(api).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Where_there_is_no_place_for_it_nothing_is_left_and_the_chat_goes_on()
    {
        await using var api = await TestApi.StartAsync(Token);
        await File.WriteAllTextAsync(Path.Combine(api.Folder, "backups"), "A file where the folder should be.", Token);

        var refused = await api.CallAsync("POST", "/backups", Token);
        var chat = await api.CallAsync("POST", "/chat", Token, """{"message":"Hello"}""");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
        Assert.Equal("storage_failed", refused.Json.Text("code"));
        Assert.DoesNotContain(api.Folder, refused.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, chat.Status);
    }
}
