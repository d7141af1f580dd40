using System.Text.Json;
using TahoChat.GroqEmulator.Wire;

namespace TahoChat.GroqEmulator.Tools;

/// <summary>Calls that Groq refuses after the model has written them: 400, or an error in the stream, with what was written.</summary>
internal static class ToolFailures
{
    private const string Code = "tool_use_failed";

    /// <summary>What is wrong with the call; null where nothing is.</summary>
    public static GroqError? Find(string name, string arguments, RequestTool? tool)
    {
        if (tool is null)
            return Failed($"tool call validation failed: attempted to call tool '{name}' which was not in request.tools", name, arguments);
        if (Parse(arguments) is not { } given) return Failed("Failed to parse tool call arguments as JSON", name, arguments);
        var mistakes = tool.Parameters is { } schema ? Mistakes(given, schema) : [];
        return mistakes.Count == 0
            ? null
            : Failed(
                $"tool call validation failed: parameters for tool {name} did not match schema: errors: [{string.Join(", ", mistakes)}]",
                name,
                arguments);
    }

    private static GroqError Failed(string message, string name, string arguments) =>
        new(message, GroqError.InvalidRequest, Code)
        {
            FailedGeneration = JsonSerializer.Serialize(new { name, arguments }, GroqJson.Options),
        };

    private static JsonElement? Parse(string arguments)
    {
        try
        {
            var parsed = JsonElement.Parse(arguments);
            return parsed.ValueKind == JsonValueKind.Object ? parsed : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static List<string> Mistakes(JsonElement given, JsonElement schema)
    {
        var mistakes = new List<string>();
        var missing = SchemaSample.Required(schema)?.Where(name => !given.TryGetProperty(name, out _)).ToList() ?? [];
        if (missing.Count > 0) mistakes.Add($"missing properties: {string.Join(", ", missing.Select(name => $"'{name}'"))}");
        if (!schema.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object) return mistakes;
        foreach (var property in given.EnumerateObject())
        {
            if (!properties.TryGetProperty(property.Name, out var expected))
            {
                if (schema.TryGetProperty("additionalProperties", out var others) && others.ValueKind == JsonValueKind.False)
                    mistakes.Add($"additional properties '{property.Name}' not allowed");
            }
            else if (expected.ValueKind == JsonValueKind.Object
                && expected.TryGetProperty("type", out var type)
                && type.ValueKind == JsonValueKind.String
                && !Fits(property.Value, type.GetString()!))
            {
                mistakes.Add($"`/{property.Name}`: expected {type.GetString()}, but got {NameOf(property.Value)}");
            }
        }

        return mistakes;
    }

    private static bool Fits(JsonElement value, string type) =>
        NameOf(value) == type || (type == "integer" && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _));

    private static string NameOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        var kind => kind.ToString().ToLowerInvariant(),
    };
}
