using System.Text.Json;
using TahoChat.GroqEmulator.Wire;

namespace TahoChat.GroqEmulator.Completions;

/// <summary>Validates <c>response_format</c>, as console.groq.com/docs/structured-outputs has it.</summary>
internal static class FormatReader
{
    private const int DeepestLevel = 32;

    public static ResponseFormat Read(RequestFields fields)
    {
        if (fields.Record("response_format") is not { } format) return ResponseFormat.Text;
        var given = new RequestFields(format);
        var type = given.Word("type", "text", "json_object", "json_schema")
            ?? throw RequestFields.Wrong("response_format", "property 'type' is missing");
        if (type != "json_schema") return new ResponseFormat(type);
        var wanted = new RequestFields(given.Record("json_schema") ?? throw Missing("response_format", "json_schema"));
        var name = wanted.Word("name") ?? throw Missing("response_format.json_schema", "name");
        var schema = wanted.Record("schema") ?? throw Missing("response_format.json_schema", "schema");
        if (wanted.Flag("strict") is true) CheckStrict(schema, name, "", 0);
        return new ResponseFormat(type, schema.Clone());
    }

    /// <summary>A strict schema lists all of each object's properties as required, and allows no others.</summary>
    private static void CheckStrict(JsonElement schema, string name, string path, int level)
    {
        if (schema.ValueKind == JsonValueKind.Object && level <= DeepestLevel)
        {
            if (schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object)
                CheckObject(schema, properties, name, path);
            foreach (var child in schema.EnumerateObject()) CheckStrict(child.Value, name, $"{path}/{child.Name}", level + 1);
        }
        else if (schema.ValueKind == JsonValueKind.Array)
        {
            foreach (var (index, item) in schema.EnumerateArray().Index()) CheckStrict(item, name, $"{path}/{index}", level + 1);
        }
    }

    private static void CheckObject(JsonElement schema, JsonElement properties, string name, string path)
    {
        if (!schema.TryGetProperty("additionalProperties", out var others) || others.ValueKind != JsonValueKind.False)
            throw Invalid(name, path, "`additionalProperties:false` must be set on every object");
        var required = schema.TryGetProperty("required", out var names) && names.ValueKind == JsonValueKind.Array
            ? names.EnumerateArray().Select(required => required.ToString()).ToHashSet()
            : [];
        if (properties.EnumerateObject().Any(property => !required.Contains(property.Name)))
            throw Invalid(name, path, "`required` is required to be supplied and to be an array including every key in properties");
    }

    private static GroqErrorException Invalid(string name, string path, string rule) =>
        new($"invalid JSON schema for response_format: '{name}': {(path.Length == 0 ? "/" : path)}: {rule}", "response_format");

    private static GroqErrorException Missing(string path, string name) => RequestFields.Wrong(path, $"property '{name}' is missing");
}
