using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using TahoChat.GroqEmulator.Faults;
using static TahoChat.Tests.GroqEmulator.EmulatorHost;

namespace TahoChat.Tests.GroqEmulator;

public sealed partial class PageTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static async Task<int> PutAsync(EmulatorHost emulator, string path, object command)
    {
        using var response = await emulator.Client.PutAsJsonAsync(path, command, Cancellation);
        return (int)response.StatusCode;
    }

    private static async Task<int> AskAsync(EmulatorHost emulator, string message = "Hello")
    {
        using var response = await emulator.PostAsync(Body(message), Cancellation);
        return (int)response.StatusCode;
    }

    private static async Task<List<int>> AskTimesAsync(EmulatorHost emulator, int times)
    {
        var statuses = new List<int>();
        for (var i = 0; i < times; i++) statuses.Add(await AskAsync(emulator));
        return statuses;
    }

    /// <summary>The states that the page is sent, until the test has seen enough.</summary>
    private static async IAsyncEnumerable<JsonElement> StatesAsync(EmulatorHost emulator)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(_patience);
        using var response = await emulator.Client.GetAsync("/emulator/events", HttpCompletionOption.ResponseHeadersRead, limit.Token);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(limit.Token));
        while (await reader.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal)) yield return JsonElement.Parse(line["data: ".Length..]);
        }
    }

    private static async Task<JsonElement> StateAsync(EmulatorHost emulator, Func<JsonElement, bool>? isWanted = null)
    {
        await foreach (var state in StatesAsync(emulator))
        {
            if (isWanted?.Invoke(state) != false) return state;
        }

        throw new InvalidOperationException("The events ended.");
    }

    [Fact]
    public async Task A_reset_makes_it_as_it_was_at_the_start()
    {
        await using var emulator = await StartAsync(Cancellation);
        Assert.Equal(204, await PutAsync(emulator, "/emulator/fault", new { name = "503" }));
        Assert.Equal(204, await PutAsync(emulator, "/emulator/limits", new { enforced = true, limits = new { requests_per_minute = 1, requests_per_day = 1, tokens_per_minute = 1, tokens_per_day = 1 } }));
        Assert.NotEqual(200, await AskAsync(emulator));

        using var reset = await emulator.Client.PostAsync("/emulator/reset", null, Cancellation);

        Assert.Equal(204, (int)reset.StatusCode);
        var state = await StateAsync(emulator);
        Assert.Empty(state.GetProperty("requests").EnumerateArray());
        Assert.Equal([200, 200], await AskTimesAsync(emulator, 2));
    }

    [Fact]
    public async Task The_page_loads_nothing_from_elsewhere_and_may_not()
    {
        await using var emulator = await StartAsync(Cancellation);
        using var page = await emulator.Client.GetAsync("/emulator", Cancellation);
        Assert.Equal("/emulator/", page.RequestMessage!.RequestUri!.AbsolutePath);
        var html = await page.Content.ReadAsStringAsync(Cancellation);
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotMatch("<script(?![^>]* src=)|<style|style=| on[a-z]+=", html);
        foreach (var name in Resource().Matches(html).Select(match => match.Groups["name"].Value).Where(name => !name.StartsWith("data:", StringComparison.Ordinal)))
        {
            using var resource = await emulator.Client.GetAsync($"/emulator/{name}", Cancellation);
            Assert.Equal(200, (int)resource.StatusCode);
            Assert.Equal("nosniff", resource.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.DoesNotContain("http", await resource.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_page_is_told_everything_first_and_then_what_changes()
    {
        await using var emulator = await StartAsync(Cancellation);
        await AskAsync(emulator, "One");
        await emulator.WaitForAsync(request => request.EndedAt is not null, Cancellation);
        var count = 0;
        await foreach (var state in StatesAsync(emulator))
        {
            if (count++ == 0)
            {
                Assert.True(state.GetProperty("forgotten").GetBoolean());
                Assert.Equal(FaultCatalog.All.Count, state.GetProperty("faults").GetArrayLength());
                Assert.Equal(JsonValueKind.Null, state.GetProperty("fault").ValueKind);
                var request = Assert.Single(state.GetProperty("requests").EnumerateArray());
                Assert.Equal((1, 200, "answered"), (
                    request.GetProperty("number").GetInt32(), request.GetProperty("status").GetInt32(), request.GetProperty("outcome").GetString()));
                Assert.False(request.TryGetProperty("body", out _));
                Assert.True(request.GetProperty("duration_ms").GetInt64() >= 0);
                await AskAsync(emulator, "Two");
            }
            else if (state.GetProperty("requests").EnumerateArray().Any(request => request.GetProperty("outcome").GetString() == "answered"))
            {
                Assert.Equal([2], state.GetProperty("requests").EnumerateArray().Select(request => request.GetProperty("number").GetInt32()));
                Assert.Equal(2, state.GetProperty("posts").GetInt32());
                Assert.False(state.GetProperty("forgotten").GetBoolean());
                break;
            }
        }

        var body = await emulator.Client.GetFromJsonAsync<JsonElement>("/emulator/requests/2", Cancellation);
        Assert.Contains("Two", body.GetProperty("body").GetString(), StringComparison.Ordinal);
        using var unknown = await emulator.Client.GetAsync("/emulator/requests/3", Cancellation);
        Assert.Equal(404, (int)unknown.StatusCode);
    }

    [Fact]
    public async Task Requests_that_are_forgotten_go_from_the_page_too()
    {
        await using var emulator = await StartAsync(Cancellation);
        await AskAsync(emulator);
        var count = 0;
        await foreach (var state in StatesAsync(emulator))
        {
            if (count++ == 0) (await emulator.Client.DeleteAsync("/emulator/requests", Cancellation)).Dispose();
            else if (state.GetProperty("forgotten").GetBoolean())
            {
                Assert.Equal((0, 0), (state.GetProperty("requests").GetArrayLength(), state.GetProperty("posts").GetInt32()));
                break;
            }
        }
    }

    [Fact]
    public async Task A_fault_strikes_the_next_request_the_next_few_or_all()
    {
        await using var emulator = await StartAsync(Cancellation);
        Assert.Equal(204, await PutAsync(emulator, "/emulator/fault", new { name = "503", left = 1 }));
        Assert.Equal([503, 200], await AskTimesAsync(emulator, 2));
        Assert.Equal(204, await PutAsync(emulator, "/emulator/fault", new { name = "503", left = 2 }));
        Assert.Equal([503, 503, 200], await AskTimesAsync(emulator, 3));
        Assert.Equal(204, await PutAsync(emulator, "/emulator/fault", new { name = "429", directives = "retry_after=7" }));
        for (var i = 0; i < 3; i++)
        {
            using var struck = await emulator.PostAsync(Body("Hello"), Cancellation);
            Assert.Equal((429, "7"), ((int)struck.StatusCode, struck.Headers.GetValues("retry-after").Single()));
        }

        var fault = (await StateAsync(emulator)).GetProperty("fault");
        Assert.Equal(("429", JsonValueKind.Null), (fault.GetProperty("name").GetString(), fault.GetProperty("left").ValueKind));
        (await emulator.Client.DeleteAsync("/emulator/fault", Cancellation)).Dispose();
        Assert.Equal(200, await AskAsync(emulator));
    }

    [Fact]
    public async Task A_fault_of_the_page_leaves_titles_and_what_asks_for_its_own_alone()
    {
        await using var emulator = await StartAsync(Cancellation);
        await PutAsync(emulator, "/emulator/fault", new { name = "503", left = 1 });
        var title = Body("About otters", stream: false);
        title["messages"]!.AsArray().Insert(0, new System.Text.Json.Nodes.JsonObject { ["role"] = "system", ["content"] = "Write a title." });
        using var untouched = await emulator.PostAsync(title, Cancellation);
        Assert.Equal(200, (int)untouched.StatusCode);
        Assert.Equal(500, await AskAsync(emulator, "[emulator fault=500]"));
        Assert.Equal([503, 200], await AskTimesAsync(emulator, 2));
    }

    [Fact]
    public async Task Limits_are_switched_on_and_off()
    {
        await using var emulator = await StartAsync(Cancellation);
        var limits = new { requests_per_minute = 1, requests_per_day = 1000, tokens_per_minute = 8000, tokens_per_day = 200_000 };
        Assert.Equal(204, await PutAsync(emulator, "/emulator/limits", new { enforced = true, limits }));
        Assert.Equal([200, 429], await AskTimesAsync(emulator, 2));
        var shown = (await StateAsync(emulator)).GetProperty("limits");
        Assert.True(shown.GetProperty("enforced").GetBoolean());
        Assert.Equal(1, shown.GetProperty("limits").GetProperty("requests_per_minute").GetInt32());
        var use = Assert.Single(shown.GetProperty("use").EnumerateArray());
        Assert.Equal(("openai/gpt-oss-20b", 1), (
            use.GetProperty("model").GetString(), use.GetProperty("requests_per_day").GetProperty("used").GetInt32()));
        Assert.Equal(204, await PutAsync(emulator, "/emulator/limits", new { enforced = false }));
        Assert.Equal(200, await AskAsync(emulator));
    }

    [Fact]
    public async Task An_open_page_does_not_hold_up_the_end()
    {
        var emulator = await StartAsync(Cancellation);
        using var response = await emulator.Client.GetAsync("/emulator/events", HttpCompletionOption.ResponseHeadersRead, Cancellation);
        await emulator.DisposeAsync().AsTask().WaitAsync(_patience, Cancellation);
    }

    [GeneratedRegex("(?:href|src)=\"(?<name>[^\"]+)\"")]
    private static partial Regex Resource();
}
