using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TahoChat.Api.Data;
using TahoChat.Api.Export;
using TahoChat.Tests.Attachments;
using TahoChat.Tests.Import;

namespace TahoChat.Tests.Export;

/// <summary>One conversation as a file to read, and the account while it changes.</summary>
public sealed class ConversationExportTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private const string Hostile =
        """
        [click](javascript:alert(1)) <script>alert(2)</script> ![x](https://evil.example/pixel.png) <https://example.com/a>
        [data](data:text/html,<script>alert(3)</script>) [fine](https://example.com/page "title")

        | a | b |
        |---|---|
        | 1 | **2** |

        ```html
        <img src=x onerror=alert(4)>
        ```
        <style>body{display:none}</style>
        """;

    private TestApi Api => fixture.Api;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Titles that would be another file, another header, or none.</summary>
    public static TheoryData<string, string> Titles => new()
    {
        { "Tides", "Tides.md" },
        { "../../etc/passwd", "etc-passwd.md" },
        { "..\\..\\windows", "windows.md" },
        { "a\r\nSet-Cookie: x=1", "a Set-Cookie- x=1.md" },
        { "quote\"; filename=evil.exe", "quote-; filename=evil.exe.md" },
        { "CON", "_CON.md" },
        { "nul.txt", "_nul.txt.md" },
        { ".hidden", "hidden.md" },
        { "   ...   ", "conversation.md" },
        { "///", "conversation.md" },
        { "\u202Efdp.exe", "fdp.exe.md" },
        { "日本語 🌊", "日本語 🌊.md" },
        { "a\0b", "ab.md" },
        { "%2e%2e%2f", "%2e%2e%2f.md" },
    };

    [Theory]
    [MemberData(nameof(Titles))]
    public async Task A_title_becomes_a_file_name_and_nothing_else(string title, string name)
    {
        var created = (await Api.CallAsync("POST", "/conversations", Cancel, """{"title":"x"}""")).Json.Number("id");
        await Api.Services.GetRequiredService<DatabaseWriter>().WriteAsync(
            context => context.Conversations.Where(row => row.Id == created).ExecuteUpdate(set => set.SetProperty(row => row.Title, title.Replace("\0", "", StringComparison.Ordinal))), Cancel);

        using var response = await Api.Http.GetAsync(new Uri($"/conversations/{created}/export", UriKind.Relative), Cancel);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(response.Headers.Contains("Set-Cookie"));
        var disposition = response.Content.Headers.ContentDisposition!;
        Assert.Equal(("attachment", name), (disposition.DispositionType, disposition.FileNameStar ?? disposition.FileName!.Trim('"')));
        Assert.Single(disposition.Parameters, parameter => parameter.Name == "filename");
        Assert.All(response.Content.Headers.GetValues("Content-Disposition").Single(), letter => Assert.InRange(letter, ' ', '~'));
    }

    [Fact]
    public async Task A_page_needs_nothing_else_and_runs_nothing()
    {
        var picture = SampleFiles.Png();
        var (id, _) = await ChatAsync(Hostile, picture);

        using var response = await Api.Http.GetAsync(new Uri($"/conversations/{id}/export?format=html", UriKind.Relative), Cancel);
        var html = await response.Content.ReadAsStringAsync(Cancel);

        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("sandbox", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains("""<meta http-equiv="Content-Security-Policy" content="default-src 'none'; base-uri 'none'; style-src 'sha256-""", html, StringComparison.Ordinal);
        Assert.Contains($"data:image/png;base64,{Convert.ToBase64String(picture)}", html, StringComparison.Ordinal);
        Assert.Contains("&lt;img src=x onerror=alert(4)&gt;", html, StringComparison.Ordinal);
        foreach (var forbidden in (string[])["<script", "href=\"javascript", "<a href=\"data:", "<img src=\"http", "<style>body", "<img src=x"])
            Assert.DoesNotContain(forbidden, html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Markdown_has_what_is_shown_and_JSON_has_all()
    {
        var (id, turn) = await ChatAsync("Say it [emulator echo=\"first\" reasoning=0]", SampleFiles.Text("a `note` of ``` mine"));
        await using var socket = await Api.ConnectAsync(Cancel);
        await socket.TurnAsync(new { type = "regenerate", conversation_id = id, message_id = turn, client_message_id = Guid.NewGuid().ToString() }, Cancel);
        await Api.CallAsync("PUT", $"/conversations/{id}/title", Cancel, """{"title":"A *title* [x](y)"}""");

        var markdown = await Api.Http.GetStringAsync(new Uri($"/conversations/{id}/export?format=markdown", UriKind.Relative), Cancel);
        var json = await Api.Http.GetStringAsync(new Uri($"/conversations/{id}/export?format=json", UriKind.Relative), Cancel);

        Assert.StartsWith("# A \\*title\\* \\[x\\](y)\n", markdown, StringComparison.Ordinal);
        Assert.Contains("\n## You · 20", markdown, StringComparison.Ordinal);
        Assert.Contains("\n````text\na `note` of ``` mine\n````\n", markdown, StringComparison.Ordinal);
        Assert.Equal(2, markdown.Split("\n## ").Length - 1);
        using var document = JsonDocument.Parse(json);
        Assert.Equal(("tahochat", 1), (document.RootElement.GetProperty("format").GetString(), document.RootElement.GetProperty("version").GetInt32()));
        Assert.Equal(3, document.RootElement.GetProperty("conversation").GetProperty("messages").GetArrayLength());
        Assert.Equal(1, document.RootElement.GetProperty("attachments").GetArrayLength());
        Assert.DoesNotContain("\"id\":", json.Replace("\"id\":\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_exported_says_why()
    {
        var id = (await Api.CallAsync("POST", "/conversations", Cancel, "{}")).Json.Number("id");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Api.CallAsync("GET", $"/conversations/{id}/export?format=pdf", Cancel)).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Api.CallAsync("GET", $"/conversations/{id}/export?format=1", Cancel)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Api.CallAsync("GET", "/conversations/999999/export", Cancel)).Status);
        await Api.TrashAsync(id, Cancel);
        Assert.Equal(HttpStatusCode.NotFound, (await Api.CallAsync("GET", $"/conversations/{id}/export", Cancel)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Api.CallAsync("GET", "/export/never", Cancel)).Status);
    }

    [Fact]
    public async Task The_account_is_exported_as_it_was_when_it_began_and_tells_how_far_it_is()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var random = new Random(1);
        var chats = Enumerable.Range(0, 30).Select(number => new
        {
            id = $"c{number}",
            title = $"Number {number}",
            created_at = 1710000000 + number,
            chat = new { history = new { currentId = "a", messages = new { a = new { id = "a", role = "user", content = Words(random) } } } },
        });
        await api.ImportAsync(JsonSerializer.SerializeToUtf8Bytes(chats), Cancel);

        using var response = await api.Http.GetAsync(new Uri("/export?id=mine", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Cancel);
        await using var body = await response.Content.ReadAsStreamAsync(Cancel);
        // It has begun: what is changed from here on is not in it.
        var begun = new byte[1];
        await body.ReadExactlyAsync(begun, Cancel);
        var known = (await api.CallAsync("GET", "/export/mine", Cancel)).Json;
        Assert.Equal(30, known.Number("total"));
        var list = (await api.CallAsync("GET", "/conversations?limit=100", Cancel)).List;
        await api.CallAsync("PUT", $"/conversations/{list[0].Number("id")}/title", Cancel, """{"title":"Renamed"}""");
        await api.CallAsync("POST", "/conversations", Cancel, """{"title":"Later"}""");
        using var rest = new MemoryStream();
        rest.Write(begun);
        await body.CopyToAsync(rest, Cancel);

        using var zip = new ZipArchive(rest);
        Assert.Equal(["manifest.json", "prompts.json"], zip.Entries.Take(2).Select(entry => entry.FullName));
        Assert.Equal(30, zip.Entries.Count(entry => entry.FullName.StartsWith("conversations/", StringComparison.Ordinal)));
        foreach (var (_, bytes) in await ImportCalls.UnzipAsync(rest.ToArray(), Cancel)) Assert.Equal(-1, bytes.AsSpan().IndexOf("\"Renamed\""u8));
        var done = await ApiCalls.UntilAsync(async () => (await api.CallAsync("GET", "/export/mine", Cancel)).Json, progress => progress.Text("state") == "done", Cancel);
        Assert.Equal((30L, 30L), (done.Number("total"), done.Number("done")));
    }

    [Fact]
    public void A_third_export_at_a_time_is_refused_and_its_page_is_told_so()
    {
        using var exports = new Exports();
        var (first, second) = (exports.TryBegin("first"), exports.TryBegin("second"));
        Assert.NotNull(second);

        Assert.Null(exports.TryBegin("third"));
        Assert.Null(exports.TryBegin("first"));

        Assert.Equal(ExportState.Refused, exports.Find("third")!.Now.State);
        Assert.Equal(ExportState.Running, exports.Find("first")!.Now.State);
        exports.End(first!, ExportState.Done);
        Assert.NotNull(exports.TryBegin("third"));
        Assert.Equal(ExportState.Running, exports.Find("third")!.Now.State);
    }

    private static string Words(Random random)
    {
        var bytes = new byte[200_000];
        random.NextBytes(bytes);
        return Convert.ToHexString(bytes);
    }

    private async Task<(long Conversation, long Reply)> ChatAsync(string message, byte[] file)
    {
        var attachment = await Api.AttachAsync(file, "file.png", Cancel);
        await using var socket = await Api.ConnectAsync(Cancel);
        var frames = await socket.TurnAsync(new { message, attachment_ids = new[] { attachment }, model = "qwen/qwen3.8-27b" }, Cancel);
        Assert.Equal("complete", frames[^1].Text("status"));
        return (frames[0].Number("conversation_id"), frames[0].Number("message_id"));
    }
}
