using System.Text.Json;
using System.Text.Json.Nodes;

namespace TahoChat.GroqEmulator.Tools;

/// <summary>Makes a value that fits a JSON schema: what a model would fill in, as far as an emulator can.</summary>
/// <param name="root">The whole schema, in which <c>$ref</c> looks.</param>
/// <param name="text">What a text without an example, a default or a choice becomes, from its property's name.</param>
internal sealed class SchemaSample(JsonElement root, Func<string, string> text)
{
    /// <summary>A schema that refers to itself has no end.</summary>
    private const int DeepestLevel = 12;

    public JsonNode? Make() => Make(root, "value", 0);

    private JsonNode? Make(JsonElement schema, string name, int level)
    {
        if (schema.ValueKind != JsonValueKind.Object || level > DeepestLevel) return null;
        if (Given(schema) is { } given) return JsonNode.Parse(given.GetRawText());
        if (Child(schema, "$ref") is { ValueKind: JsonValueKind.String } reference) return Make(Resolve(reference.GetString()!), name, level + 1);
        foreach (var keyword in (ReadOnlySpan<string>)["anyOf", "oneOf", "allOf"])
        {
            if (FirstOf(schema, keyword) is { } option) return Make(option, name, level + 1);
        }

        return Kind(schema) switch
        {
            "object" => MakeObject(schema, level),
            "array" => MakeArray(schema, name, level),
            "integer" => (long)Math.Ceiling(Least(schema)),
            "number" => Least(schema),
            "boolean" => true,
            "null" => null,
            _ => text(name),
        };
    }

    /// <summary>A value that the schema itself names.</summary>
    private static JsonElement? Given(JsonElement schema) =>
        Child(schema, "const") ?? FirstOf(schema, "enum") ?? Child(schema, "default") ?? FirstOf(schema, "examples");

    private static string Kind(JsonElement schema) => Child(schema, "type") switch
    {
        { ValueKind: JsonValueKind.String } type => type.GetString()!,
        { ValueKind: JsonValueKind.Array } types =>
            types.EnumerateArray().Select(type => type.ToString()).FirstOrDefault(type => type != "null") ?? "null",
        _ => Child(schema, "properties") is not null ? "object" : "string",
    };

    private JsonObject MakeObject(JsonElement schema, int level)
    {
        var made = new JsonObject();
        if (Child(schema, "properties") is not { ValueKind: JsonValueKind.Object } properties) return made;
        var required = Required(schema);
        foreach (var property in properties.EnumerateObject())
        {
            if (required is null || required.Contains(property.Name)) made[property.Name] = Make(property.Value, property.Name, level + 1);
        }

        return made;
    }

    /// <summary>Null where the schema says nothing of it.</summary>
    public static HashSet<string>? Required(JsonElement schema) =>
        Child(schema, "required") is { ValueKind: JsonValueKind.Array } names ? [.. names.EnumerateArray().Select(name => name.ToString())] : null;

    private JsonArray MakeArray(JsonElement schema, string name, int level)
    {
        var count = Child(schema, "minItems") is { } least && least.TryGetInt32(out var number) ? Math.Clamp(number, 1, 8) : 1;
        return Child(schema, "items") is { } items
            ? [.. Enumerable.Range(0, count).Select(_ => Make(items, name, level + 1))]
            : [];
    }

    private static double Least(JsonElement schema) =>
        Child(schema, "minimum") is { ValueKind: JsonValueKind.Number } least ? least.GetDouble()
        : Child(schema, "exclusiveMinimum") is { ValueKind: JsonValueKind.Number } below ? below.GetDouble() + 1
        : Child(schema, "maximum") is { ValueKind: JsonValueKind.Number } most ? Math.Min(1, most.GetDouble())
        : 1;

    private JsonElement Resolve(string reference)
    {
        var found = root;
        foreach (var step in reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Child(found, step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)) is not { } next)
                return default;
            found = next;
        }

        return found;
    }

    private static JsonElement? FirstOf(JsonElement schema, string name) =>
        Child(schema, name) is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0 ? list[0] : null;

    private static JsonElement? Child(JsonElement schema, string name) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(name, out var value) ? value : null;
}
