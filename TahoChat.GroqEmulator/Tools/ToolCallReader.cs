using System.Text.Json;
using TahoChat.GroqEmulator.Completions;
using TahoChat.GroqEmulator.Wire;

namespace TahoChat.GroqEmulator.Tools;

/// <summary>Validates the calls in an assistant's message.</summary>
internal static class ToolCallReader
{
    /// <summary>The calls' ids and the tools they name; none where the message calls nothing.</summary>
    /// <exception cref="GroqErrorException">A call is not as the service itself writes them.</exception>
    public static IReadOnlyList<(string Id, string Name)> Read(RequestFields message, string path) =>
        message.List("tool_calls", int.MaxValue) is not { } calls
            ? []
            : [.. calls.EnumerateArray().Select((call, index) => ReadOne(call, $"{path}.tool_calls.{index}"))];

    private static (string Id, string Name) ReadOne(JsonElement call, string path)
    {
        if (call.ValueKind != JsonValueKind.Object) throw RequestFields.Wrong(path, "value must be an object");
        var fields = new RequestFields(call);
        var id = fields.Word("id") ?? throw Missing(path, "id");
        if (fields.Word("type") is not "function") throw RequestFields.Wrong(path, "discriminator property 'type' has invalid value");
        var function = new RequestFields(fields.Record("function") ?? throw Missing(path, "function"));
        var name = function.Word("name") ?? throw Missing($"{path}.function", "name");
        if (function.Word("arguments") is null) throw Missing($"{path}.function", "arguments");
        return (id, name);
    }

    private static GroqErrorException Missing(string path, string name) => RequestFields.Wrong(path, $"property '{name}' is missing");
}
