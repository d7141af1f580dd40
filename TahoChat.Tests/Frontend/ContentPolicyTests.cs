using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using TahoChat.Tests.Access;

namespace TahoChat.Tests.Frontend;

/// <summary>Which scripts the pages of this server may run: files of its own, and the inline ones they were built with.</summary>
public sealed partial class ContentPolicyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_inline_script_of_every_exported_page_is_allowed_by_its_hash_and_no_other()
    {
        await using var host = await AccessHost.StartAsync(Cancel, frontend: ExportFolder.Path);
        using var client = host.Client();
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        var pages = Directory.GetFiles(ExportFolder.Path, "*.html", SearchOption.AllDirectories);
        Assert.True(pages.Length > 2);
        foreach (var file in pages)
        {
            var response = await client.GetAsync("/" + Path.GetRelativePath(ExportFolder.Path, file), Cancel);
            var html = await response.Content.ReadAsStringAsync(Cancel);
            var scripts = Scripts().Matches(html).Select(match => match.Groups[1].Value).Where(text => text.Length > 0).ToArray();
            Assert.NotEmpty(scripts);
            var allowed = Directive(response, "script-src").Split(' ');
            Assert.Equal(["script-src", "'self'", .. scripts.Select(HashOf).Distinct()], allowed);
            Assert.Equal("default-src 'none'", Directive(response, "default-src"));
            Assert.Equal("connect-src 'self'", Directive(response, "connect-src"));
        }

        var lost = await client.GetAsync("/nowhere", Cancel);
        Assert.Equal(404, (int)lost.StatusCode);
        Assert.Contains("'sha256-", Directive(lost, "script-src"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_changed_gets_the_hashes_of_what_it_is_now()
    {
        var folder = Directory.CreateTempSubdirectory("taho-policy-");
        try
        {
            var page = Path.Combine(folder.FullName, "index.html");
            await File.WriteAllTextAsync(page, "<script>one()</script><script src=\"/a.js\"></script>", Cancel);
            await using var host = await AccessHost.StartAsync(Cancel, frontend: folder.FullName);
            using var client = host.Client();
            var first = await client.GetAsync("/", Cancel);
            Assert.Equal($"script-src 'self' {HashOf("one()")}", Directive(first, "script-src"));
            await File.WriteAllTextAsync(page, "<script id=\"x\">second()</script>", Cancel);
            Assert.Equal($"script-src 'self' {HashOf("second()")}", Directive(await client.GetAsync("/", Cancel), "script-src"));

            using var again = new HttpRequestMessage(HttpMethod.Get, "/");
            var tag = (await client.GetAsync("/", Cancel)).Headers.ETag!;
            again.Headers.IfNoneMatch.Add(tag);
            var unchanged = await client.SendAsync(again, Cancel);
            Assert.Equal(304, (int)unchanged.StatusCode);
            Assert.Equal($"script-src 'self' {HashOf("second()")}", Directive(unchanged, "script-src"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/docs/index.html")]
    [InlineData("/redoc")]
    [InlineData("/sign-in")]
    [InlineData("/conversations")]
    [InlineData("/nowhere")]
    public async Task No_answer_lets_a_page_elsewhere_frame_it_or_a_string_become_code(string path)
    {
        await using var host = await AccessHost.StartAsync(Cancel, password: path is "/sign-in" ? "open sesame" : null);
        using var client = host.Client();
        var response = await client.GetAsync(path, Cancel);
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
        Assert.Equal("default-src 'none'", Directive(response, "default-src"));
        Assert.Equal("frame-ancestors 'none'", Directive(response, "frame-ancestors"));
        Assert.Equal("base-uri 'none'", Directive(response, "base-uri"));
        Assert.StartsWith("form-action", Directive(response, "form-action"), StringComparison.Ordinal);
        if (policy.Contains("script-src", StringComparison.Ordinal))
            Assert.DoesNotContain("'unsafe-inline'", Directive(response, "script-src"), StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("DENY", response.Headers.GetValues("X-Frame-Options").Single());
        Assert.Equal("same-origin", response.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("same-origin", response.Headers.GetValues("Cross-Origin-Opener-Policy").Single());
        Assert.Contains("microphone=(self)", response.Headers.GetValues("Permissions-Policy").Single(), StringComparison.Ordinal);
    }

    private static string Directive(HttpResponseMessage response, string name) =>
        response.Headers.GetValues("Content-Security-Policy").Single().Split("; ").Single(part => part.Split(' ')[0] == name);

    private static string HashOf(string script) =>
        $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'";

    [GeneratedRegex("<script[^>]*>(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Scripts();
}
