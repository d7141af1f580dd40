using System.Globalization;
using System.Text;

namespace TahoChat.Tests.Chat;

/// <summary>Handshakes that are not as they should be, and those that ask for more than there is.</summary>
public sealed class HandshakeTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TestApi Api => fixture.Api;

    [Theory]
    [InlineData("no key", "Sec-WebSocket-Key: {key}\r\n", "", 426)]
    [InlineData("a key that is no Base64", "{key}", "!", 426)]
    [InlineData("a key of 15 bytes", "{key}", "AAAAAAAAAAAAAAAAAAAA", 426)]
    [InlineData("an empty key", "{key}", "", 426)]
    [InlineData("an older version", "Version: 13", "Version: 8", 426)]
    [InlineData("no version", "Sec-WebSocket-Version: 13\r\n", "", 426)]
    [InlineData("another method", "GET", "POST", 426)]
    [InlineData("no upgrade", "Upgrade: websocket\r\nConnection: Upgrade\r\n", "", 426)]
    [InlineData("an upgrade that the connection does not name", "Connection: Upgrade", "Connection: keep-alive", 426)]
    [InlineData("another protocol", "Upgrade: websocket", "Upgrade: h2c", 426)]
    [InlineData("HTTP/1.0", "HTTP/1.1", "HTTP/1.0", 426)]
    [InlineData("an unknown HTTP", "HTTP/1.1", "HTTP/7", 400)]
    [InlineData("no host", "Host: {host}\r\n", "", 400)]
    [InlineData("two hosts", "Host: {host}\r\n", "Host: {host}\r\nHost: {host}\r\n", 400)]
    [InlineData("a foreign host", "Host: {host}", "Host: evil.example", 421)]
    [InlineData("a foreign origin", "Upgrade: w", "Origin: https://evil.example\r\nUpgrade: w", 403)]
    [InlineData("a header without a colon", "Upgrade: w", "nonsense\r\nUpgrade: w", 400)]
    [InlineData("a NUL", "Upgrade: w", "X: \0\r\nUpgrade: w", 400)]
    [InlineData("no HTTP at all", "GET /ws/chat HTTP/1.1", "\u0016\u0003\u0001", 400)]
    [InlineData("headers of 40 KB", "Upgrade: w", "X: {40000}\r\nUpgrade: w", 431)]
    [InlineData("200 headers", "Upgrade: w", "{200}Upgrade: w", 431)]
    [InlineData("an address of 10 KB", "/ws/chat", "/ws/chat?{10000}", 414)]
    [InlineData("an extension and a protocol that there are not", "Upgrade: w", "Sec-WebSocket-Extensions: permessage-deflate\r\nSec-WebSocket-Protocol: x\r\nUpgrade: w", 101)]
    [InlineData("another spelling", "Upgrade: websocket\r\nConnection: Upgrade", "UPGRADE: WebSocket\r\nconnection: keep-alive, upgrade", 101)]
    public async Task A_handshake_is_answered_by_its_fault(string name, string replace, string with, int status)
    {
        await using var socket = await RawSocket.OpenAsync(Api.Address, Cancel);
        var handshake = RawSocket.Handshake(Api.Address);
        var key = handshake.Split("Key: ")[1].Split("\r\n")[0];

        var asked = handshake.Replace(Fill(replace), Fill(with), StringComparison.Ordinal);
        Assert.NotEqual(handshake, asked);
        await socket.WriteAsync(Encoding.Latin1.GetBytes(asked), Cancel);
        var head = await socket.ReadHeadAsync(Cancel);

        Assert.Equal((name, status), (name, int.Parse(head.Split(' ')[1], CultureInfo.InvariantCulture)));
        Assert.DoesNotContain("Sec-WebSocket-Extensions", head, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Sec-WebSocket-Protocol", head, StringComparison.OrdinalIgnoreCase);
        await Api.LivesAsync(Cancel);

        string Fill(string text) => text
            .Replace("{key}", key, StringComparison.Ordinal)
            .Replace("{host}", Api.Address.Authority, StringComparison.Ordinal)
            .Replace("{40000}", new string('x', 40_000), StringComparison.Ordinal)
            .Replace("{10000}", new string('x', 10_000), StringComparison.Ordinal)
            .Replace("{200}", string.Concat(Enumerable.Range(0, 200).Select(number => $"X-{number}: x\r\n")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_comes_with_the_handshake_is_answered()
    {
        await using var socket = await RawSocket.OpenAsync(Api.Address, Cancel);

        await socket.WriteAsync(
            [.. Encoding.ASCII.GetBytes(RawSocket.Handshake(Api.Address)), .. RawSocket.Frame(RawSocket.TextFrame, """{"type":"ping"}"""u8.ToArray())], Cancel);

        Assert.StartsWith("HTTP/1.1 101", await socket.ReadHeadAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal("""{"type":"pong"}""", (await socket.ReceiveAsync(Cancel))!.Text);
    }

    [Fact]
    public async Task One_socket_more_than_there_may_be_is_told_to_come_again()
    {
        await using var api = await TestApi.StartAsync(Cancel, new Dictionary<string, string?> { ["Limits:Sockets"] = "3" });
        var sockets = new List<TestSocket>();
        for (var i = 0; i < 3; i++) sockets.Add(await api.ConnectAsync(Cancel));

        await using var fourth = await RawSocket.OpenAsync(api.Address, Cancel);
        await fourth.WriteAsync(Encoding.ASCII.GetBytes(RawSocket.Handshake(api.Address)), Cancel);
        Assert.StartsWith("HTTP/1.1 503", await fourth.ReadHeadAsync(Cancel), StringComparison.Ordinal);

        sockets[0].Abort();
        await ApiCalls.UntilAsync(() => Task.FromResult(api.Counts().Sockets), count => count == 2, Cancel);
        await api.LivesAsync(Cancel);
        foreach (var socket in sockets) await socket.DisposeAsync();
    }
}
