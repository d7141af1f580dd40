using System.Collections.Concurrent;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using TahoChat.Api.Generations;

namespace TahoChat.Tests.Properties;

/// <summary>The list's pages while others change the list. By cursor, what stays where it is comes exactly once, whatever happens
/// before or behind it. By <c>limit</c> and <c>offset</c>, offsets count from the top, so
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

    [Fact]
    public Task A_walk_by_cursor_shows_what_stays_where_it_is_once() => Gen.Select(_changes, Gen.Int[1, 7]).SampleAsync(
        async (changes, limit) =>
        {
            var before = new List<long>();
            for (var i = 0; i < 25; i++) before.Add(await InsertAsync());
            var (inserted, deleted) = (new ConcurrentBag<long>(), new ConcurrentBag<long>());

            var changing = Task.Run(() => ChangeAsync(changes, before, inserted, deleted), Cancel);
            var (seen, revision) = await WalkByCursorAsync(limit);
            await changing;
            var told = await ToldSinceAsync(revision);

            var touched = changes.Where(change => change.Kind == Kind.Touch).Select(change => before[change.Number]).ToHashSet();
            var staying = before.Except(touched).Except(deleted).ToList();
            Assert.All(staying, id => Assert.Single(seen, id));
            Assert.Equal(seen.Count, seen.Distinct().Count());
            // What moved to the top meanwhile is told by the watch.
            Assert.Empty(before.Concat(inserted).Except(deleted).Except(seen).Except(told.Changed));
            foreach (var id in before.Concat(inserted).Except(deleted)) await Api.CallAsync("DELETE", $"/conversations/{id}", Cancel);
        },
        iter: 8, threads: 1, print: pair => $"{string.Join(", ", pair.Item1.Select(change => change.ToString()))}; limit {pair.Item2}");

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

    /// <summary>All pages by cursor, in order from the first item to the last, and the revision of the first.</summary>
    private async Task<(List<long> Seen, long Revision)> WalkByCursorAsync(int limit)
    {
        var (seen, revision, last) = (new List<long>(), -1L, "9999");
        for (var cursor = ""; ;)
        {
            var answer = await Api.CallAsync("GET", $"/conversations?limit={limit}&cursor={cursor}", Cancel);
            if (revision < 0) revision = long.Parse(answer.Response.Headers.GetValues("X-Revision").Single(), System.Globalization.CultureInfo.InvariantCulture);
            foreach (var item in answer.List)
            {
                Assert.True(string.CompareOrdinal(item.Text("updated_at"), last) <= 0);
                last = item.Text("updated_at")!;
                seen.Add(item.Number("id"));
            }

            if (!answer.Response.Headers.TryGetValues("X-Next-Cursor", out var next)) return (seen, revision);
            Assert.Equal(limit, answer.List.Count);
            cursor = next.Single();
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
