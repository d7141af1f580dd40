using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TahoChat.Api.Conversations;
using TahoChat.Api.Data;
using TahoChat.GroqEmulator.Record;

namespace TahoChat.Tests.Data;

/// <summary>The one writer: what waits shares a commit, what fails fails alone, and a locked database is waited for, but
/// not for long.</summary>
public sealed class DatabaseWriterTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_locked_database_refuses_sends_in_time_and_takes_them_afterwards()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        await using var socket = await api.ConnectAsync(Cancel);
        await socket.TurnAsync(new { message = "Before" }, Cancel);
        await using var other = new SqliteConnection($"Data Source={Path.Combine(api.Folder, "chat.db")};Pooling=False");
        await other.OpenAsync(Cancel);
        await ExecuteAsync(other, "BEGIN EXCLUSIVE");
        var clock = System.Diagnostics.Stopwatch.StartNew();

        var refused = await socket.TurnAsync(new { message = "Locked out", client_message_id = "locked" }, Cancel);
        var rest = await api.CallAsync("POST", "/conversations", Cancel, "{}");

        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 12);
        Assert.Equal(("error", "busy", "locked", true), (refused[0].Text("status"), refused[0].Text("code"), refused[0].Text("client_message_id"), (bool)refused[0]["retryable"]!));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "application/problem+json", "busy"), (rest.Status, rest.MediaType, rest.Json.Text("code")));
        Assert.Single((await api.CallAsync("GET", "/conversations", Cancel)).List);

        await ExecuteAsync(other, "ROLLBACK");
        var again = await socket.TurnAsync(new { message = "Locked out", client_message_id = "locked" }, Cancel);
        Assert.Equal("complete", again[^1].Text("status"));
        Assert.Equal(2, (await api.CallAsync("GET", "/conversations", Cancel)).List.Count);
        Assert.Single(api.Replies("Locked out"));
    }

    [Fact]
    public async Task The_end_of_a_reply_waits_for_a_locked_database()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        await using var socket = await api.ConnectAsync(Cancel);
        var begun = await socket.GrowAsync(Cancel, prompt: "[emulator reply=count:40 speed=200 first=0 reasoning=0]");
        await using var other = new SqliteConnection($"Data Source={Path.Combine(api.Folder, "chat.db")};Pooling=False");
        await other.OpenAsync(Cancel);
        await ExecuteAsync(other, "BEGIN EXCLUSIVE");
        await ApiCalls.UntilAsync(() => Task.FromResult(api.Replies().Single()), request => request.Outcome == RequestOutcome.Answered, Cancel);
        var during = await api.MessageAsync(begun.Number("conversation_id"), begun.Number("message_id"), Cancel);
        await ExecuteAsync(other, "ROLLBACK");

        var end = (await socket.ReceiveTurnAsync(Cancel))[^1];

        Assert.Equal("streaming", during.Text("status"));
        Assert.Equal("complete", end.Text("message_status"));
        var kept = await api.MessageAsync(begun.Number("conversation_id"), begun.Number("message_id"), Cancel);
        Assert.Equal(ApiCalls.Count(40), kept.Text("content"));
    }

    [Fact]
    public async Task Work_that_waits_shares_a_commit_and_a_failing_piece_hurts_no_other()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var writer = api.Services.GetRequiredService<DatabaseWriter>();
        using var entered = new SemaphoreSlim(0);
        using var leave = new SemaphoreSlim(0);
        var transactions = new List<Guid>();
        var first = writer.WriteAsync(_ =>
        {
            entered.Release();
            leave.Wait(Cancel);
        }, Cancel);
        await entered.WaitAsync(Cancel);

        var pieces = Enumerable.Range(0, 20).Select(number => writer.WriteAsync(context =>
        {
            transactions.Add(context.Database.CurrentTransaction!.TransactionId);
            context.Conversations.Add(new Conversation { Uid = Guid.NewGuid(), Title = $"Piece {number}" });
            context.SaveChanges();
            if (number % 5 == 2) throw new InvalidOperationException("This piece fails.");
            return number;
        }, Cancel)).ToList();
        using var cancelled = new CancellationTokenSource();
        var never = writer.WriteAsync(context => context.Conversations.ExecuteDelete(), cancelled.Token);
        await cancelled.CancelAsync();
        leave.Release();
        await first;

        for (var number = 0; number < pieces.Count; number++)
        {
            if (number % 5 != 2) Assert.Equal(number, await pieces[number]);
            else Assert.Equal("internal", (await Assert.ThrowsAsync<DatabaseException>(() => pieces[number])).Code);
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => never);
        Assert.Equal(20, transactions.Count);
        Assert.Single(transactions.Distinct());
        var kept = (await api.CallAsync("GET", "/conversations?limit=100", Cancel)).List.Select(item => item.Text("title")!).ToHashSet();
        Assert.Equal(Enumerable.Range(0, 20).Where(number => number % 5 != 2).Select(number => $"Piece {number}").ToHashSet(), kept);
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
