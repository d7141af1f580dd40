using System.Net;
using System.Net.Http.Headers;

namespace TahoChat.Tests.Access;

public sealed class SignInTests
{
    private const string Password = "correct horse";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_password_nobody_is_asked()
    {
        await using var host = await AccessHost.StartAsync(Cancel);
        using var client = host.Client();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/conversations", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/sign-in", Cancel)).StatusCode);
        Assert.Equal("{\"password\":false,\"shares\":false}", await client.GetStringAsync("/access", Cancel));
    }

    [Theory]
    [InlineData("/conversations")]
    [InlineData("/conversations/1")]
    [InlineData("/")]
    [InlineData("/docs/index.html")]
    [InlineData("/redoc")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/nothing")]
    [InlineData("/health/")]
    [InlineData("/sign-in/x")]
    [InlineData("/Health/../conversations")]
    public async Task Nothing_is_told_before_signing_in(string path)
    {
        await using var host = await AccessHost.StartAsync(Cancel, Password);
        var response = await host.SendAsync($"GET {path} HTTP/1.1", Cancel, "Host: localhost", "Connection: close");
        Assert.Equal(401, response.Status);
        Assert.Contains("application/problem+json", response.Rest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_health_checks_stay_open_and_the_socket_does_not()
    {
        await using var host = await AccessHost.StartAsync(Cancel, Password);
        using var client = host.Client();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/alive", Cancel)).StatusCode);
        var headers = OriginRuleTests.Upgrade("localhost", "Accept: text/html", "Connection: close");
        Assert.Equal(401, (await host.SendAsync("GET /ws/chat HTTP/1.1", Cancel, headers)).Status);
    }

    [Fact]
    public async Task A_persons_browser_is_led_to_the_page_and_back()
    {
        await using var host = await AccessHost.StartAsync(Cancel, Password);
        using var client = host.Client();
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        var away = await client.GetAsync("/?c=12&x=%2F", Cancel);
        Assert.Equal(HttpStatusCode.SeeOther, away.StatusCode);
        var signIn = away.Headers.Location!.OriginalString;
        Assert.Equal("/sign-in?return=%2F%3Fc%3D12%26x%3D%252F", signIn);

        var page = await client.GetStringAsync(signIn, Cancel);
        Assert.Contains("name=\"return\" value=\"/?c=12&amp;x=%2F\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);

        var back = await PostAsync(client, Password, "/?c=12&x=%2F");
        Assert.Equal(HttpStatusCode.SeeOther, back.StatusCode);
        Assert.Equal("/?c=12&x=%2F", back.Headers.Location!.OriginalString);
        var cookie = back.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("expires=", cookie, StringComparison.OrdinalIgnoreCase);

        client.DefaultRequestHeaders.Add("Cookie", cookie.Split(';')[0]);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/conversations", Cancel)).StatusCode);
        Assert.Equal("{\"password\":true,\"shares\":false}", await client.GetStringAsync("/access", Cancel));
        var socket = OriginRuleTests.Upgrade("localhost", $"Cookie: {cookie.Split(';')[0]}");
        Assert.Equal(101, (await host.SendAsync("GET /ws/chat HTTP/1.1", Cancel, socket)).Status);
    }

    [Fact]
    public async Task A_wrong_password_is_told_in_words_and_sets_no_cookie()
    {
        await using var host = await AccessHost.StartAsync(Cancel, Password);
        using var client = host.Client();
        foreach (var wrong in new[] { "", "Correct horse", "correct horse ", new string('x', 5000) })
        {
            var response = await PostAsync(client, wrong, "/\"><script>alert(1)</script>");
            var page = await response.Content.ReadAsStringAsync(Cancel);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.Contains("That is not the password", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
            Assert.False(response.Headers.Contains("Set-Cookie"));
        }
    }

    [Fact]
    public async Task The_eleventh_attempt_of_a_minute_waits_even_with_the_right_password()
    {
        await using var host = await AccessHost.StartAsync(Cancel, Password);
        using var client = host.Client();
        for (var attempt = 1; attempt <= 10; attempt++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(client, "wrong", "/")).StatusCode);

        var response = await PostAsync(client, Password, "/");
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.InRange(response.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Contains("Too many attempts", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Set-Cookie"));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/sign-in", Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_page_elsewhere_signs_nobody_in()
    {
        await using var host = await AccessHost.StartAsync(Cancel, Password);
        using var client = host.Client();
        client.DefaultRequestHeaders.Add("Origin", "http://evil.example");
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(client, Password, "/")).StatusCode);
    }

    [Fact]
    public async Task A_sign_in_outlives_a_restart_and_ends_with_the_password()
    {
        var folder = Directory.CreateTempSubdirectory("taho-keys-");
        try
        {
            string cookie;
            await using (var host = await AccessHost.StartAsync(Cancel, Password, keysFolder: folder.FullName))
            {
                using var client = host.Client();
                cookie = (await PostAsync(client, Password, "/")).Headers.GetValues("Set-Cookie").Single().Split(';')[0];
            }

            Assert.Equal(HttpStatusCode.OK, await StatusAfterRestartAsync(Password, folder, cookie));
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAfterRestartAsync("another horse", folder, cookie));
            if (!OperatingSystem.IsWindows())
            {
                var mode = File.GetUnixFileMode(Path.Combine(folder.FullName, "keys"));
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, mode);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Signing_out_takes_the_cookie_away()
    {
        await using var host = await AccessHost.StartAsync(Cancel, Password);
        using var client = host.Client();
        var response = await client.PostAsync("/sign-out", null, Cancel);
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Equal("/sign-in", response.Headers.Location!.OriginalString);
        Assert.Contains("taho-sign-in=;", response.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_is_too_large_unreadable_or_none_is_refused()
    {
        await using var host = await AccessHost.StartAsync(Cancel, Password);
        using var client = host.Client();
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PostAsync(client, new string('x', 20_000), "/")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(client, "a\0b", "/")).StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await client.PostAsync("/sign-in", new StringContent("{}"), Cancel)).StatusCode);
    }

    [Theory]
    [InlineData("/settings/", "/settings/")]
    [InlineData("/?c=3#m4", "/?c=3#m4")]
    [InlineData("/ü?q=ä b", "/%C3%BC?q=%C3%A4%20b")]
    [InlineData("http://localhost:3000/?c=1", "http://localhost:3000/?c=1")]
    [InlineData("", "/")]
    [InlineData("settings", "/")]
    [InlineData("//evil.example", "/")]
    [InlineData("///evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("\\\\evil.example", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("/\n/evil.example", "/")]
    [InlineData("/.//evil.example", "/")]
    [InlineData("/x/..//evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("https://evil.example/http://localhost:3000", "/")]
    [InlineData("http://localhost:3000@evil.example/", "/")]
    [InlineData("http://localhost:3000.evil.example/", "/")]
    [InlineData("http://user:pass@localhost:3000/", "/")]
    [InlineData("http:evil.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("data:text/html,x", "/")]
    [InlineData(" //evil.example", "/")]
    [InlineData("/x\r\nSet-Cookie: a=b", "/")]
    public async Task After_signing_in_one_goes_only_where_one_may(string wanted, string expected)
    {
        await using var host = await AccessHost.StartAsync(Cancel, Password);
        using var client = host.Client();
        var response = await PostAsync(client, Password, wanted);
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Equal(expected, response.Headers.GetValues("Location").Single());
    }

    private static async Task<HttpStatusCode> StatusAfterRestartAsync(string password, DirectoryInfo folder, string cookie)
    {
        await using var host = await AccessHost.StartAsync(Cancel, password, keysFolder: folder.FullName);
        using var client = host.Client();
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        return (await client.GetAsync("/conversations", Cancel)).StatusCode;
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string password, string wanted) =>
        client.PostAsync("/sign-in", new FormUrlEncodedContent([new("password", password), new("return", wanted)]), Cancel);
}
