using System.Text.Json;
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
}
