using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using static TahoChat.Tests.GroqEmulator.EmulatorHost;

namespace TahoChat.Tests.GroqEmulator;

public sealed class PageGuardTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("fault", """{"name":"418"}""")]
    [InlineData("fault", """{"name":"none"}""")]
    [InlineData("fault", """{"left":1}""")]
    [InlineData("fault", """{"name":"503","left":0}""")]
    [InlineData("fault", """{"name":"503","left":1001}""")]
    [InlineData("fault", """{"name":"503","directives":"colour=red"}""")]
    [InlineData("fault", "[]")]
    [InlineData("limits", """{"enforced":true,"limits":{"tokens_per_minute":0}}""")]
    [InlineData("limits", "{")]
    public async Task A_command_that_makes_no_sense_is_refused_and_changes_nothing(string what, string command)
    {
        await using var emulator = await StartAsync(Cancellation);
        using var content = new StringContent(command, Encoding.UTF8, "application/json");
        using var response = await emulator.Client.PutAsync($"/emulator/{what}", content, Cancellation);
        var error = (await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("error");
        Assert.Equal(400, (int)response.StatusCode);
        Assert.StartsWith("emulator: ", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        using var asked = await emulator.PostAsync(Body("Hello"), Cancellation);
        Assert.Equal(200, (int)asked.StatusCode);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example", 403)]
    [InlineData("Origin", "http://127.0.0.1:1", 403)]
    [InlineData("Origin", "null", 403)]
    [InlineData("Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-origin", 204)]
    [InlineData("Origin", "", 204)]
    public async Task Only_its_own_page_steers_the_emulator(string header, string value, int status)
    {
        await using var emulator = await StartAsync(Cancellation);
        var own = emulator.Client.BaseAddress!.GetLeftPart(UriPartial.Authority);
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/emulator/fault");
        request.Headers.Add(header, value.Length > 0 ? value : own);
        using var response = await emulator.Client.SendAsync(request, Cancellation);
        Assert.Equal(status, (int)response.StatusCode);
    }
}
