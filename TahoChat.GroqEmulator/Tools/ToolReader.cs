using System.Text.Json;
using TahoChat.GroqEmulator.Completions;
using TahoChat.GroqEmulator.Wire;

namespace TahoChat.GroqEmulator.Tools;

/// <summary>Validates the tools of a request, as console.groq.com/docs/tool-use has them.</summary>
internal static class ToolReader
{
    private const int MostTools = 128;
    private const int LongestName = 64;

    public static IReadOnlyList<RequestTool> Read(RequestFields fields) =>
        fields.List("tools", MostTools) is not { } tools
            ? []
            : [.. tools.EnumerateArray().Select((tool, index) => ReadOne(tool, $"tools.{index}"))];

    /// <exception cref="GroqErrorException">It is none of the known ones, or names a tool that is not offered.</exception>
    public static ToolChoice ReadChoice(RequestFields fields, IReadOnlyList<RequestTool> tools)
    {
        if (fields.Find("tool_choice") is not { } value) return ToolChoice.Auto;
        var choice = value.ValueKind == JsonValueKind.Object ? Named(new RequestFields(value)) : Word(fields);
        if (choice.Kind is ToolChoiceKind.Required or ToolChoiceKind.Named && tools.Count == 0)
            throw RequestFields.Wrong("tool_choice", "only allowed when 'tools' are specified");
        return choice.Name is { } name && tools.All(tool => tool.Name != name)
            ? throw new GroqErrorException("requested tool does not exist", "tool_choice")
            : choice;
    }

    private static ToolChoice Word(RequestFields fields) => fields.Word("tool_choice", "none", "auto", "required") switch
    {
        "none" => new ToolChoice(ToolChoiceKind.None),
        "required" => new ToolChoice(ToolChoiceKind.Required),
        _ => ToolChoice.Auto,
    };

    private static ToolChoice Named(RequestFields choice)
    {
        if (choice.Word("type", "function") is null) throw RequestFields.Wrong("tool_choice", "property 'type' is missing");
        var function = choice.Record("function") ?? throw RequestFields.Wrong("tool_choice", "property 'function' is missing");
        var name = new RequestFields(function).Word("name") ?? throw RequestFields.Wrong("tool_choice.function", "property 'name' is missing");
        return new ToolChoice(ToolChoiceKind.Named, name);
    }

    private static RequestTool ReadOne(JsonElement tool, string path)
    {
        if (tool.ValueKind != JsonValueKind.Object) throw RequestFields.Wrong(path, "value must be an object");
        var fields = new RequestFields(tool);
        if (fields.Word("type") is not "function") throw RequestFields.Wrong(path, "discriminator property 'type' has invalid value");
        var function = new RequestFields(fields.Record("function") ?? throw RequestFields.Wrong(path, "property 'function' is missing"));
        var name = function.Word("name") ?? throw RequestFields.Wrong($"{path}.function", "property 'name' is missing");
        if (name.Length is 0 or > LongestName || !name.All(IsNameCharacter))
            throw RequestFields.Wrong($"{path}.function.name", "value must match pattern ^[a-zA-Z0-9_-]{1,64}$");
        function.Word("description");
        return new RequestTool(name, function.Record("parameters")?.Clone());
    }

    private static bool IsNameCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';
}
