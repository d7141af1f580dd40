using System.Globalization;
using System.Text.Json;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using TahoChat.Api.Groq;

namespace TahoChat.Tests.Groq;

/// <summary>A conversation's name: the fast model's, or the first words.</summary>
public sealed class TitleWriterTests
{
    private static CancellationToken Test => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Explain tides", "Explain tides")]
    [InlineData("  Explain\r\n\ttides \u0007 now ", "Explain tides now")]
    [InlineData("Please explain to me in great detail how the tides of the sea come about", "Please explain to me in great detail how the tides of the…")]
    [InlineData("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft", "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunt…")]
    [InlineData("a, and so it goes on and on and on, which is a comma right here, and more", "a, and so it goes on and on and on, which is a comma right…")]
    [InlineData("日本語のとても長い文章で、空白がまったくないものを短くするとどうなるのかを確かめるための例文です。これで六十文字を超えるはずです。", "日本語のとても長い文章で、空白がまったくないものを短くするとどうなるのかを確かめるための例文です。これで六十文字を超え…")]
    [InlineData("\u202Eevil\u202C name", "evil name")]
    [InlineData("\0", "New Conversation")]
    [InlineData("\u200b\u200d", "New Conversation")]
    public void The_first_words_are_one_line_cut_between_words(string text, string title) => Assert.Equal(title, TitleWriter.FirstWords(text));

    [Fact]
    public void No_character_is_cut_in_two()
    {
        const string Family = "👩‍👩‍👧";
        var title = TitleWriter.FirstWords(string.Concat(Enumerable.Repeat(Family, 20)));

        Assert.Equal(string.Concat(Enumerable.Repeat(Family, 7)) + "…", title);
        Assert.Equal("x\ufffd", TitleWriter.FirstWords("x\ud83d"));
        Assert.InRange(TitleWriter.FirstWords("e" + new string('\u0301', 100)).Length, 1, 60);
    }

    [Fact]
    public void Any_text_has_first_words() => Gen.String.Sample(text =>
    {
        var title = TitleWriter.FirstWords(text);
        Assert.InRange(title.Length, 1, 60);
        Assert.DoesNotContain(title, character => char.IsControl(character));
        Assert.Equal(title, title.Trim());
        Assert.True(title.EnumerateRunes().All(rune => rune.Value != 0xFFFD) || text.Any(character => char.IsSurrogate(character) || character == '\ufffd'));
    });

    [Theory]
    [InlineData("Tides of the Sea", "Tides of the Sea")]
    [InlineData("\"Tides of the Sea.\"", "Tides of the Sea")]
    [InlineData("**Title:** Tides of the Sea.\n\nI chose this because…", "Tides of the Sea")]
    [InlineData("\n # «Gezeiten»", "Gezeiten")]
    [InlineData("", null)]
    [InlineData(" \"\" ", null)]
    public async Task The_fast_model_is_asked_and_its_answer_cleaned(string answer, string? title)
    {
        await using var server = new ScriptedServer(exchange => exchange.Request.Line.StartsWith("GET", StringComparison.Ordinal)
            ? exchange.AnswerAsync(500, "")
            : exchange.AnswerAsync(200, $$"""{"choices":[{"message":{"content":{{JsonSerializer.Serialize(answer)}}},"finish_reason":"stop"}]}"""));
        await using var host = new GroqHost(server.BaseUrl);

        Assert.Equal(title, await host.Get<TitleWriter>().WriteAsync("Explain tides", "The Moon pulls.", Test));

        using var body = JsonDocument.Parse(server.Requests.Single(request => request.Line.StartsWith("POST", StringComparison.Ordinal)).Body);
        Assert.Equal("openai/gpt-oss-20b", body.RootElement.GetProperty("model").GetString());
        Assert.Equal("low", body.RootElement.GetProperty("reasoning_effort").GetString());
        Assert.InRange(body.RootElement.GetProperty("max_completion_tokens").GetInt32(), 256, 1024);
        Assert.Contains("title", body.RootElement.GetProperty("messages")[0].GetProperty("content").GetString()!, StringComparison.Ordinal);
        Assert.Contains("The Moon pulls.", body.RootElement.GetProperty("messages")[1].GetProperty("content").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_gives_no_title_and_a_cancel_is_a_cancel()
    {
        await using var server = new ScriptedServer(exchange => exchange.AnswerAsync(401, ""));
        await using var host = new GroqHost(server.BaseUrl);
        var writer = host.Get<TitleWriter>();

        Assert.Null(await writer.WriteAsync("Explain tides", null, Test));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writer.WriteAsync("Explain tides", null, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task A_title_that_takes_over_ten_seconds_is_given_up()
    {
        var clock = new FakeTimeProvider();
        await using var server = new ScriptedServer(exchange => exchange.Request.Line.StartsWith("GET", StringComparison.Ordinal) ? exchange.AnswerAsync(500, "") : exchange.ForeverAsync());
        await using var host = new GroqHost(server.BaseUrl, time: clock);
        var started = clock.GetUtcNow();

        var title = host.Get<TitleWriter>().WriteAsync("Explain tides", null, Test);
        while (!title.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(20));
            await Task.WhenAny(title, Task.Delay(1, Test));
        }

        Assert.Null(await title);
        Assert.InRange((clock.GetUtcNow() - started).TotalSeconds, 9, 100);
    }

    [Fact]
    public void A_long_answer_is_cut_to_80_characters() =>
        Assert.InRange(new StringInfo(TitleWriter.Clean(string.Concat(Enumerable.Repeat("word ", 100)))!).LengthInTextElements, 60, 80);
}
