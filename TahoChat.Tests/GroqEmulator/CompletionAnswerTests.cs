using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using static TahoChat.Tests.GroqEmulator.EmulatorHost;

namespace TahoChat.Tests.GroqEmulator;

public sealed class CompletionAnswerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static JsonObject Conversation(params (string Role, string Content)[] messages)
    {
        var body = Body("", stream: false);
        body["messages"] = new JsonArray(
            [.. messages.Select(message => new JsonObject { ["role"] = message.Role, ["content"] = message.Content })]);
        return body;
    }

    [Fact]
    public async Task A_whole_completion_has_message_reasoning_and_usage()
    {
        await using var emulator = await StartAsync(Cancellation);
        var completion = await emulator.AskAsync(Body("[emulator echo=\"Bonjour <b>\" reasoning=2]", stream: false), Cancellation);
        Assert.Equal("chat.completion", completion.GetProperty("object").GetString());
        Assert.Equal("openai/gpt-oss-20b", completion.GetProperty("model").GetString());
        var choice = completion.GetProperty("choices")[0];
        Assert.Equal("assistant", choice.GetProperty("message").GetProperty("role").GetString());
        Assert.Equal("Bonjour <b>", Content(completion));
        Assert.NotEqual("", choice.GetProperty("message").GetProperty("reasoning").GetString());
        Assert.Equal("stop", choice.GetProperty("finish_reason").GetString());
        Assert.Equal(2, completion.GetProperty("usage").GetProperty("completion_tokens_details").GetProperty("reasoning_tokens").GetInt32());
        Assert.StartsWith("req_", completion.GetProperty("x_groq").GetProperty("id").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_messages_get_the_same_reply_that_names_its_source()
    {
        await using var emulator = await StartAsync(Cancellation);
        var first = Content(await emulator.AskAsync(Body("Tell me about otters", stream: false), Cancellation));
        var second = Content(await emulator.AskAsync(Body("Tell me about otters", stream: false), Cancellation));
        Assert.Equal(first, second);
        Assert.Contains("otters", first, StringComparison.Ordinal);
        Assert.Contains("offline emulator", first, StringComparison.Ordinal);
        Assert.Contains("GROQ_API_KEY", first, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Show headings", "\n## ")]
    [InlineData("Show me code", "```csharp\n")]
    [InlineData("Some TypeScript please", "```typescript\n")]
    [InlineData("A python script", "```python\n")]
    [InlineData("Make a table of fruit", "| :--- |")]
    [InlineData("a list", "- [ ] ")]
    [InlineData("some maths", "$$\n\\int")]
    [InlineData("a math formula", "$$")]
    [InlineData("LaTeX", "$$")]
    [InlineData("draw a diagram", "```mermaid\n")]
    [InlineData("a quotation", "\n> “")]
    [InlineData("a poem about rain", "rhyme")]
    [InlineData("something long", "## 5. ")]
    [InlineData("What is 6*7?", "6 × 7 = **42**")]
    [InlineData("Tell me about <b>C#</b> and *stars* | pipes", @"“Tell me about \<b\>C#\</b\> and \*stars\* \| pipes”")]
    [InlineData("Say it in French", "émulateur hors ligne")]
    [InlineData("Hello!", "👋")]
    public async Task A_wording_brings_the_matching_markdown(string message, string expected)
    {
        await using var emulator = await StartAsync(Cancellation);
        Assert.Contains(expected, Content(await emulator.AskAsync(Body(message, stream: false), Cancellation)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_shows_every_form()
    {
        await using var emulator = await StartAsync(Cancellation);
        var reply = Content(await emulator.AskAsync(Body("Show me everything", stream: false), Cancellation));
        Assert.All(
            ["\n## ", "```csharp", "```python", "| :--- |", "- [x]", "$$", "```mermaid"],
            form => Assert.Contains(form, reply, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_later_turn_refers_to_the_message_before()
    {
        await using var emulator = await StartAsync(Cancellation);
        var reply = Content(await emulator.AskAsync(Conversation(
            ("user", "Tell me about otters [emulator speed=0]"), ("assistant", "Otters."), ("user", "And beavers?")), Cancellation));
        Assert.Contains("turn 2", reply, StringComparison.Ordinal);
        Assert.Contains("“Tell me about otters”", reply, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("How do I plan a hiking trip around Lake Tahoe in June?")]
    [InlineData("hello")]
    [InlineData("Photosynthesis?")]
    [InlineData("\"quoted\" words and 'more' of them [emulator reply=count:2000 fault=500]")]
    public async Task A_title_has_three_to_six_words_and_no_quotes(string message)
    {
        await using var emulator = await StartAsync(Cancellation);
        var title = Content(await emulator.AskAsync(Conversation(
            ("system", "Write a title of this conversation in at most six words."), ("user", message)), Cancellation));
        Assert.InRange(title.Split(' ').Length, 3, 6);
        Assert.DoesNotContain('"', title);
        Assert.DoesNotContain('\n', title);
        Assert.True(char.IsUpper(title[0]), title);
    }

    [Fact]
    public async Task Tokens_asks_for_an_exact_length_and_stop_cuts()
    {
        await using var emulator = await StartAsync(Cancellation);
        var exact = await emulator.StreamAsync(Body("Hello [emulator tokens=321 reasoning=4]"), Cancellation);
        Assert.Equal((321, 4), (exact.Deltas("content").Count(), exact.Deltas("reasoning").Count()));
        var body = Body("[emulator echo=\"one two three\"]", stream: false);
        body["stop"] = new JsonArray("three", "two");
        Assert.Equal("one ", Content(await emulator.AskAsync(body, Cancellation)));
        var counted = Body("[emulator reply=count:50]", stream: false);
        counted["stop"] = "3 4";
        Assert.Equal("1 2 ", Content(await emulator.AskAsync(counted, Cancellation)));
    }

    [Fact]
    public async Task A_prompt_that_begins_as_an_earlier_one_is_partly_cached()
    {
        await using var emulator = await StartAsync(Cancellation);
        var beginning = new string('x', 1100);
        var first = await emulator.AskAsync(Conversation(("system", beginning), ("user", "One")), Cancellation);
        Assert.False(first.GetProperty("usage").TryGetProperty("prompt_tokens_details", out _));
        var second = await emulator.AskAsync(Conversation(("system", beginning), ("user", "Two")), Cancellation);
        Assert.Equal(256, second.GetProperty("usage").GetProperty("prompt_tokens_details").GetProperty("cached_tokens").GetInt32());
    }

    [Fact]
    public async Task The_models_are_listed_and_found_one_by_one()
    {
        await using var emulator = await StartAsync(Cancellation);
        var list = await emulator.Client.GetFromJsonAsync<JsonElement>("/openai/v1/models", Cancellation);
        Assert.Equal("list", list.GetProperty("object").GetString());
        Assert.Equal(
            ["openai/gpt-oss-120b", "openai/gpt-oss-20b", "qwen/qwen3.8-27b", "whisper-large-v3", "whisper-large-v3-turbo"],
            list.GetProperty("data").EnumerateArray().Select(model => model.GetProperty("id").GetString()));
        Assert.All(list.GetProperty("data").EnumerateArray(), model => Assert.Equal(
            [
                "id", "object", "created", "owned_by", "active", "context_window", "max_completion_tokens", "name", "input_modalities",
                "output_modalities", "supported_features",
            ],
            model.EnumerateObject().Select(property => property.Name)));
        foreach (var path in new[] { "openai/gpt-oss-120b", "openai%2Fgpt-oss-120b" })
        {
            var model = await emulator.Client.GetFromJsonAsync<JsonElement>($"/openai/v1/models/{path}", Cancellation);
            Assert.Equal(list.GetProperty("data")[0].GetRawText(), model.GetRawText());
            Assert.Equal((131072, 65536), (model.GetProperty("context_window").GetInt32(), model.GetProperty("max_completion_tokens").GetInt32()));
        }

        using var missing = await emulator.Client.GetAsync("/openai/v1/models/nobody/none", Cancellation);
        Assert.Equal(404, (int)missing.StatusCode);
    }
}
