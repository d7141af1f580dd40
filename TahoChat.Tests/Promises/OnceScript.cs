using System.Text.Json.Nodes;

namespace TahoChat.Tests.Promises;

/// <summary>A command that is to happen once.</summary>
/// <param name="Id">Its <c>client_message_id</c>.</param>
/// <param name="Frame">As it is sent each time.</param>
/// <param name="Text">Which message its POST asks the provider about.</param>
internal sealed record OnceCommand(string Id, JsonObject Frame, string Text);

/// <summary>How one command was answered: every acknowledgement that was read, and what was done to it.</summary>
internal sealed record OnceAnswer(OnceCommand Command, IReadOnlyList<JsonObject> Acknowledgements, int Attempts)
{
    public (long Conversation, long Message, long Reply) Turn => TurnOf(Acknowledgements[0]);

    public static (long Conversation, long Message, long Reply) TurnOf(JsonObject frame) =>
        (frame.Number("conversation_id"), frame.Number("user_message_id"), frame.Number("message_id"));
}

/// <summary>The commands of R3: sends that open conversations, sends into conversations that many share, and then the commands
/// that make siblings of what came of them.</summary>
internal sealed class OnceScript(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>A fifth opens a conversation each, the rest is spread over <paramref name="conversations"/>; of every tenth the
    /// provider breaks off the reply.</summary>
    public static List<OnceCommand> Sends(int count, IReadOnlyList<long> conversations) =>
        [.. Enumerable.Range(0, count).Select(number =>
        {
            var directives = number % 10 == 7 ? "echo=\"one two three\" fault=cut after=2" : "echo=\"ok\"";
            var frame = new JsonObject { ["message"] = $"Send {number}. [emulator {directives} first=0 reasoning=0]" };
            if (number % 5 != 0) frame["conversation_id"] = conversations[number / 3 % conversations.Count];
            return Command(frame, $"Send {number}.");
        })];

    /// <summary>Another of three kinds for every so manieth send: words in its place, another reply, or its broken reply
    /// continued.</summary>
    public static List<OnceCommand> Siblings(IReadOnlyList<OnceAnswer> sends, int every, IReadOnlySet<long> continuable)
    {
        var commands = new List<OnceCommand>();
        for (var number = 0; number < sends.Count; number += every)
        {
            var (conversation, message, reply) = sends[number].Turn;
            commands.Add((commands.Count % 2) switch
            {
                0 => Command(Frame("edit", conversation, message, $"Edit {number}. [emulator echo=\"ok\" first=0 reasoning=0]"), $"Edit {number}."),
                _ => Command(Frame("regenerate", conversation, reply), sends[number].Command.Text),
            });
        }

        commands.AddRange(sends.Where(send => continuable.Contains(send.Turn.Reply)).Take(commands.Count / 2).Select(send =>
            Command(Frame("continue", send.Turn.Conversation, send.Turn.Reply), send.Command.Text)));
        return commands;
    }

    /// <summary>How often a command is sent again.</summary>
    public int Retries()
    {
        lock (_random) return _random.Next(1, 6);
    }

    /// <summary>True with that probability.</summary>
    public bool Happens(double probability)
    {
        lock (_random) return _random.NextDouble() < probability;
    }

    private static JsonObject Frame(string type, long conversation, long message, string? text = null)
    {
        var frame = new JsonObject { ["type"] = type, ["conversation_id"] = conversation, ["message_id"] = message };
        if (text is not null) frame["message"] = text;
        return frame;
    }

    private static OnceCommand Command(JsonObject frame, string text)
    {
        var id = Guid.NewGuid().ToString();
        frame["client_message_id"] = id;
        return new OnceCommand(id, frame, text);
    }
}
