using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace TahoChat.Tests.Promises;

/// <summary>What a client knows of one message.</summary>
internal sealed record KnownMessage(long Id, string Role, string Status, string Content = "", string Reasoning = "")
{
    public bool IsGrowing => Status is "streaming" or "queued";
}

/// <summary>A client of one conversation, as <c>docs/protocol.md</c> asks for it and no cleverer: a pure reducer over
/// frames. Its revision is what REST and <c>watching</c> said, because everything up to these has come.</summary>
internal sealed record ReferenceClient(long ConversationId, long Revision = 0)
{
    public ImmutableSortedDictionary<long, KnownMessage> Messages { get; init; } = ImmutableSortedDictionary<long, KnownMessage>.Empty;

    /// <summary>The server does not know the revision: load by REST before the next watch.</summary>
    public bool NeedsLoad { get; init; }

    public bool IsDeleted { get; init; }

    /// <summary>The first rule of the protocol that a frame broke: a gap, text that contradicts what came before, an end
    /// that came apart from its text.</summary>
    public string? Fault { get; init; }

    public int Resets { get; init; }

    public KnownMessage? Reply => Messages.Values.LastOrDefault(message => message.Role == "assistant");

    public bool HasEnded => IsDeleted || Reply is { IsGrowing: false };

    /// <summary>The frame that goes on from here.</summary>
    public JsonObject Watch()
    {
        var frame = new JsonObject { ["type"] = "watch", ["conversation_id"] = ConversationId, ["revision"] = Revision };
        if (Messages.Values.LastOrDefault(message => message.IsGrowing) is not { } growing) return frame;
        frame["message_id"] = growing.Id;
        frame["offset"] = growing.Content.Length;
        frame["reasoning_offset"] = growing.Reasoning.Length;
        return frame;
    }

    /// <summary>The answer of <c>GET /conversations/{id}</c>.</summary>
    public ReferenceClient Loaded(JsonObject conversation)
    {
        var next = this with { Revision = conversation.Number("revision"), NeedsLoad = false };
        return conversation.Messages().Aggregate(next, (client, message) => client.Told(message));
    }

    public ReferenceClient Saw(JsonObject frame)
    {
        if (frame["conversation_id"] is { } id && (long)id != ConversationId && (long)id != 0) return this;
        return (frame.Text("status") ?? frame.Text("type")) switch
        {
            "streaming" => Grown(frame),
            "complete" or "error" when frame["message_id"] is not null => Ended(frame),
            "message" => Told(frame["message"]!.AsObject()),
            "reset" => Cut(frame),
            "watching" => this with { Revision = Math.Max(Revision, frame.Number("revision")) },
            "resync" => this with { NeedsLoad = true },
            "conversation_deleted" => this with { IsDeleted = true },
            _ => this,
        };
    }

    private ReferenceClient Grown(JsonObject frame)
    {
        var id = frame.Number("message_id");
        var message = Messages.GetValueOrDefault(id) ?? new KnownMessage(id, "assistant", "streaming");
        if (!message.IsGrowing) return this;
        var (content, gap) = Put(message.Content, frame.Text("text") ?? "", (int?)frame["offset"]);
        var (reasoning, otherGap) = Put(message.Reasoning, frame.Text("reasoning") ?? "", (int?)frame["reasoning_offset"]);
        var next = message with { Content = content, Reasoning = reasoning, Status = frame.Text("message_status") ?? "streaming" };
        var known = Messages.SetItem(id, next);
        if (frame["user_message_id"] is { } asked && !known.ContainsKey((long)asked))
            known = known.Add((long)asked, new KnownMessage((long)asked, "user", "complete"));
        return this with { Messages = known, Fault = Fault ?? gap ?? otherGap };
    }

    private static (string Text, string? Fault) Put(string text, string slice, int? offset)
    {
        if (slice.Length == 0) return (text, null);
        if (offset is not { } from || from < 0 || from > text.Length) return (text, $"A slice belongs at {offset} of {text.Length} units.");
        var known = Math.Min(text.Length - from, slice.Length);
        return !text.AsSpan(from, known).SequenceEqual(slice.AsSpan(0, known))
            ? (text, $"A slice at {from} contradicts the text.")
            : (text + slice[known..], null);
    }

    private ReferenceClient Ended(JsonObject frame)
    {
        var id = frame.Number("message_id");
        if (Messages.GetValueOrDefault(id) is not { } message) return this with { Fault = Fault ?? $"Message {id} ended before it was told of." };
        return message.IsGrowing ? With(message with { Status = frame.Text("message_status")! }) : this;
    }

    private ReferenceClient Told(JsonObject told)
    {
        var (id, status) = (told.Number("id"), told.Text("status") ?? "complete");
        if (status == "removed") return this with { Messages = Messages.Remove(id) };
        var mine = Messages.GetValueOrDefault(id);
        var theirs = new KnownMessage(id, told.Text("role")!, status, told.Text("content") ?? "", told.Text("reasoning") ?? "");
        if (!theirs.IsGrowing || mine is null) return With(theirs);
        return mine.IsGrowing ? With(mine with { Status = status }) : this;
    }

    private ReferenceClient Cut(JsonObject frame)
    {
        var (offset, reasoningOffset) = ((int)frame.Number("offset"), (int)frame.Number("reasoning_offset"));
        if (Messages.GetValueOrDefault(frame.Number("message_id")) is not { } message) return this;
        return With(message with
        {
            Content = message.Content[..Math.Min(offset, message.Content.Length)],
            Reasoning = message.Reasoning[..Math.Min(reasoningOffset, message.Reasoning.Length)],
        }) with
        { Resets = Resets + 1 };
    }

    private ReferenceClient With(KnownMessage message) => this with { Messages = Messages.SetItem(message.Id, message) };
}
