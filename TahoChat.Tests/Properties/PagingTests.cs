using System.Collections.Concurrent;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using TahoChat.Api.Generations;

namespace TahoChat.Tests.Properties;

/// <summary>The list's pages, by <c>limit</c> and <c>offset</c>, while others change the list. Offsets count from the top, so
/// what holds is this: each page is in order and has nothing twice; a walk over the pages, and then a watch from the first page's
/// revision, miss nothing that new conversations or new activity moved, and at most one conversation for each one that was deleted
/// during the walk (everything behind it moves up by one).</summary>
public sealed class PagingTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private static readonly Gen<Change[]> _changes = Gen.Frequency(
        (3, Gen.Const(new Change(Kind.Insert, 0))),
        (3, Gen.Int[0, 24].Select(number => new Change(Kind.Touch, number))),
        (2, Gen.Int[0, 24].Select(number => new Change(Kind.Delete, number)))).Array[0, 10];

    private enum Kind
    {
        Insert,
        Touch,
        Delete,
    }

    private TestApi Api => fixture.Api;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task A_walk_and_a_watch_miss_no_more_than_was_deleted_meanwhile() => Gen.Select(_changes, Gen.Int[1, 7]).SampleAsync(
        async (changes, limit) =>
        {
            var before = new List<long>();
            for (var i = 0; i < 25; i++) before.Add(await InsertAsync());
            var (inserted, deleted) = (new ConcurrentBag<long>(), new ConcurrentBag<long>());

            var changing = Task.Run(() => ChangeAsync(changes, before, inserted, deleted), Cancel);
            var (seen, revision) = await WalkAsync(limit);
            await changing;
            var told = await ToldSinceAsync(revision);

            var there = before.Concat(inserted).Except(deleted).ToList();
            var missed = there.Except(seen).Except(told.Changed).ToList();
            Assert.InRange(missed.Count, 0, deleted.Count);
            Assert.Empty(deleted.Distinct().Except(told.Deleted).Intersect(seen));
            Assert.Equal(there.Order(), (await WalkAsync(100)).Seen.Order());
            foreach (var id in there) await Api.CallAsync("DELETE", $"/conversations/{id}", Cancel);
        },
        iter: 12, threads: 1, print: pair => $"{string.Join(", ", pair.Item1.Select(change => change.ToString()))}; limit {pair.Item2}");

    private async Task<long> InsertAsync() =>
        (await Api.CallAsync("POST", "/conversations", Cancel, """{"title":"Page"}""")).Json.Number("id");

    private async Task ChangeAsync(Change[] changes, List<long> before, ConcurrentBag<long> inserted, ConcurrentBag<long> deleted)
    {
        foreach (var change in changes)
        {
            switch (change.Kind)
            {
                case Kind.Insert:
                    inserted.Add(await InsertAsync());
                    break;
                case Kind.Touch:
                    await Api.Services.GetRequiredService<GenerationHub>().BeginAsync(
                        new SendRequest("local", "127.0.0.1", "[emulator echo=\"ok\" first=0 reasoning=0]") { ConversationId = before[change.Number] }, Cancel);
                    break;
                case Kind.Delete:
                    if ((int)(await Api.CallAsync("DELETE", $"/conversations/{before[change.Number]}", Cancel)).Status == 204) deleted.Add(before[change.Number]);
                    break;
            }
        }
    }

    /// <summary>All pages, each of which has to be in order, and the revision of the first.</summary>
    private async Task<(HashSet<long> Seen, long Revision)> WalkAsync(int limit)
    {
        var (seen, revision) = (new HashSet<long>(), -1L);
        for (var offset = 0; ; offset += limit)
        {
            var answer = await Api.CallAsync("GET", $"/conversations?limit={limit}&offset={offset}", Cancel);
            if (revision < 0) revision = long.Parse(answer.Response.Headers.GetValues("X-Revision").Single(), System.Globalization.CultureInfo.InvariantCulture);
            var page = answer.List;
            var keys = page.ConvertAll(item => (item.Text("updated_at")!, item.Number("id")));
            Assert.Equal(keys.OrderByDescending(key => key.Item1, StringComparer.Ordinal).ThenByDescending(key => key.Item2), keys);
            Assert.Equal(page.Count, keys.Distinct().Count());
            Assert.InRange(page.Count, 0, limit);
            seen.UnionWith(keys.Select(key => key.Item2));
            if (page.Count < limit) return (seen, revision);
        }
    }

    private async Task<(HashSet<long> Changed, HashSet<long> Deleted)> ToldSinceAsync(long revision)
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        await socket.SendAsync(new { type = "watch", revision }, Cancel);
        var frames = await socket.ReceiveUntilAsync(frame => frame.Text("type") == "watching", Cancel);
        return (
            [.. frames.Where(frame => frame.Text("type") == "conversation").Select(frame => frame["conversation"]!.AsObject().Number("id"))],
            [.. frames.Where(frame => frame.Text("type") == "conversation_deleted").Select(frame => frame.Number("conversation_id"))]);
    }

    private sealed record Change(Kind Kind, int Number);
}
