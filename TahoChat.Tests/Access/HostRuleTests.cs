namespace TahoChat.Tests.Access;

public sealed class HostRuleTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("localhost")]
    [InlineData("LocalHost")]
    [InlineData("localhost:1")]
    [InlineData("127.0.0.1:8000")]
    [InlineData("127.8.9.1")]
    [InlineData("[::1]:8000")]
    [InlineData("[0:0:0:0:0:0:0:1]")]
    [InlineData("chat.example.com")]
    [InlineData("CHAT.example.com:443")]
    public async Task A_host_of_the_list_is_answered(string name)
    {
        await using var host = await AccessHost.StartAsync(Cancel, hosts: ["chat.example.com"]);
        var response = await host.SendAsync("GET /health HTTP/1.1", Cancel, $"Host: {name}", "Connection: close");
        Assert.Equal(200, response.Status);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:8000")]
    [InlineData("localhost.evil.example")]
    [InlineData("evil-localhost")]
    [InlineData("localhost.")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("127.0.0.1.nip.io")]
    [InlineData("192.168.1.7:8000")]
    [InlineData("[::2]:8000")]
    [InlineData("sub.chat.example.com")]
    [InlineData("chat.example.com.evil")]
    [InlineData("0.0.0.0:8000")]
    public async Task Another_host_is_a_421_that_names_the_setting(string name)
    {
        await using var host = await AccessHost.StartAsync(Cancel, hosts: ["chat.example.com"]);
        var response = await host.SendAsync("GET /health HTTP/1.1", Cancel, $"Host: {name}", "Connection: close");
        Assert.Equal(421, response.Status);
        Assert.Contains("ALLOWED_HOSTS", response.Rest, StringComparison.Ordinal);
        Assert.Contains("application/problem+json", response.Rest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_host_is_refused()
    {
        await using var host = await AccessHost.StartAsync(Cancel);
        Assert.Equal(421, (await host.SendAsync("GET /health HTTP/1.0", Cancel)).Status);
        Assert.Equal(421, (await host.SendAsync("GET /health HTTP/1.1", Cancel, "Host:", "Connection: close")).Status);
        Assert.Equal(400, (await host.SendAsync("GET /health HTTP/1.1", Cancel, "Connection: close")).Status);
    }

    [Theory]
    [InlineData("Host: localhost", "Host: evil.example")]
    [InlineData("Host: localhost:abc", "Accept: */*")]
    [InlineData("Host: localhost:99999", "Accept: */*")]
    [InlineData("Host: user@localhost", "Accept: */*")]
    [InlineData("Host: localhost/evil", "Accept: */*")]
    [InlineData("Host: *", "Accept: */*")]
    public async Task Two_hosts_or_a_malformed_one_are_refused(string first, string second)
    {
        await using var host = await AccessHost.StartAsync(Cancel);
        var response = await host.SendAsync("GET /health HTTP/1.1", Cancel, first, second, "Connection: close");
        // Kestrel itself answers 400 to what cannot be a host at all.
        Assert.True(response.Status is 400 or 421, $"{response.Status}");
    }

    [Fact]
    public async Task A_rebound_name_opens_no_socket_although_its_origin_is_its_own()
    {
        await using var host = await AccessHost.StartAsync(Cancel);
        var headers = OriginRuleTests.Upgrade("evil.example:8000", "Origin: http://evil.example:8000", "Connection: close");
        var response = await host.SendAsync("GET /ws/chat HTTP/1.1", Cancel, headers);
        Assert.Equal(421, response.Status);
    }

    [Fact]
    public async Task Forwarded_headers_do_not_change_the_host()
    {
        await using var host = await AccessHost.StartAsync(Cancel);
        var response = await host.SendAsync(
            "GET /health HTTP/1.1", Cancel, "Host: evil.example", "X-Forwarded-Host: localhost", "Forwarded: host=localhost", "Connection: close");
        Assert.Equal(421, response.Status);
    }

    [Theory]
    [InlineData("/health", "localhost", 200)]
    [InlineData("/conversations/2", "localhost", 404)]
    [InlineData("/nothing", "localhost", 404)]
    [InlineData("/fails", "localhost", 500)]
    [InlineData("/health", "evil.example", 421)]
    [InlineData("/docs/index.html", "localhost", 200)]
    public async Task Every_response_has_the_security_headers(string path, string name, int status)
    {
        await using var host = await AccessHost.StartAsync(Cancel);
        var response = await host.SendAsync($"GET {path} HTTP/1.1", Cancel, $"Host: {name}", "Connection: close");
        Assert.Equal(status, response.Status);
        Assert.Contains("X-Content-Type-Options: nosniff", response.Rest, StringComparison.Ordinal);
        Assert.Contains("X-Frame-Options: DENY", response.Rest, StringComparison.Ordinal);
        Assert.Contains("Referrer-Policy: same-origin", response.Rest, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", response.Rest, StringComparison.Ordinal);
    }
}
