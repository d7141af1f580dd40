using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using TahoChat.Api.Groq;

namespace TahoChat.Tests.Promises;

/// <summary>After people did whatever they do, nothing is left of it: no socket, watch, reply, timer, waiting work or open
/// file.</summary>
[Collection(nameof(Alone))]
public sealed class SoakTests
{
    private const int Users = 10;

    /// <summary>What ends by itself has ended by then: the last words of a cut socket, a retry, an idle connection.</summary>
    private static readonly TimeSpan _settle = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task After_twenty_seconds_of_people_nothing_is_left() => RunAsync(TimeSpan.FromSeconds(15), warmUp: TimeSpan.FromSeconds(5));

    [Fact(Explicit = true)]
    public Task After_ten_minutes_of_people_nothing_is_left() => RunAsync(TimeSpan.FromMinutes(10), warmUp: TimeSpan.FromSeconds(20));

    private static async Task RunAsync(TimeSpan time, TimeSpan warmUp)
    {
        await using var api = await TestApi.StartAsync(
            Cancel, new Dictionary<string, string?> { ["GROQ_MAX_RETRIES"] = "0", ["LOG_LEVEL"] = "Warning" }, services: services =>
                services.AddHttpClient(GroqClient.HttpClientName).ConfigurePrimaryHttpMessageHandler((handler, _) => ForgetIdle((SocketsHttpHandler)handler)));
        using var http = new HttpClient(ForgetIdle(new SocketsHttpHandler { UseProxy = false })) { BaseAddress = api.Address };
        // The same people for a while first: what is made once and kept, such as pools, is part of the base.
        var (deeds, _) = await LiveAsync(api, http, warmUp, seed: 1);
        var start = await SettleAsync(api, null);
        Write($"Base after {deeds} deeds: {start}; open: {string.Join(", ", Counts.OpenFiles().CountBy(file => file))}");

        var (done, fault) = await LiveAsync(api, http, time, seed: 100);
        var replies = api.Replies().Count;
        var clock = Stopwatch.StartNew();
        var end = await SettleAsync(api, start);

        Write($"After {done} deeds, {replies} replies, settled in {clock.Elapsed.TotalSeconds:F1} s: {end}");
        Assert.Null(fault);
        Assert.True(end.IsBackTo(start), $"Left over: {end}, base {start}; open: {string.Join(", ", Counts.OpenFiles().CountBy(file => file))}");
        Assert.InRange(done, 100, int.MaxValue);
    }

    private static async Task<(int Deeds, string? Fault)> LiveAsync(TestApi api, HttpClient http, TimeSpan time, int seed)
    {
        var users = Enumerable.Range(0, Users).Select(number => new SoakUser(api, http, seed + number)).ToList();
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        leave.CancelAfter(time);
        await Task.WhenAll(users.Select(user => Task.Run(() => user.LiveAsync(leave.Token, Cancel), Cancel)));
        foreach (var user in users) await user.LeaveAsync(Cancel);
        await DeleteAllAsync(http);
        return (users.Sum(user => user.Deeds), users.Select(user => user.Fault).FirstOrDefault(fault => fault is not null));
    }

    /// <summary>What was begun on a socket that broke before its acknowledgement is in nobody's hands.</summary>
    private static async Task DeleteAllAsync(HttpClient http)
    {
        while (await http.GetFromJsonAsync<JsonArray>("/conversations?limit=100", Cancel) is { Count: > 0 } left)
        {
            foreach (var item in left)
            {
                using var answer = await http.DeleteAsync($"/conversations/{item!["id"]}", Cancel);
            }
        }
    }

    /// <summary>Connections that nobody uses go at once: they are counted as open files.</summary>
    private static SocketsHttpHandler ForgetIdle(SocketsHttpHandler handler)
    {
        handler.PooledConnectionIdleTimeout = TimeSpan.FromSeconds(1);
        return handler;
    }

    /// <summary>The counts once they are back to <paramref name="start"/>; without it, once they stay as they are. With a
    /// deadline.</summary>
    private static async Task<Counts> SettleAsync(TestApi api, Counts? start)
    {
        var clock = Stopwatch.StartNew();
        // The provider's memory of what it was asked is no part of what is counted.
        api.Provider.Clear();
        var before = Counts.Take(api.Services);
        while (clock.Elapsed < _settle)
        {
            await Task.Delay(500, Cancel);
            var now = Counts.Take(api.Services);
            if (start is null ? now.IsBackTo(before) && before.IsBackTo(now) : now.IsBackTo(start)) return now;
            before = now;
        }

        return before;
    }

    private static void Write(string text) => TestContext.Current.TestOutputHelper!.WriteLine(text);
}

/// <summary>Timers and files are counted in the whole process: nothing else may run in it meanwhile.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
