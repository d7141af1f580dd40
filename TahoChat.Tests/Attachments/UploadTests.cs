using System.Net;
using System.Text;
using TahoChat.Api.Attachments;

namespace TahoChat.Tests.Attachments;

/// <summary>What may be attached, and how it is served.</summary>
public sealed class UploadTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TestApi Api => fixture.Api;

    public static TheoryData<string, byte[], string, int, int> Images => new()
    {
        { "photo.png", SampleFiles.Png(4, 3), "image/png", 4, 3 },
        { "photo.txt", SampleFiles.Jpeg(640, 480), "image/jpeg", 640, 480 },
        { "photo", SampleFiles.Gif(7, 9), "image/gif", 7, 9 },
        { "photo.html", SampleFiles.WebPLossless(300, 200), "image/webp", 300, 200 },
        { "photo.webp", SampleFiles.WebPExtended(1000, 700), "image/webp", 1000, 700 },
        { "photo.webp", SampleFiles.WebPLossy(20, 10), "image/webp", 20, 10 },
        { "both.html", [.. SampleFiles.Gif(47, 42), .. "<script>alert(1)</script>"u8], "image/gif", 47, 42 },
    };

    [Theory]
    [MemberData(nameof(Images))]
    public async Task An_image_is_known_by_its_bytes_whatever_it_is_called(string name, byte[] bytes, string type, int width, int height)
    {
        var answer = await Api.UploadAsync(bytes, name, Cancel, "text/html");

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        var json = answer.Json;
        Assert.Equal(($"/attachments/{json.Number("id")}", name), (answer.Response.Headers.Location!.AbsolutePath, json.Text("name")));
        Assert.Equal(("image", type, bytes.Length), (json.Text("kind"), json.Text("media_type"), json.Number("size")));
        Assert.Equal((width, height), (json.Number("width"), json.Number("height")));
        var served = await ServedAsync(json.Number("id"));
        Assert.Equal(type, served.Content.Headers.ContentType!.ToString());
        Assert.StartsWith("inline", served.Content.Headers.ContentDisposition!.ToString(), StringComparison.Ordinal);
        Assert.Equal(bytes, await served.Content.ReadAsByteArrayAsync(Cancel));
    }

    public static TheoryData<string, byte[], string> Texts => new()
    {
        { "page.html", SampleFiles.Text("<!doctype html><script>alert(1)</script>"), "<!doctype html><script>alert(1)</script>" },
        { "page.png", SampleFiles.Text("<html>"), "<html>" },
        { "drawing.svg", SampleFiles.Text("<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>"), "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>" },
        { "Grüße.md", SampleFiles.Text("Grüße 🌊\r\n"), "Grüße 🌊\r\n" },
        { "mark.csv", [0xEF, 0xBB, 0xBF, .. SampleFiles.Text("a;b")], "a;b" },
        { "little.txt", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("Grüße 🌊")], "Grüße 🌊" },
        { "big.txt", [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes("Grüße 🌊")], "Grüße 🌊" },
        { "gif.txt", SampleFiles.Text("GIF89 is no GIF"), "GIF89 is no GIF" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task A_text_of_any_name_is_kept_as_UTF_8_and_never_served_as_anything_that_runs(string name, byte[] bytes, string text)
    {
        var answer = await Api.UploadAsync(bytes, name, Cancel, "image/svg+xml");

        Assert.Equal(HttpStatusCode.Created, answer.Status);
        Assert.Equal(("text", "text/plain", name), (answer.Json.Text("kind"), answer.Json.Text("media_type"), answer.Json.Text("name")));
        Assert.False(answer.Json.ContainsKey("width"));
        var served = await ServedAsync(answer.Json.Number("id"));
        Assert.Equal("text/plain; charset=utf-8", served.Content.Headers.ContentType!.ToString());
        Assert.StartsWith("attachment", served.Content.Headers.ContentDisposition!.ToString(), StringComparison.Ordinal);
        Assert.Equal(text, await served.Content.ReadAsStringAsync(Cancel));
    }

    public static TheoryData<byte[]> Others => new(
        [.. "%PDF-1.7\n"u8, 0xE2, 0xE3, 0xCF, 0xD3],
        [.. "PK"u8, 3, 4, 20, 0, 0, 0],
        [.. "Text with a NUL"u8, 0],
        [.. "Latin 1: Gr"u8, 0xFC, .. "n"u8],
        [0xFF, 0xFE, 0x00, 0xD8, 0x41, 0x00],
        [0xFF, 0xFE, 0x41],
        [0xFF, 0xD8, 0xFF, 0xDA, 0, 0],
        SampleFiles.Png(4, 3)[..20],
        [.. "RIFF"u8, 30, 0, 0, 0, .. "WAVEfmt "u8, .. new byte[20]],
        SampleFiles.Jpeg(0, 10));

    [Theory]
    [MemberData(nameof(Others))]
    public async Task What_is_neither_is_refused_in_words(byte[] bytes)
    {
        var answer = await Api.UploadAsync(bytes, "photo.png", Cancel, "image/png");

        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "unsupported_file"), (answer.Status, answer.Json.Text("code")));
        Assert.Contains("text files", answer.Json.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_may_have_20_MiB_and_not_a_byte_more()
    {
        var text = new byte[AttachmentLimits.File + 1];
        Array.Fill(text, (byte)'a');

        var most = await Api.UploadAsync(text[..^1], "most.txt", Cancel);
        Assert.Equal((HttpStatusCode.Created, AttachmentLimits.File), (most.Status, most.Json.Number("size")));
        foreach (var size in new[] { AttachmentLimits.File + 1, AttachmentLimits.File + (1024 * 1024) })
        {
            var beyond = await Api.UploadAsync(size <= text.Length ? text[..size] : new byte[size], "more.txt", Cancel);
            Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "file_too_large"), (beyond.Status, beyond.Json.Text("code")));
            Assert.Contains("20 MiB", beyond.Json.Text("detail"), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NoContent, (await Api.CallAsync("DELETE", $"/attachments/{most.Json.Number("id")}", Cancel)).Status);
    }

    [Theory]
    [InlineData(5760, 5760, HttpStatusCode.Created)]
    [InlineData(5760, 5761, HttpStatusCode.UnprocessableEntity)]
    public async Task A_picture_may_have_33_megapixels(ushort width, ushort height, HttpStatusCode status) =>
        Assert.Equal(status, (await Api.UploadAsync(SampleFiles.Jpeg(width, height), "large.jpg", Cancel)).Status);

    [Theory]
    [InlineData("", "text/plain", "file")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nhello\r\n--b--\r\n", "multipart/form-data; boundary=b", "no file")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n\r\n--b--\r\n", "multipart/form-data; boundary=b", "empty")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nhello", "multipart/form-data; boundary=b", "breaks off")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"a\"; filename=\"a\"\r\n\r\na\r\n--b\r\nContent-Disposition: form-data; name=\"b\"; filename=\"b\"\r\n\r\nb\r\n--b--\r\n", "multipart/form-data; boundary=b", "One file")]
    [InlineData("\uFEFF", "multipart/form-data", "form")]
    public async Task A_body_that_is_no_form_with_a_file_is_refused_in_words(string body, string type, string words)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        var response = await Api.Http.PostAsync("/attachments", content, Cancel);

        Assert.True(response.StatusCode is HttpStatusCode.UnsupportedMediaType or HttpStatusCode.UnprocessableEntity, $"{response.StatusCode}");
        Assert.Contains(words, await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_is_not_there_looks_the_same_to_every_call()
    {
        foreach (var (method, path) in new[] { ("GET", "/attachments/4711"), ("GET", "/attachments/4711/content"), ("DELETE", "/attachments/4711") })
        {
            var answer = await Api.CallAsync(method, path, Cancel);
            Assert.Equal((HttpStatusCode.NotFound, "attachment_not_found"), (answer.Status, answer.Json.Text("code")));
        }
    }

    [Fact]
    public async Task What_is_served_is_asked_for_again_and_answered_without_its_bytes()
    {
        var id = await Api.AttachAsync(SampleFiles.Png(), "a.png", Cancel);
        var first = await ServedAsync(id);
        Assert.Equal("private, no-cache", string.Join(", ", first.Headers.CacheControl!.ToString().Split(", ").Order().Reverse()));

        using var again = new HttpRequestMessage(HttpMethod.Get, $"/attachments/{id}/content");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await Api.Http.SendAsync(again, Cancel)).StatusCode);
        var known = await Api.CallAsync("GET", $"/attachments/{id}", Cancel);
        Assert.Equal((HttpStatusCode.OK, "a.png"), (known.Status, known.Json.Text("name")));
        Assert.Equal(HttpStatusCode.NoContent, (await Api.CallAsync("DELETE", $"/attachments/{id}", Cancel)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Api.CallAsync("GET", $"/attachments/{id}/content", Cancel)).Status);
    }

    private async Task<HttpResponseMessage> ServedAsync(long id)
    {
        var served = await Api.Http.GetAsync($"/attachments/{id}/content", Cancel);
        Assert.Equal(HttpStatusCode.OK, served.StatusCode);
        Assert.Equal("nosniff", Assert.Single(served.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("sandbox; default-src 'none'", Assert.Single(served.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("same-origin", Assert.Single(served.Headers.GetValues("Cross-Origin-Resource-Policy")));
        return served;
    }
}
