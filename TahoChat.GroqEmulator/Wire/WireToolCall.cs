using System.Text.Json.Serialization;

namespace TahoChat.GroqEmulator.Wire;

/// <summary>A call of a tool, whole. <paramref name="Index"/> is on the wire in a stream only.</summary>
internal sealed record WireToolCall(string Id, string Type, WireFunction Function, int? Index = null)
{
    private const int CharactersPerToken = 4;

    /// <summary>What the frame around name and arguments costs a model.</summary>
    private const int FrameTokens = 12;

    /// <summary>How many tokens it counts.</summary>
    [JsonIgnore]
    public int Tokens => FrameTokens + (Function.Name.Length + Function.Arguments.Length + CharactersPerToken - 1) / CharactersPerToken;

    public static WireToolCall Of(string name, string arguments) =>
        new($"fc_{Guid.NewGuid()}", "function", new WireFunction(name, arguments));
}

/// <summary>The function to call. <paramref name="Arguments"/> is JSON in a string.</summary>
internal sealed record WireFunction(string Name, string Arguments);
