using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using TahoChat.Tests.Access;

namespace TahoChat.Tests.Docs;

public sealed partial class ApiDocsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/openapi/v1.json")]
    [InlineData("/openapi.json")]
    public async Task The_interface_describes_itself(string path)
    {
        await using var host = await AccessHost.StartAsync(Cancel, password: null);
        using var client = host.Client();
        using var document = JsonDocument.Parse(await client.GetStringAsync(path, Cancel));
        var info = document.RootElement.GetProperty("info");
        Assert.Equal("TahoChat API", info.GetProperty("title").GetString());
        Assert.Contains("/ws/chat", info.GetProperty("description").GetString(), StringComparison.Ordinal);
        var paths = document.RootElement.GetProperty("paths").EnumerateObject().Select(entry => entry.Name).ToArray();
        Assert.Contains("/conversations/{id}", paths);
        Assert.DoesNotContain("/redoc", paths);
        Assert.DoesNotContain("/sign-in", paths);
    }

    [Theory]
    [InlineData("/docs")]
    [InlineData("/docs/")]
    [InlineData("/docs/index.html")]
    [InlineData("/redoc")]
    [InlineData("/redoc/")]
    public async Task A_docs_page_names_no_other_host(string path)
    {
        await using var host = await AccessHost.StartAsync(Cancel);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = host.Address };
        var response = await client.GetAsync(path, Cancel);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.StartsWith("text/html", response.Content.Headers.ContentType!.ToString(), StringComparison.Ordinal);
        var html = await response.Content.ReadAsStringAsync(Cancel);
        Assert.DoesNotMatch(OtherHost(), html);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData(null)]
    public async Task ReDocs_script_loads_nothing_from_elsewhere(string? encoding)
    {
        await using var host = await AccessHost.StartAsync(Cancel);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AutomaticDecompression = encoding is null ? DecompressionMethods.None : DecompressionMethods.GZip })
        {
            BaseAddress = host.Address,
        };
        var script = await client.GetStringAsync("/redoc/redoc.standalone.js", Cancel);
        Assert.True(script.Length > 1_000_000);
        foreach (var other in new[] { "cdn.redoc.ly", "cdn.redocly.com", "otel.cloud.redocly.com", "fonts.googleapis.com", "fonts.gstatic.com" })
            Assert.DoesNotContain(other, script, StringComparison.Ordinal);
    }

    [GeneratedRegex("""(?:https?:)?//[a-z0-9-]+\.[a-z]""", RegexOptions.IgnoreCase)]
    private static partial Regex OtherHost();
}
