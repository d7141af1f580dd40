using Microsoft.EntityFrameworkCore;
using TahoChat.Api.Data;

namespace TahoChat.Tests.Data;

/// <summary>The start takes a database that is there for it alone, or leaves it as it is.</summary>
public sealed class DatabaseStartTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tahochat-start-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Database => Path.Combine(_folder.FullName, "chat.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task An_empty_folder_gets_a_database_with_every_migration()
    {
        await using var start = new DatabaseStart(Path.Combine(_folder.FullName, "deep", "below", "chat.db"));

        await start.RunAsync(Cancel);

        await using var context = start.Context();
        Assert.Empty(await context.Database.GetPendingMigrationsAsync(Cancel));
        Assert.False(context.Database.HasPendingModelChanges());
        Assert.Equal("wal", await context.Database.SqlQueryRaw<string>("PRAGMA journal_mode").ToListAsync(Cancel).ContinueWith(rows => rows.Result[0], Cancel));
        Assert.Equal(["local"], await context.Owners.Select(owner => owner.Id).ToListAsync(Cancel));
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(start.Path)!, "*.new*"));
    }

    [Fact]
    public async Task A_second_start_on_the_same_file_is_refused_in_one_line()
    {
        await using var first = new DatabaseStart(Database);
        await first.RunAsync(Cancel);
        await using (var second = new DatabaseStart(Database))
        {
            var refusal = await Assert.ThrowsAsync<DatabaseRefusedException>(() => second.RunAsync(Cancel));
            Assert.Equal($"The database {Database} is in use by another TahoChat; stop that one, or give this one another DATABASE_URL.", refusal.Message);
        }

        await first.DisposeAsync();
        await using var third = new DatabaseStart(Database);
        await third.RunAsync(Cancel);
    }

    [Fact]
    public async Task The_database_of_a_newer_version_is_refused_and_left_as_it_is()
    {
        await using (var first = new DatabaseStart(Database)) await first.RunAsync(Cancel);
        await using (var context = Open())
        {
            await context.Database.ExecuteSqlAsync(
                $"INSERT INTO __EFMigrationsHistory (MigrationId, ProductVersion) VALUES ('29990101000000_Later', '99.0.0')", Cancel);
        }

        await using var start = new DatabaseStart(Database);
        var refusal = await Assert.ThrowsAsync<DatabaseRefusedException>(() => start.RunAsync(Cancel));

        Assert.Contains("newer TahoChat", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_dead_process_left_growing_is_interrupted()
    {
        var folder = _folder.FullName;
        long conversation, reply, before;
        await using (var api = await TestApi.StartAsync(Cancel, folder: folder))
        await using (var socket = await api.ConnectAsync(Cancel))
        {
            var turn = await socket.TurnAsync(new { message = "[emulator echo=\"half of it\"]" }, Cancel);
            (conversation, reply) = (turn[0].Number("conversation_id"), turn[0].Number("message_id"));
        }

        await using (var context = Open())
        {
            await context.Messages.Where(message => message.Id == reply).ExecuteUpdateAsync(
                set => set.SetProperty(message => message.Status, Api.Conversations.MessageStatus.Streaming)
                    .SetProperty(message => message.FinishReason, (string?)null).SetProperty(message => message.CompletedAt, (DateTime?)null), Cancel);
            before = (await context.Conversations.SingleAsync(Cancel)).Revision;
        }

        await using var again = await TestApi.StartAsync(Cancel, folder: folder);
        var kept = await again.ConversationAsync(conversation, Cancel);

        var message = kept.Messages()[1];
        Assert.Equal(("interrupted", "server_restarted", "half of it"), (message.Text("status"), message.Text("error_code"), message.Text("content")));
        Assert.True(message.ContainsKey("completed_at"));
        Assert.True(kept.Number("revision") > before);
        await using var watcher = await again.ConnectAsync(Cancel);
        await watcher.SendAsync(new { type = "watch", conversation_id = conversation, revision = before }, Cancel);
        var told = await watcher.ReceiveFirstAsync(frame => frame.Text("type") == "message", Cancel);
        Assert.Equal(("interrupted", reply), (told["message"]!.AsObject().Text("status"), told["message"]!.AsObject().Number("id")));
    }

    [Fact]
    public async Task A_reply_that_grew_when_the_server_ended_is_interrupted_and_kept()
    {
        var folder = _folder.FullName;
        long conversation;
        string seen;
        await using (var api = await TestApi.StartAsync(Cancel, folder: folder))
        await using (var socket = await api.ConnectAsync(Cancel))
        {
            await socket.SendAsync(new { message = ApiCalls.Endless }, Cancel);
            var frames = await socket.ReceiveUntilAsync(frame => frame.Text("status") == "streaming" && frame.Number("offset") > 20, Cancel);
            (conversation, seen) = (frames[0].Number("conversation_id"), frames.Content());
        }

        await using var again = await TestApi.StartAsync(Cancel, folder: folder);
        var message = (await again.ConversationAsync(conversation, Cancel)).Messages()[1];

        Assert.Equal(("interrupted", "server_restarted"), (message.Text("status"), message.Text("error_code")));
        Assert.StartsWith(seen, message.Text("content"), StringComparison.Ordinal);
    }

    private ChatDbContext Open()
    {
        var options = new DbContextOptionsBuilder<ChatDbContext>();
        DataServices.Configure(options, Database);
        return new ChatDbContext(options.Options);
    }
}
