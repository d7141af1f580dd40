using System.Net;
using CsCheck;
using TahoChat.Api.Search;
using TahoChat.Tests.Conversations;

namespace TahoChat.Tests.Search;

/// <summary>The index follows whatever becomes of messages, heals, and can be made anew.</summary>
public sealed class SearchIndexTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private static readonly Gen<string> _text = Gen.String[Gen.Frequency(
        (6, SearchCalls.AnyOf("abcdeABCéüß ".ToCharArray())), (2, SearchCalls.AnyOf(" \n-_.,'\"".ToCharArray())), (2, SearchCalls.AnyOf("東京日本のガｶﾞ한ไทी".ToCharArray())),
        (1, Gen.Char['\u0020', '\ud7ff'])), 1, 40];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TestApi Api => fixture.Api;

    [Fact]
    public async Task It_follows_sends_other_attempts_edits_removed_turns_and_deletes()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var first = (await socket.TurnAsync(new { message = "kakapo question [emulator echo=\"kakapo answer\"]" }, Cancel))[0];
        var conversation = first.Number("conversation_id");
        await AssertFoundAsync("kakapo", first.Number("user_message_id"), first.Number("message_id"));

        var again = (await socket.TurnAsync(new { type = "regenerate", conversation_id = conversation, message_id = first.Number("message_id") }, Cancel))[0];
        var edited = (await socket.TurnAsync(
            new { type = "edit", message = "[emulator echo=\"kakapo\"] weka", conversation_id = conversation, message_id = first.Number("user_message_id") }, Cancel))[0];
        await AssertFoundAsync("kakapo answer", first.Number("user_message_id"), first.Number("message_id"), again.Number("message_id"));
        await AssertFoundAsync("weka", edited.Number("user_message_id"));

        // What grows is found when it has ended, what waits in the queue at once, what was taken out of it no more.
        var growing = await socket.GrowAsync(Cancel, conversation, "morepork [emulator reply=count:100000 speed=200 first=0 reasoning=0]");
        await socket.SendAsync(new { message = "morepork waits", conversation_id = conversation }, Cancel);
        var waiting = await socket.ReceiveFirstAsync(frame => frame.Text("message_status") == "queued", Cancel);
        await AssertFoundAsync("morepork", growing.Number("user_message_id"), waiting.Number("user_message_id"));
        await socket.SendAsync(new { type = "remove", conversation_id = conversation, message_id = waiting.Number("user_message_id") }, Cancel);
        await AssertFoundAsync("morepork", growing.Number("user_message_id"));
        Assert.Empty(await Api.FoundAsync("\"1 2 3 4 5 6 7\"", Cancel, "&role=assistant"));
        await socket.SendAsync(new { type = "stop", conversation_id = conversation }, Cancel);
        await AssertFoundAsync("\"1 2 3 4 5 6 7\"", growing.Number("message_id"));

        Assert.Equal(HttpStatusCode.NoContent, (await Api.CallAsync("DELETE", $"/conversations/{conversation}", Cancel)).Status);
        await AssertFoundAsync("kakapo");
        await AssertFoundAsync("morepork");
    }

    [Fact]
    public async Task Made_anew_it_finds_the_same_and_writes_what_comes_meanwhile()
    {
        var kept = await LongConversation.AddAsync(Api, 3000, Cancel, text: position => $"takahe {position} of many");
        await Api.IndexedAsync(Cancel);
        var before = await Api.FoundAsync("takahe 77", Cancel);

        var answer = await Api.CallAsync("POST", "/search/rebuild", Cancel);
        var meanwhile = await LongConversation.AddAsync(Api, 2, Cancel, text: _ => "takahe 77 meanwhile");
        Api.Change(SearchCalls.Invariant($"UPDATE messages SET content = 'takahe 77 changed' WHERE id = {kept.At(5)}; DELETE FROM messages WHERE id = {kept.At(778)}"));

        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        Assert.InRange(answer.Json.Number("waiting"), 2000, long.MaxValue);
        var done = await Api.IndexedAsync(Cancel);
        Assert.InRange(done.Number("indexed"), 3000, long.MaxValue);
        Assert.Equal([77], before.Where(id => id == kept.At(77)).Select(id => id - kept.First + 1));
        Assert.Equal(
            before.Where(id => id != kept.At(778)).Append(kept.At(5)).Append(meanwhile.At(1)).Append(meanwhile.At(2)).Order(),
            await Api.FoundAsync("takahe 77", Cancel));
    }

    [Fact]
    public async Task A_database_whose_triggers_were_lost_is_indexed_at_the_next_start()
    {
        var folder = Directory.CreateTempSubdirectory("tahochat-search-");
        try
        {
            long lost;
            await using (var api = await TestApi.StartAsync(Cancel, folder: folder.FullName))
            {
                var there = await api.KeepAsync(Cancel, "huia one", "huia two");
                api.Change(SearchCalls.Invariant($"""
                    DROP TRIGGER search_message_added; DROP TRIGGER search_message_changed; DROP TRIGGER search_message_deleted;
                    UPDATE messages SET content = 'huia lost' WHERE id = {there.At(2)}
                    """));
                lost = there.At(2);
                Assert.Empty(await api.FoundAsync("huia lost", Cancel));
            }

            await using var next = await TestApi.StartAsync(Cancel, folder: folder.FullName);
            await ApiCalls.UntilAsync(() => next.FoundAsync("huia lost", Cancel), found => found.SequenceEqual([lost]), Cancel);
            Assert.Empty(await next.FoundAsync("huia two", Cancel));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Every_text_is_found_by_each_of_its_words_and_by_its_phrases()
    {
        var texts = new List<string>();
        _text.Sample(text => texts.Add(text.Replace("\0", "", StringComparison.Ordinal)), iter: 150, threads: 1);
        var kept = await LongConversation.AddAsync(Api, texts.Count, Cancel, text: position => texts[position - 1]);
        await Api.IndexedAsync(Cancel);
        var asked = 0;
        for (var position = 1; position <= texts.Count; position++)
        {
            var words = Words(texts[position - 1]);
            if (words.Count == 0) continue;
            asked++;
            var from = position % words.Count;
            var phrase = string.Join(' ', words.Skip(from).Take(3));
            // So many share a letter that the newest of them fill a page: what is looked for has to be on some page.
            Assert.True(await IsFoundAsync($"\"{phrase}\"", kept.At(position)), $"{phrase} is not found in {texts[position - 1]}");
        }

        Assert.InRange(asked, 75, 150);
    }

    private static List<string> Words(string text)
    {
        var words = new List<string>();
        for (var tokens = new SearchTokens(text); tokens.MoveNext();) words.Add(tokens.Current.ToString());
        return words;
    }

    private async Task<bool> IsFoundAsync(string words, long id)
    {
        for (string? more = "", before = ""; more is not null; before = $"&before={more}")
        {
            var page = await Api.SearchAsync(words, Cancel, $"&limit=100{before}");
            if (page.Hits().Exists(hit => hit["message_id"] is not null && hit.Number("message_id") == id)) return true;
            more = page.Text("more");
        }

        return false;
    }

    private Task<List<long>> AssertFoundAsync(string words, params long[] ids) =>
        ApiCalls.UntilAsync(() => Api.FoundAsync(words, Cancel), found => found.SequenceEqual(ids.Order()), Cancel);
}
