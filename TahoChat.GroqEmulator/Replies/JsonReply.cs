using System.Text.Json;
using TahoChat.GroqEmulator.Tools;
using TahoChat.GroqEmulator.Wire;

namespace TahoChat.GroqEmulator.Replies;

/// <summary>A reply where the request wants a JSON object.</summary>
internal static class JsonReply
{
    private sealed record Reply(string Answer, string Topic, int Turn, string Source);

    public static string Write(Prompt prompt) => JsonSerializer.Serialize(
        new Reply(
            $"You wrote: {Prompt.Shorten(prompt.Text)}",
            prompt.Topic,
            prompt.Turn,
            "TahoChat's offline emulator; set GROQ_API_KEY for real answers"),
        GroqJson.Options);

    /// <summary>A reply that fits the schema; its texts are what the message is about.</summary>
    public static string Write(Prompt prompt, JsonElement schema) =>
        new SchemaSample(schema, _ => prompt.Topic).Make()?.ToJsonString(GroqJson.Options) ?? "null";

    /// <summary>What Groq answers where the reply is no JSON; null where it is.</summary>
    /// <param name="isCut">Whether the tokens did not suffice for the whole reply.</param>
    public static GroqError? Failure(string reply, bool isCut)
    {
        const string Code = "json_validate_failed";
        if (isCut) return new GroqError("max completion tokens reached before generating a valid document", GroqError.InvalidRequest, Code) { FailedGeneration = "" };
        try
        {
            _ = JsonElement.Parse(reply);
            return null;
        }
        catch (JsonException)
        {
            return new GroqError(
                "Failed to generate JSON. Please adjust your prompt. See 'failed_generation' for more details.", GroqError.InvalidRequest, Code)
            {
                FailedGeneration = reply,
            };
        }
    }
}
