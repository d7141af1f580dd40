using System.Net;
using TahoChat.Api.Attachments;

namespace TahoChat.Tests.Attachments;

/// <summary>Names come from strangers, and go into headers, pages and prompts.</summary>
public sealed class NameTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("notes.md", "notes.md")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData(@"C:\Users\me\notes.md", "notes.md")]
    [InlineData("a\r\nSet-Cookie: b=c\u0000\u001b[2J.txt", "a Set-Cookie: b=c[2J.txt")]
    [InlineData("photo\u202Egnp.exe", "photognp.exe")]
    [InlineData("  a \t\u00A0 b  ", "a b")]
    [InlineData("", "otherwise")]
    [InlineData("..", "otherwise")]
    [InlineData("\u200B\u2060", "otherwise")]
    public void A_name_is_its_last_part_on_one_line(string given, string expected) =>
        Assert.Equal(expected, AttachmentName.Clean(given, "otherwise"));

    [Theory]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(4000)]
    public void A_long_name_keeps_its_ending(int length)
    {
        var clean = AttachmentName.Clean(new string('n', length - 4) + ".txt", "otherwise");
        Assert.Equal(255, clean.Length);
        Assert.EndsWith("n.txt", clean, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_name_is_not_cut_inside_a_character()
    {
        var clean = AttachmentName.Clean(string.Concat(Enumerable.Repeat("🌊", 200)) + ".txt", "otherwise");
        Assert.Equal(string.Concat(Enumerable.Repeat("🌊", 125)) + ".txt", clean);
    }

    [Theory]
    [InlineData("x\"; filename=\"evil.html")]
    [InlineData("Grüße 🌊; a=b.txt")]
    [InlineData("100% 'sure'.txt")]
    public async Task A_name_stays_inside_its_header(string name)
    {
        var id = await fixture.Api.AttachAsync(SampleFiles.Text("hello"), name, Cancel);
        var served = await fixture.Api.Http.GetAsync($"/attachments/{id}/content", Cancel);

        Assert.Equal(HttpStatusCode.OK, served.StatusCode);
        var disposition = served.Content.Headers.ContentDisposition!;
        Assert.Equal(("attachment", name.Replace("\"", "%22", StringComparison.Ordinal)), (disposition.DispositionType, disposition.FileNameStar));
        Assert.All(disposition.ToString(), letter => Assert.InRange(letter, ' ', '~'));
        Assert.Equal(2, disposition.Parameters.Count);
    }
}
