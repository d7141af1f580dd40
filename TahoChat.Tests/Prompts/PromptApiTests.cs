using System.Net;
using System.Text.Json;
using TahoChat.Api.Generations;

namespace TahoChat.Tests.Prompts;

/// <summary>Presets are kept, changed and deleted, one of each name.</summary>
public sealed class PromptApiTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_preset_is_kept_changed_and_deleted()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var added = await PostAsync(api, " Übersetze ", "message", "Translate this:\n");
        await PostAsync(api, "sailor", "system", "Answer like a sailor.");
        var path = $"/prompts/{added.Json.Number("id")}";

        var changed = await api.CallAsync("PUT", path, Cancel, Body("Translate", "message", "Translate this 🌊:"));

        Assert.Equal((HttpStatusCode.Created, "Übersetze"), (added.Status, added.Json.Text("name")));
        Assert.Equal((HttpStatusCode.OK, "Translate this 🌊:"), (changed.Status, changed.Json.Text("text")));
        var listed = (await api.CallAsync("GET", "/prompts", Cancel)).List;
        Assert.Equal([("sailor", "system"), ("Translate", "message")], listed.ConvertAll(prompt => (prompt.Text("name")!, prompt.Text("kind")!)));
        Assert.Equal(HttpStatusCode.NoContent, (await api.CallAsync("DELETE", path, Cancel)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await api.CallAsync("DELETE", path, Cancel)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await api.CallAsync("PUT", path, Cancel, Body("Translate", "message", "x"))).Status);
        Assert.Single((await api.CallAsync("GET", "/prompts", Cancel)).List);
    }

    [Fact]
    public async Task A_name_is_given_once_in_whatever_case()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var first = await PostAsync(api, "Émile", "message", "x");
        var other = await PostAsync(api, "other", "message", "x");

        var again = await PostAsync(api, "éMILE ", "system", "y");
        var renamed = await api.CallAsync("PUT", $"/prompts/{other.Json.Number("id")}", Cancel, Body("ÉMILE", "message", "x"));
        var same = await api.CallAsync("PUT", $"/prompts/{first.Json.Number("id")}", Cancel, Body("émile", "message", "z"));

        Assert.Equal((HttpStatusCode.Conflict, "name_taken"), (again.Status, again.Json.Text("code")));
        Assert.Equal((HttpStatusCode.Conflict, "name_taken"), (renamed.Status, renamed.Json.Text("code")));
        Assert.Equal((HttpStatusCode.OK, "émile"), (same.Status, same.Json.Text("name")));
    }

    [Fact]
    public async Task There_are_200_presets_and_no_more()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        for (var i = 1; i < Limits.Prompts; i++) await PostAsync(api, $"p{i}", "message", "x");

        var last = await PostAsync(api, "last", "message", "x");
        var beyond = await PostAsync(api, "beyond", "message", "x");

        Assert.Equal(HttpStatusCode.Created, last.Status);
        Assert.Equal((HttpStatusCode.Conflict, "too_many_prompts"), (beyond.Status, beyond.Json.Text("code")));
        Assert.Equal(HttpStatusCode.NoContent, (await api.CallAsync("DELETE", $"/prompts/{last.Json.Number("id")}", Cancel)).Status);
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(api, "beyond", "message", "x")).Status);
    }

    [Fact]
    public async Task What_no_preset_can_be_is_refused()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var longest = new string('n', Limits.PromptName);
        var text = new string('t', Limits.SystemPrompt);

        Assert.Equal(HttpStatusCode.Created, (await PostAsync(api, longest, "message", text)).Status);
        string[] wrong =
        [
            Body(longest + "n", "message", "x"), Body("long", "message", text + "t"), Body(" ", "message", "x"), Body("a/b", "message", "x"),
            Body("a\nb", "message", "x"), Body("a", "message", " "), Body("a", "other", "x"), """{"name":"a","text":"x"}""", "{}",
        ];
        foreach (var body in wrong) Assert.Equal(HttpStatusCode.UnprocessableEntity, (await api.CallAsync("POST", "/prompts", Cancel, body)).Status);
        Assert.Single((await api.CallAsync("GET", "/prompts", Cancel)).List);
    }

    private static Task<RestAnswer> PostAsync(TestApi api, string name, string kind, string text) =>
        api.CallAsync("POST", "/prompts", Cancel, Body(name, kind, text));

    private static string Body(string name, string kind, string text) => JsonSerializer.Serialize(new { name, kind, text });
}
