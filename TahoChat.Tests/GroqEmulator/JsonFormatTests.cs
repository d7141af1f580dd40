using System.Text.Json;
using System.Text.Json.Nodes;
using static TahoChat.Tests.GroqEmulator.EmulatorHost;

namespace TahoChat.Tests.GroqEmulator;

public sealed class JsonFormatTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_JSON_format_is_answered_in_JSON()
    {
        await using var emulator = await StartAsync(Cancellation);
        var body = Body("Answer in JSON", stream: false);
        body["response_format"] = new JsonObject { ["type"] = "json_object" };
        var reply = JsonElement.Parse(Content(await emulator.AskAsync(body, Cancellation)));
        Assert.Equal("You wrote: Answer in JSON", reply.GetProperty("answer").GetString());
    }

    [Fact]
    public async Task A_schema_is_answered_with_what_fits_it()
    {
        await using var emulator = await StartAsync(Cancellation);
        var body = Body("Tell me about otters", stream: false);
        body["response_format"] = JsonNode.Parse(
            """
            {"type":"json_schema","json_schema":{"name":"animal","strict":true,"schema":{"type":"object","additionalProperties":false,
              "required":["name","legs","tame"],
              "properties":{"name":{"type":"string"},"legs":{"type":"integer","minimum":4},"tame":{"anyOf":[{"type":"boolean"},{"type":"null"}]}}}}}
            """);
        Assert.Equal("""{"name":"otters","legs":4,"tame":true}""", Content(await emulator.AskAsync(body, Cancellation)));
    }

    [Theory]
    [InlineData("In JSON [emulator echo=\"no {json\"]", null, "Failed to generate JSON.", "no {json")]
    [InlineData("In JSON, please", 5, "max completion tokens reached before generating a valid document", "")]
    public async Task What_is_no_JSON_is_refused_with_what_was_written(string message, int? most, string expected, string failed)
    {
        await using var emulator = await StartAsync(Cancellation);
        var body = Body(message, stream: false);
        body["response_format"] = new JsonObject { ["type"] = "json_object" };
        body["max_completion_tokens"] = most;
        var (status, error) = await emulator.FailAsync(body, Cancellation);
        Assert.Equal((400, "json_validate_failed"), (status, error.GetProperty("code").GetString()));
        Assert.StartsWith(expected, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(failed, error.GetProperty("failed_generation").GetString());
    }
}
