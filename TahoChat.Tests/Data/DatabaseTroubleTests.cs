using System.Data.Common;
using System.Diagnostics;
using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using TahoChat.Api.Data;
using TahoChat.GroqEmulator.Record;
using TahoChat.Tests.Search;

namespace TahoChat.Tests.Data;

/// <summary>A database that is locked or full while the server runs.</summary>
public sealed class DatabaseTroubleTests
{
    // The promise is 2 s; a busy machine may add this.
    private static readonly TimeSpan _longestWait = TimeSpan.FromSeconds(2 + 3);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_else_waits_for_a_locked_database_a_send_is_refused_in_time_and_leaves_nothing_behind()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        await using var socket = await api.ConnectAsync(Cancel);
        await socket.TurnAsync(new { message = "Before" }, Cancel);
        // Its checkpoints wait for the lock too.
        await using var watcher = await api.ConnectAsync(Cancel);
        await watcher.GrowAsync(Cancel);
        await using var other = await LockAsync(api);
        var before = DatabaseRows.Read(Path.Combine(api.Folder, "chat.db"));

        var longest = TimeSpan.Zero;
        for (var number = 0; number < 3; number++)
        {
            var clock = Stopwatch.StartNew();
            var refused = await socket.TurnAsync(new { message = "Locked out", client_message_id = $"locked-{number}" }, Cancel);
            longest = TimeSpan.FromTicks(Math.Max(longest.Ticks, clock.Elapsed.Ticks));
            Assert.Equal(("busy", true), (refused[0].Text("code"), (bool)refused[0]["retryable"]!));
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"Refused after {longest.TotalSeconds:F2} s at most");
        Assert.InRange(longest, TimeSpan.Zero, _longestWait);
        var health = await api.CallAsync("GET", "/health", Cancel);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "busy"), (health.Status, health.Json.Text("database")));
        var after = DatabaseRows.Read(Path.Combine(api.Folder, "chat.db"));
        Assert.Equal(before["messages"].Keys, after["messages"].Keys);
        Assert.Equal(before["conversations"].Keys, after["conversations"].Keys);

        await ExecuteAsync(other, "ROLLBACK");
        for (var number = 0; number < 3; number++)
        {
            var again = await socket.TurnAsync(new { message = "Locked out", client_message_id = $"locked-{number}" }, Cancel);
            Assert.Equal("complete", again[^1].Text("status"));
        }

        Assert.Equal(HttpStatusCode.OK, (await api.CallAsync("GET", "/health", Cancel)).Status);
        Assert.Equal(3, api.Replies("Locked out").Count);
    }

    [Fact]
    public async Task A_queue_whose_turn_comes_while_the_database_is_locked_goes_on_afterwards()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        await using var socket = await api.ConnectAsync(Cancel);
        var first = await socket.GrowAsync(Cancel, prompt: "[emulator reply=count:100 speed=100 first=0 reasoning=0]");
        await socket.SendAsync(new { message = "[emulator echo=\"my turn\"]", conversation_id = first.Number("conversation_id") }, Cancel);
        var waiting = await socket.ReceiveFirstAsync(frame => frame.Text("message_status") == "queued", Cancel);
        await using var other = await LockAsync(api);
        await ApiCalls.UntilAsync(() => api.CallAsync("GET", "/health", Cancel), health => health.Json.Text("database") == "busy", Cancel);
        await ApiCalls.UntilAsync(
            () => Task.FromResult(api.Replies()[0]), request => request.Outcome == RequestOutcome.Answered, Cancel);
        await ExecuteAsync(other, "ROLLBACK");

        var reply = await ApiCalls.UntilAsync(
            () => api.MessageAsync(first.Number("conversation_id"), waiting.Number("message_id"), Cancel), message => message.Text("status") == "complete", Cancel);

        Assert.Equal("my turn", reply.Text("content"));
    }

    [Fact]
    public async Task A_database_that_cannot_grow_refuses_sends_is_read_and_takes_them_when_it_can()
    {
        var room = new Room();
        await using var api = await TestApi.StartAsync(
            Cancel, services: services => services.ConfigureDbContext<ChatDbContext>(options => options.AddInterceptors(room)));
        await using var socket = await api.ConnectAsync(Cancel);
        var conversation = (await socket.TurnAsync(new { message = "Before" }, Cancel))[0].Number("conversation_id");

        // Without the pages that the file has to spare, once nothing changes it any more.
        await api.IndexedAsync(Cancel);
        await using (var other = new SqliteConnection($"Data Source={Path.Combine(api.Folder, "chat.db")};Pooling=False"))
        {
            await other.OpenAsync(Cancel);
            await ExecuteAsync(other, "VACUUM");
        }

        room.IsFull = true;
        var message = new { message = new string('x', 40_000), client_message_id = "full" };
        var refused = await socket.TurnAsync(message, Cancel);
        var rest = await api.CallAsync("POST", "/chat", Cancel, $$"""{"message":"{{new string('y', 40_000)}}"}""");

        Assert.Equal(("storage_failed", "full", true), (refused[0].Text("code"), refused[0].Text("client_message_id"), (bool)refused[0]["retryable"]!));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "storage_failed"), (rest.Status, rest.Json.Text("code")));
        Assert.Equal(2, (await api.ConversationAsync(conversation, Cancel)).Messages().Count);
        Assert.Single((await api.CallAsync("GET", "/conversations", Cancel)).List);

        room.IsFull = false;
        Assert.Equal("complete", (await socket.TurnAsync(message, Cancel))[^1].Text("status"));
        Assert.Equal(HttpStatusCode.OK, (await api.CallAsync("GET", "/health", Cancel)).Status);
    }

    private static async Task<SqliteConnection> LockAsync(TestApi api)
    {
        var other = new SqliteConnection($"Data Source={Path.Combine(api.Folder, "chat.db")};Pooling=False");
        await other.OpenAsync(Cancel);
        await ExecuteAsync(other, "BEGIN EXCLUSIVE");
        return other;
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Cancel);
    }

    /// <summary>Lets the database's file grow, or not, from the next transaction on.</summary>
    private sealed class Room : DbTransactionInterceptor
    {
        public volatile bool IsFull;

        public override InterceptionResult<DbTransaction> TransactionStarting(
            DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result)
        {
            using var command = connection.CreateCommand();
            // A limit below the size means that size.
            command.CommandText = IsFull ? "PRAGMA max_page_count = 1" : "PRAGMA max_page_count = 1073741823";
            command.ExecuteNonQuery();
            return result;
        }
    }
}
