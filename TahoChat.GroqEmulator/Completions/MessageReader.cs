using System.Text.Json;
using TahoChat.GroqEmulator.Images;
using TahoChat.GroqEmulator.Tools;
using TahoChat.GroqEmulator.Wire;

namespace TahoChat.GroqEmulator.Completions;

/// <summary>Validates the messages of a request.</summary>
internal static class MessageReader
{
    private const int MostImages = 5;

    private static readonly Dictionary<string, string[]> _propertiesByRole = new()
    {
        ["system"] = ["role", "content"],
        ["developer"] = ["role", "content"],
        ["user"] = ["role", "content"],
        ["assistant"] = ["role", "content", "reasoning", "tool_calls"],
        ["tool"] = ["role", "content", "tool_call_id"],
    };

    public static IReadOnlyList<RequestMessage> Read(JsonElement messages)
    {
        var read = messages.EnumerateArray().Select((message, index) => ReadOne(message, $"messages.{index}")).ToList();
        if (read.Count == 0) throw RequestFields.Wrong("messages", "minimum number of items is 1");
        CheckAnswers(read);
        return read.Sum(message => message.Images.Count) > MostImages
            ? throw new GroqErrorException($"Too many images provided. This model supports up to {MostImages} images", "messages")
            : read;
    }

    private static RequestMessage ReadOne(JsonElement message, string path)
    {
        if (message.ValueKind != JsonValueKind.Object) throw RequestFields.Wrong(path, "value must be an object");
        var role = message.TryGetProperty("role", out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        if (!_propertiesByRole.TryGetValue(role, out var allowed))
        {
            throw RequestFields.Wrong(path, "discriminator property 'role' has invalid value");
        }

        foreach (var property in message.EnumerateObject())
        {
            if (!allowed.Contains(property.Name)) throw Unmet(role, path, path, $"property '{property.Name}' is unsupported");
        }

        var fields = new RequestFields(message);
        var calls = ToolCallReader.Read(fields, path);
        var id = fields.Word("tool_call_id");
        if (role == "tool" && id is null) throw Unmet(role, path, $"{path}.tool_call_id", "property 'tool_call_id' is missing");
        fields.Word("reasoning");
        var read = fields.Find("content") is { } content ? ReadContent(role, content, path)
            : calls.Count > 0 ? new RequestMessage(role, "")
            : throw Unmet(role, path, $"{path}.content", "property 'content' is missing");
        return read with { Calls = calls, ToolCallId = id };
    }

    /// <summary>A tool's message answers a call of an assistant's message before it.</summary>
    private static void CheckAnswers(List<RequestMessage> messages)
    {
        var called = new HashSet<string>();
        for (var i = 0; i < messages.Count; i++)
        {
            foreach (var (id, _) in messages[i].Calls) called.Add(id);
            if (messages[i].ToolCallId is not { } answered || called.Contains(answered)) continue;
            throw Unmet(
                "tool", $"messages.{i}", $"messages.{i}.tool_call_id", "value must be the id of a tool call of a preceding assistant message");
        }
    }

    private static GroqErrorException Unmet(string role, string path, string where, string rule) =>
        RequestFields.Wrong(path, $"for 'role:{role}' the following must be satisfied[('{where}' : {rule})]");

    private static RequestMessage ReadContent(string role, JsonElement content, string path)
    {
        if (content.ValueKind == JsonValueKind.String) return new RequestMessage(role, content.GetString()!);
        path += ".content";
        if (content.ValueKind != JsonValueKind.Array) throw RequestFields.Wrong(path, "value must be a string or an array of parts");
        var texts = new List<string>();
        var images = new List<RequestImage>();
        foreach (var part in content.EnumerateArray())
        {
            if (part.ValueKind != JsonValueKind.Object) throw RequestFields.Wrong(path, "value must be an array of objects");
            var fields = new RequestFields(part);
            switch (fields.Word("type"))
            {
                case "text":
                    texts.Add(fields.Word("text") ?? throw RequestFields.Wrong(path, "property 'text' is missing"));
                    break;
                case "image_url" when role == "user":
                    images.Add(ImageReader.Read(fields, path));
                    break;
                default:
                    throw RequestFields.Wrong(path, "discriminator property 'type' has invalid value");
            }
        }

        return new RequestMessage(role, string.Join('\n', texts)) { Images = images };
    }
}
