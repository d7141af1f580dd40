using System.Text;
using System.Text.Json;
using CsCheck;
using TahoChat.Api.Chat.Protocol;

namespace TahoChat.Tests.Properties;

/// <summary>Whatever bytes come, the decoder gives a command that is one, or none; it never throws.</summary>
public sealed class FrameTests
{
    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly string[] _fields =
    [
        "type", "message", "conversation_id", "client_message_id", "parent_id", "model", "reasoning_effort", "attachment_ids",
        "traceparent", "system_prompt", "temperature", "max_completion_tokens", "message_id", "revision", "offset", "reasoning_offset", "unheard_of",
    ];

    private static readonly string[] _types =
        ["send", "watch", "unwatch", "stop", "regenerate", "edit", "continue", "select", "remove", "resume", "ping", "Watch", "", "no such"];

    private static readonly Gen<string> _string = Gen.OneOf(
        Gen.String[Gen.Char[' ', '~'], 0, 8].Select(text => JsonSerializer.Serialize(text)),
        Gen.Int[0, _types.Length - 1].Select(number => $"\"{_types[number]}\""),
        Gen.Const("\"\\ud83c\""), Gen.Const("\"\\ud83c\\udf0a\""), Gen.Const("\"\\u0000\""), Gen.Const("\"gr\u00fc\u00df\""));

    private static readonly Gen<string> _value = Gen.Frequency(
        (4, _string), (5, Gen.Long.Select(number => $"{number}")), (3, Gen.Int[-3, 100].Select(number => $"{number}")), (1, Gen.Const("null")),
        (1, Gen.Const("true")), (1, Gen.Const("1.5")), (1, Gen.Const("1e99999")), (1, Gen.Const("[]")), (1, Gen.Const("[\"a\",1]")),
        (1, Gen.Const("{\"type\":\"ping\"}")), (1, Gen.Int[20, 40].Select(depth => new string('[', depth) + new string(']', depth))));

    private static readonly Gen<string> _object = Gen.Select(Gen.Int[0, _fields.Length - 1], _value).Array[0, 7].Select(fields =>
        "{" + string.Join(',', fields.Select(field => $"\"{_fields[field.Item1]}\":{field.Item2}")) + "}");

    // Some of the time a type, so that the fields have a meaning.
    private static readonly Gen<string> _frame = Gen.Frequency(
        (3, _object),
        (4, Gen.Select(_object, Gen.Int[0, _types.Length - 1]).Select((rest, type) => $"{{\"type\":\"{_types[type]}\"{(rest == "{}" ? "" : ",")}{rest[1..]}")));

    [Fact]
    public void Arbitrary_bytes_are_a_command_or_none() => Gen.Byte.Array[0, 200].Sample(Check, iter: 20_000);

    [Fact]
    public void Frames_of_any_fields_are_a_command_or_none() => _frame.Sample(frame => Check(Encoding.UTF8.GetBytes(frame)), iter: 20_000);

    [Fact]
    public void Frames_with_broken_bytes_are_a_command_or_none() =>
        Gen.Select(_frame, Gen.Select(Gen.Int[0, 300], Gen.Byte, Gen.Int[0, 2]).Array[1, 4]).Sample((frame, breaks) =>
        {
            var bytes = Encoding.UTF8.GetBytes(frame).ToList();
            foreach (var (place, value, kind) in breaks)
            {
                var at = bytes.Count == 0 ? 0 : place % bytes.Count;
                if (kind == 0) bytes.Insert(at, value);
                else if (kind == 1 && bytes.Count > 0) bytes[at] = value;
                else if (bytes.Count > 0) bytes.RemoveRange(at, bytes.Count - at);
            }

            Check([.. bytes]);
        }, iter: 20_000);

    private static void Check(byte[] bytes)
    {
        if (ChatFrames.Read(bytes) is not { } command) return;
        // What is a command is one JSON object, says its own kind and has what that needs; its texts are valid.
        using var frame = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 32 });
        Assert.Equal(Last(frame, "type")?.GetString() ?? "send", Type(command));
        foreach (var (name, value) in Values(command)) Assert.Equal(value, Last(frame, name)?.GetInt64());
        foreach (var text in Texts(command)) _strict.GetBytes(text);
    }

    /// <summary>The value of a field, of which the last one counts.</summary>
    private static JsonElement? Last(JsonDocument frame, string name) =>
        frame.RootElement.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static string Type(Command command) => command switch
    {
        ReplyCommand reply => reply.Continues ? "continue" : "regenerate",
        _ => command.GetType().Name.Replace("Command", "", StringComparison.Ordinal).ToLowerInvariant(),
    };

    /// <summary>The ids of a command, which the frame has to have said.</summary>
    private static IEnumerable<(string Name, long? Value)> Values(Command command) => command switch
    {
        SendCommand { Frame: var frame } => [("conversation_id", frame.ConversationId), ("parent_id", frame.ParentId)],
        WatchCommand watch => [("conversation_id", watch.ConversationId), ("message_id", watch.MessageId)],
        UnwatchCommand unwatch => [("conversation_id", unwatch.ConversationId)],
        StopCommand stop => [("conversation_id", stop.ConversationId), ("message_id", stop.MessageId)],
        ReplyCommand reply => [("conversation_id", reply.Frame.ConversationId!.Value), ("message_id", reply.MessageId)],
        EditCommand edit => [("conversation_id", edit.Frame.ConversationId!.Value), ("message_id", edit.MessageId)],
        SelectCommand select => [("conversation_id", select.ConversationId), ("message_id", select.MessageId)],
        RemoveCommand remove => [("conversation_id", remove.ConversationId), ("message_id", remove.MessageId)],
        ResumeCommand resume => [("conversation_id", resume.ConversationId)],
        _ => [],
    };

    private static IEnumerable<string> Texts(Command command) =>
        (command switch { SendCommand send => send.Frame, ReplyCommand reply => reply.Frame, EditCommand edit => edit.Frame, _ => null }) is { } frame
            ? new[] { frame.Message, frame.ClientMessageId, frame.Model, frame.ReasoningEffort, frame.SystemPrompt, frame.Traceparent }.OfType<string>()
            : [];
}
