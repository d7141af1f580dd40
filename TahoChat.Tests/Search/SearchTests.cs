using System.Net;
using CsCheck;
using TahoChat.Api.Generations;
using TahoChat.Tests.Conversations;

namespace TahoChat.Tests.Search;

/// <summary>Words are found in all messages, in any language, with filters.</summary>
public sealed class SearchTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    // Everything that could be syntax somewhere, and letters of several scripts.
    private static readonly Gen<string> _anyText = Gen.OneOf(
        Gen.String[Gen.OneOf(
            SearchCalls.AnyOf("\"'*^:(){}[]+-~\\/;%_,.!?#|&<> \t\n\0\u200b\u0301ÀßĳﬁЖ日本한กअ١🌊\ud83c\udf0aAbCnotorand019".ToCharArray()), Gen.Char), 1, 60],
        SearchCalls.AnyOf("AND", "OR", "NOT", "NEAR(a b, 2)", "text : a", "{text} : a", "a NEAR b", "-a", "^a", "a*", "*", "\"", "\"\"\"", "a\"b", "'; DROP TABLE messages", "a AND")
            .Array[1, 6].Select(parts => string.Join(' ', parts)));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TestApi Api => fixture.Api;

    [Theory]
    [InlineData("Die Größe der STRASSE: Übermut", "größe,GROSSE,grösse,straße,strasse,uber,ÜBERMUT,ubermu", "gros se")]
    [InlineData("C’était l'été à Noël, ŒUVRE", "ete,L'ÉTÉ,noel,oeuvre,\"c’était\"", "\"etait noel\"")]
    [InlineData("Żółw pisał do Łodzi", "zolw,lodzi,PISAL", "zolwie")]
    [InlineData("Привет, Ёжик в тумане", "привет,ПРИВЕТ,ежик,туман", "йжик")]
    [InlineData("Ο ΟΔΥΣΣΕΥΣ και η Πηνελόπη", "οδυσσευς,Οδυσσεύς,πηνελοπη", "οδυσσ πηνελοπιο")]
    [InlineData("السَّلامُ عليكم يا أحمد", "السلام,احمد,عليكم", "سلامات")]
    [InlineData("שָׁלוֹם לכולם", "שלום,לכול", "שלומי")]
    [InlineData("東京都に住んでいます。ﾃﾚﾋﾞ", "東京,京都,住んで,都に住,テレビ", "京東")]
    [InlineData("我喜欢学习中文", "喜欢,中文,欢学习,学", "文中")]
    [InlineData("안녕하세요 세계", "안녕,세계,하세", "계세")]
    [InlineData("ผมชอบกินข้าว", "กิน,ข้าว,ชอบกิน", "ข้าวกิน")]
    [InlineData("हिन्दी में लिखो", "हिन्दी,लिखो,हिन्", "हन्दी")]
    [InlineData("ＦＵＬＬ　ｗｉｄｔｈ ﬁnd 𝒜𝒷𝒸 x²", "full,width,find,abc,x2", "ful l")]
    [InlineData("A wave 🌊 and a family 👩‍👩‍👧", "🌊,👩‍👩‍👧,wave 🌊", "🌋")]
    [InlineData("call snake_case(foo.bar) and well-known", "snake_case,foo.bar,well-known,\"case foo\",kno", "\"bar foo\"")]
    public async Task Words_are_found_in_any_language_whatever_their_case_and_accents(string text, string found, string notFound)
    {
        var conversation = await Api.KeepAsync(Cancel, text);
        foreach (var words in found.Split(','))
            Assert.True((await Api.FoundAsync(words, Cancel)).Contains(conversation.First), $"{words} is not found in {text}");
        Assert.DoesNotContain(conversation.First, await Api.FoundAsync(notFound, Cancel));
    }

    [Fact]
    public async Task All_words_have_to_be_there_phrases_as_they_stand_and_the_last_one_may_be_half_typed()
    {
        var kept = await Api.KeepAsync(Cancel, "quagga one two three", "quagga three two one", "quagga twofold three");

        Assert.Equal([kept.At(1), kept.At(2)], await Api.FoundAsync("quagga two one", Cancel));
        Assert.Equal([kept.At(1)], await Api.FoundAsync("quagga \"one two\"", Cancel));
        Assert.Equal([kept.At(1), kept.At(2), kept.At(3)], await Api.FoundAsync("quagga two", Cancel));
        Assert.Equal([kept.At(1), kept.At(2)], await Api.FoundAsync("quagga two ", Cancel));
        Assert.Equal([kept.At(3)], await Api.FoundAsync("quagga twof* three", Cancel));
        Assert.Equal([kept.At(1)], await Api.FoundAsync("quagga \"two thr", Cancel));
        Assert.Empty(await Api.FoundAsync("quagga four", Cancel));
        Assert.Empty(await Api.FoundAsync("\"quagga two\"", Cancel));
    }

    [Fact]
    public async Task A_hit_says_where_it_is_and_marks_the_words_in_a_piece_of_the_text()
    {
        var padding = string.Join(' ', Enumerable.Repeat("padding", 200));
        var conversation = await Api.KeepAsync(Cancel, $"🌊 {padding}\n\nThe   Ökapi,\nand the okapis. {padding} okapi once more");

        var hit = Assert.Single((await Api.SearchAsync("okapi", Cancel)).Hits());

        var snippet = hit["snippet"]!.AsObject().Text("text")!;
        Assert.Equal(["Ökapi", "okapis"], hit.Marked());
        Assert.StartsWith("…", snippet, StringComparison.Ordinal);
        Assert.EndsWith("…", snippet, StringComparison.Ordinal);
        Assert.Contains("The Ökapi, and the okapis.", snippet, StringComparison.Ordinal);
        Assert.InRange(snippet.Length, 100, 260);
        Assert.Equal(
            (conversation.Id, "A long one", conversation.First, "user"),
            (hit.Number("conversation_id"), hit.Text("title"), hit.Number("message_id"), hit.Text("role")));
        Assert.Equal("2026-10-01T00:00:01Z", hit.Text("created_at"));
    }

    [Fact]
    public async Task Filters_leave_what_fits_and_go_together()
    {
        var first = await Api.KeepAsync(Cancel, "numbat", "numbat", "numbat");
        var second = await Api.KeepAsync(Cancel, "numbat", "numbat");
        Api.Change(SearchCalls.Invariant($"""
            UPDATE messages SET role = 'system' WHERE id = {first.At(3)};
            UPDATE messages SET model = 'other/model', created_at = '2024-02-29 23:59:59.5' WHERE id = {second.At(2)};
            UPDATE conversations SET pinned_at = '2026-01-01 00:00:00' WHERE id = {first.Id};
            UPDATE conversations SET archived_at = '2026-01-01 00:00:00' WHERE id = {second.Id};
            INSERT INTO conversation_tags (conversation_id, key, name) VALUES ({second.Id}, 'größe', 'Größe');
            """));
        await Api.IndexedAsync(Cancel);
        async Task AssertAsync(string parameters, params long[] expected) => Assert.Equal(expected, await Api.FoundAsync("numbat", Cancel, parameters));

        await AssertAsync("&role=user", first.At(1), second.At(1));
        await AssertAsync("&role=assistant", first.At(2), second.At(2));
        await AssertAsync("&role=system", first.At(3));
        await AssertAsync("&model=other/model", second.At(2));
        await AssertAsync("&model=Other/Model");
        await AssertAsync("&pinned=true", first.At(1), first.At(2), first.At(3));
        await AssertAsync("&pinned=false", second.At(1), second.At(2));
        await AssertAsync("&archived=true", second.At(1), second.At(2));
        await AssertAsync("&archived=false&role=user", first.At(1));
        await AssertAsync("&archived=true&pinned=true");
        await AssertAsync("&tag=GR%C3%96SSE");
        await AssertAsync("&tag=Gr%C3%B6%C3%9Fe", second.At(1), second.At(2));
        await AssertAsync("&to=2024-03-01", second.At(2));
        await AssertAsync("&from=2024-02-29T23:59:59.6Z&to=2024-03-01");
        await AssertAsync("&from=2024-03-01T00:59:59%2B01:00&to=2024-03-01", second.At(2));
        await AssertAsync("&from=2026-10-01T00:00:03Z", first.At(3));
        await AssertAsync("&from=1066-10-14&to=2024-02-29T23:59:59Z");
        await AssertAsync("&from=2300-01-01");
        await AssertAsync("&from=2027-01-01&to=2026-01-01");
    }

    [Fact]
    public async Task Titles_are_found_and_lead_to_the_conversation_where_no_message_is_asked_for()
    {
        var conversation = await Api.KeepAsync(Cancel, "Nothing of it");
        await Api.CallAsync("PUT", $"/conversations/{conversation.Id}/title", Cancel, "{\"title\":\"The Öryx’ tale\"}");
        await Api.IndexedAsync(Cancel);

        var hit = Assert.Single((await Api.SearchAsync("oryx tal", Cancel)).Hits());

        Assert.Equal((conversation.Id, null, null), (hit.Number("conversation_id"), hit["message_id"], hit["role"]));
        Assert.Equal(["Öryx", "tale"], hit.Marked());
        Assert.Empty((await Api.SearchAsync("oryx tal", Cancel, "&role=user")).Hits());
        await Api.CallAsync("PUT", $"/conversations/{conversation.Id}/title", Cancel, "{\"title\":\"Another\"}");
        await Api.IndexedAsync(Cancel);
        Assert.Empty((await Api.SearchAsync("oryx tal", Cancel)).Hits());
    }

    [Fact]
    public async Task Pages_lead_through_all_hits_and_none_comes_twice()
    {
        var conversation = await LongConversation.AddAsync(Api, 450, Cancel, text: position => $"echidna {position} " + new string('x', position % 7));
        await Api.IndexedAsync(Cancel);
        var seen = new List<long>();
        for (string? more = "", before = ""; more is not null; before = $"&before={more}")
        {
            var page = await Api.SearchAsync("echidna ", Cancel, $"&limit=70{before}");
            seen.AddRange(page.Hits().Select(hit => hit.Number("message_id")));
            more = page.Text("more");
        }

        Assert.Equal(450, seen.Count);
        Assert.Equal(Enumerable.Range(1, 450).Select(conversation.At), seen.Order());
    }

    [Fact]
    public async Task Newer_nearer_and_whole_words_come_first()
    {
        var far = string.Join(' ', Enumerable.Repeat("between", 60));
        var kept = await Api.KeepAsync(Cancel, $"tapir {far} bathing", "tapir bathing", "tapirs bathing", $"tapir {far} bathing");

        var order = (await Api.SearchAsync("bathing tapir", Cancel)).Hits().ConvertAll(hit => hit.Number("message_id") - kept.First + 1);

        Assert.Equal([2, 3, 4, 1], order);
    }

    [Fact]
    public async Task Anothers_messages_and_what_is_in_the_trash_are_found_by_nobody()
    {
        var trashed = await Api.KeepAsync(Cancel, "wombat");
        await LongConversation.AddAsync(Api, 2, Cancel, owner: "somebody", text: _ => "wombat");
        await Api.IndexedAsync(Cancel);
        Assert.Equal([trashed.First], await Api.FoundAsync("wombat", Cancel));

        Api.Change(SearchCalls.Invariant($"UPDATE conversations SET deleted_at = '2026-01-01 00:00:00', title = 'wombat' WHERE id = {trashed.Id}"));
        await Api.IndexedAsync(Cancel);
        Assert.Empty((await Api.SearchAsync("wombat", Cancel)).Hits());
        Assert.Empty((await Api.SearchAsync("wombat", Cancel, "&archived=false")).Hits());

        Api.Change(SearchCalls.Invariant($"UPDATE conversations SET deleted_at = NULL WHERE id = {trashed.Id}"));
        Assert.Equal([trashed.First], await Api.FoundAsync("wombat", Cancel));
    }

    [Fact]
    public Task Any_text_is_a_question() => _anyText.SampleAsync(
        async text =>
        {
            var answer = await Api.CallAsync("GET", $"/search?q={Uri.EscapeDataString(Valid(text))}", Cancel);
            Assert.Equal(string.IsNullOrWhiteSpace(Valid(text)) ? HttpStatusCode.UnprocessableEntity : HttpStatusCode.OK, answer.Status);
        },
        iter: 400);

    [Theory]
    [InlineData("?q=")]
    [InlineData("?q=%20%09")]
    [InlineData("")]
    [InlineData("?q=a&limit=0")]
    [InlineData("?q=a&limit=101")]
    [InlineData("?q=a&role=robot")]
    [InlineData("?q=a&before=soon")]
    [InlineData("?q=a&before=1.-1")]
    [InlineData("?q=a&from=soon")]
    [InlineData("?q=a&pinned=maybe")]
    public async Task What_makes_no_sense_is_422(string query)
    {
        var answer = await Api.CallAsync("GET", $"/search{query}", Cancel);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "application/problem+json"), (answer.Status, answer.MediaType));
    }

    [Fact]
    public async Task The_text_has_a_cap_and_words_beyond_the_sixteenth_do_not_count()
    {
        var kept = await Api.KeepAsync(Cancel, string.Join(' ', Enumerable.Range(1, 16).Select(number => $"kea{number}")));

        Assert.Equal([kept.First], await Api.FoundAsync(string.Join(' ', Enumerable.Range(1, 20).Select(number => $"kea{number}")), Cancel));
        Assert.Equal(HttpStatusCode.OK, (await Api.CallAsync("GET", $"/search?q={new string('a', Limits.SearchText)}", Cancel)).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Api.CallAsync("GET", $"/search?q={new string('a', Limits.SearchText + 1)}", Cancel)).Status);
    }

    /// <summary>As an address can carry it.</summary>
    private static string Valid(string text) => new([.. text.Where(character => !char.IsSurrogate(character))]);
}
