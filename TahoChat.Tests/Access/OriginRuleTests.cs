using System.Globalization;

namespace TahoChat.Tests.Access;

public sealed class OriginRuleTests
{
    private static readonly string[] _allowed = ["http://localhost:3000", "https://chat.example.com"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The headers of a WebSocket handshake.</summary>
    internal static string[] Upgrade(string host, params string[] more) =>
    [
        $"Host: {host}", "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", .. more,
    ];

    public static TheoryData<string> GoodOrigins => new(
        "http://localhost:{port}", "http://127.0.0.1:{port}", "http://[::1]:{port}", "HTTP://LOCALHOST:{port}",
        "http://localhost:3000", "http://127.0.0.1:3000", "http://[::1]:3000", "https://chat.example.com", "https://chat.example.com:443");

    public static TheoryData<string> BadOrigins => new(
        "null", "", "*", "http://evil.example", "http://localhost:3001", "http://localhost", "https://localhost:3000",
        "https://localhost:{port}", "http://localhost:3000.evil.example", "http://localhost.evil.example:3000",
        "http://evil-localhost:3000", "http://localhost:30000", "http://chat.example.com", "https://chat.example.com:8443",
        "https://chat.example.com.evil.example", "https://sub.chat.example.com", "https://evilchat.example.com",
        "http://localhost:3000/", "http://localhost:3000@evil.example", "http://user@localhost:3000", "http://localhost:3000#x",
        "http://localhost:3000 http://evil.example", "http://localhost:3000, http://evil.example", "file://", "http://",
        "chrome-extension://abc", "localhost:3000", "//localhost:3000", "http://localhost%2eevil.example:3000");

    [Theory]
    [MemberData(nameof(GoodOrigins))]
    public async Task A_page_of_an_allowed_origin_opens_a_socket_and_writes(string origin)
    {
        await using var host = await AccessHost.StartAsync(Cancel, origins: _allowed);
        var header = $"Origin: {Filled(origin, host)}";
        var authority = $"localhost:{host.Port}";
        Assert.Equal(101, (await host.SendAsync("GET /ws/chat HTTP/1.1", Cancel, Upgrade(authority, header))).Status);
        Assert.Equal(204, (await host.SendAsync("DELETE /conversations/1 HTTP/1.1", Cancel, $"Host: {authority}", header, "Connection: close")).Status);
    }

    [Theory]
    [MemberData(nameof(BadOrigins))]
    public async Task A_page_of_another_origin_is_a_403(string origin)
    {
        await using var host = await AccessHost.StartAsync(Cancel, origins: _allowed);
        var header = $"Origin: {Filled(origin, host)}";
        var authority = $"localhost:{host.Port}";
        var socket = await host.SendAsync("GET /ws/chat HTTP/1.1", Cancel, Upgrade(authority, header, "Connection: close"));
        Assert.Equal(403, socket.Status);
        Assert.Contains("CORS_ORIGINS", socket.Rest, StringComparison.Ordinal);
        foreach (var method in new[] { "DELETE", "POST", "PUT", "PATCH", "MADEUP" })
        {
            var response = await host.SendAsync(
                $"{method} /conversations/1 HTTP/1.1", Cancel, $"Host: {authority}", header, "Content-Length: 0", "Connection: close");
            Assert.Equal(403, response.Status);
            Assert.DoesNotContain("Access-Control-Allow-Origin", response.Rest, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Two_origins_are_a_403_even_if_both_are_good()
    {
        await using var host = await AccessHost.StartAsync(Cancel, origins: _allowed);
        string[] origins = ["Origin: http://localhost:3000", "Origin: http://localhost:3000"];
        Assert.Equal(403, (await host.SendAsync("GET /ws/chat HTTP/1.1", Cancel, Upgrade("localhost", [.. origins, "Connection: close"]))).Status);
    }

    [Theory]
    [InlineData(null, 101, 204)]
    [InlineData("same-origin", 101, 204)]
    [InlineData("none", 101, 204)]
    [InlineData("same-site", 403, 403)]
    [InlineData("cross-site", 403, 403)]
    [InlineData("Same-Origin", 403, 403)]
    [InlineData("", 403, 403)]
    public async Task Without_an_origin_the_browsers_own_word_decides(string? site, int socket, int delete)
    {
        await using var host = await AccessHost.StartAsync(Cancel, origins: _allowed);
        string[] header = site is null ? [] : [$"Sec-Fetch-Site: {site}"];
        Assert.Equal(socket, (await host.SendAsync("GET /ws/chat HTTP/1.1", Cancel, Upgrade("localhost", [.. header, "X: y", "Connection: close"]))).Status);
        Assert.Equal(delete, (await host.SendAsync("DELETE /conversations/1 HTTP/1.1", Cancel, ["Host: localhost", .. header, "Connection: close"])).Status);
    }

    [Fact]
    public async Task A_form_of_another_page_is_refused_whatever_its_body()
    {
        await using var host = await AccessHost.StartAsync(Cancel);
        foreach (var type in new[] { "text/plain", "application/x-www-form-urlencoded", "application/json", "multipart/form-data; boundary=x" })
        {
            var response = await host.SendAsync(
                "POST /conversations HTTP/1.1", Cancel, "Host: localhost", "Origin: http://evil.example", $"Content-Type: {type}",
                "Content-Length: 0", "Connection: close");
            Assert.Equal(403, response.Status);
        }
    }

    [Fact]
    public async Task Reading_is_open_and_an_allowed_origin_may_see_the_revision()
    {
        await using var host = await AccessHost.StartAsync(Cancel);
        var good = await host.SendAsync("GET /conversations HTTP/1.1", Cancel, "Host: localhost", "Origin: http://localhost:3000", "Connection: close");
        Assert.Equal(200, good.Status);
        Assert.Contains("Access-Control-Allow-Origin: http://localhost:3000", good.Rest, StringComparison.Ordinal);
        Assert.Contains("X-Revision", good.Rest, StringComparison.Ordinal);
        Assert.DoesNotContain("Access-Control-Allow-Credentials", good.Rest, StringComparison.Ordinal);

        var other = await host.SendAsync("GET /conversations HTTP/1.1", Cancel, "Host: localhost", "Origin: http://evil.example", "Connection: close");
        Assert.DoesNotContain("Access-Control-Allow-Origin", other.Rest, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:3000", true)]
    [InlineData("http://evil.example", false)]
    public async Task A_preflight_is_answered_for_allowed_origins_alone(string origin, bool isAllowed)
    {
        await using var host = await AccessHost.StartAsync(Cancel, password: "correct horse");
        var response = await host.SendAsync(
            "OPTIONS /conversations HTTP/1.1", Cancel, "Host: localhost", $"Origin: {origin}", "Access-Control-Request-Method: PUT",
            "Access-Control-Request-Headers: content-type", "Connection: close");
        Assert.Equal(isAllowed, response.Rest.Contains("Access-Control-Allow-Methods", StringComparison.Ordinal));
    }

    private static string Filled(string origin, AccessHost host) =>
        origin.Replace("{port}", host.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
