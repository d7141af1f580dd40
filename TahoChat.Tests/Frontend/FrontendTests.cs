using System.Net;
using System.Net.Http.Headers;
using TahoChat.Tests.Access;

namespace TahoChat.Tests.Frontend;

public sealed class FrontendTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("taho-frontend-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public FrontendTests()
    {
        Write("index.html", "<h1>Chat</h1>");
        Write("404.html", "<h1>Lost</h1>");
        Write("settings/index.html", "<h1>Settings</h1>");
        Write("_next/static/chunks/a-1f.js", new string('x', 20_000));
        Write("fonts/inter.woff2", "font");
    }

    [Theory]
    [InlineData("/", "<h1>Chat</h1>")]
    [InlineData("/?c=12", "<h1>Chat</h1>")]
    [InlineData("/settings/", "<h1>Settings</h1>")]
    public async Task A_page_is_served_and_checked_again_each_time(string path, string expected)
    {
        await using var host = await AccessHost.StartAsync(Cancel, frontend: _folder.FullName);
        using var client = host.Client();
        var response = await client.GetAsync(path, Cancel);
        Assert.Equal(expected, await response.Content.ReadAsStringAsync(Cancel));
        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.True(response.Headers.CacheControl!.NoCache);
        Assert.Contains("script-src 'self';", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_without_its_slash_is_found()
    {
        await using var host = await AccessHost.StartAsync(Cancel, frontend: _folder.FullName);
        using var client = host.Client();
        var response = await client.GetAsync("/settings?tab=1", Cancel);
        Assert.Equal("/settings/?tab=1", response.Headers.Location!.IsAbsoluteUri ? response.Headers.Location.PathAndQuery : response.Headers.Location.OriginalString);
    }

    [Fact]
    public async Task Built_files_are_kept_for_ever_and_sent_compressed()
    {
        await using var host = await AccessHost.StartAsync(Cancel, frontend: _folder.FullName);
        using var client = host.Client();
        client.DefaultRequestHeaders.AcceptEncoding.ParseAdd("br, gzip");
        var script = await client.GetAsync("/_next/static/chunks/a-1f.js", Cancel);
        Assert.Equal("public, max-age=31536000, immutable", script.Headers.CacheControl!.ToString());
        Assert.Equal("br", script.Content.Headers.ContentEncoding.Single());
        Assert.True((await script.Content.ReadAsByteArrayAsync(Cancel)).Length < 1000);

        var font = await client.GetAsync("/fonts/inter.woff2", Cancel);
        Assert.Equal("font/woff2", font.Content.Headers.ContentType!.MediaType);
        Assert.Empty((await client.GetAsync("/openapi/v1.json", Cancel)).Content.Headers.ContentEncoding);
    }

    [Theory]
    [InlineData("br", "packed", "br")]
    [InlineData("gzip, br;q=0.5", "packed", "br")]
    [InlineData("br;q=0", "plain", null)]
    [InlineData("identity", "plain", null)]
    public async Task What_the_build_packed_is_sent_to_those_who_can_unpack_it(string accepts, string expected, string? encoding)
    {
        Write("_next/static/chunks/b-2f.js", "plain");
        Write("_next/static/chunks/b-2f.js.br", "packed");
        await using var host = await AccessHost.StartAsync(Cancel, frontend: _folder.FullName);
        using var client = host.Client();
        client.DefaultRequestHeaders.AcceptEncoding.ParseAdd(accepts);
        var script = await client.GetAsync("/_next/static/chunks/b-2f.js", Cancel);
        Assert.Equal(expected, await script.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(encoding, script.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal("text/javascript; charset=utf-8", script.Content.Headers.ContentType!.ToString());
        Assert.Equal("public, max-age=31536000, immutable", script.Headers.CacheControl!.ToString());
        Assert.Equal("Accept-Encoding", script.Headers.Vary.Single());
        Assert.Contains("script-src 'self'", script.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_link_shows_people_a_page_and_programs_json()
    {
        await using var host = await AccessHost.StartAsync(Cancel, frontend: _folder.FullName);
        using var client = host.Client();
        Assert.Equal("application/problem+json", (await client.GetAsync("/nowhere", Cancel)).Content.Headers.ContentType!.MediaType);
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        var page = await client.GetAsync("/nowhere", Cancel);
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Equal("<h1>Lost</h1>", await page.Content.ReadAsStringAsync(Cancel));
        Assert.Equal("application/problem+json", (await client.GetAsync("/conversations/2", Cancel)).Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("/../secret.txt")]
    [InlineData("/%2e%2e/secret.txt")]
    [InlineData("/..%2fsecret.txt")]
    [InlineData("/_next/..%5c..%5csecret.txt")]
    public async Task No_file_outside_of_the_export_is_served(string path)
    {
        var inner = _folder.CreateSubdirectory("export");
        await File.WriteAllTextAsync(Path.Combine(inner.FullName, "index.html"), "x", Cancel);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "secret.txt"), "canary", Cancel);
        await using var host = await AccessHost.StartAsync(Cancel, frontend: inner.FullName);
        var response = await host.SendAsync($"GET {path} HTTP/1.1", Cancel, "Host: localhost", "Connection: close");
        Assert.Equal(404, response.Status);
        Assert.DoesNotContain("canary", response.Rest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_export_the_first_page_says_how_to_get_one()
    {
        await using var host = await AccessHost.StartAsync(Cancel);
        using var client = host.Client();
        var response = await client.GetAsync("/", Cancel);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var page = await response.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("./run.sh", page, StringComparison.Ordinal);
        Assert.Contains("npm run dev", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/docs\"", page, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void Write(string path, string content)
    {
        var full = Path.Combine(_folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
    }
}
