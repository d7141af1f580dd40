using System.Text;

namespace TahoChat.Api.Generations;

/// <summary>The caps on what comes in, all of them; <c>docs/protocol.md</c> lists what happens beyond each.</summary>
public sealed record Limits
{
    /// <summary>Bytes of one WebSocket message.</summary>
    public const int Frame = 64 * 1024;

    /// <summary>Bytes of UTF-8 in a message's text.</summary>
    public const int Message = 48 * 1024;

    /// <summary>Bytes of UTF-8 in a system prompt or a preset: one frame holds it beside the longest message.</summary>
    public const int SystemPrompt = 12 * 1024;

    /// <summary>What a conversation may ask for as the most tokens of a reply, whatever its model.</summary>
    public const int CompletionTokens = 1024 * 1024;

    /// <summary>The highest temperature.</summary>
    public const double Temperature = 2;

    /// <summary>Presets of one owner.</summary>
    public const int Prompts = 200;

    /// <summary>Characters of a preset's name.</summary>
    public const int PromptName = 64;

    /// <summary>Characters of what is searched for.</summary>
    public const int SearchText = 1000;

    /// <summary>Addresses at which one conversation is shared at a time.</summary>
    public const int Shares = 50;

    /// <summary>Characters of a title.</summary>
    public const int Title = 255;

    /// <summary>Tags of one conversation.</summary>
    public const int Tags = 16;

    /// <summary>Characters of a tag.</summary>
    public const int TagName = 32;

    /// <summary>Bytes of UTF-8 in a reply, reasoning and content together.</summary>
    public const int Reply = 1024 * 1024;

    /// <summary>Nesting of a frame's or body's JSON.</summary>
    public const int JsonDepth = 32;

    /// <summary>Characters of a client's own message id.</summary>
    public const int ClientMessageId = 64;

    /// <summary>Messages that wait in one conversation.</summary>
    public const int WaitingMessages = 20;

    /// <summary>Watches of one socket.</summary>
    public const int Watches = 32;

    /// <summary>Frames that could not be read before a socket is closed; this one is the last.</summary>
    public const int BadFrames = 5;

    /// <summary>Sends a minute and client.</summary>
    public int SendsPerMinute { get; init; } = 20;

    /// <summary>Growing replies of one client.</summary>
    public int GrowingReplies { get; init; } = 3;

    /// <summary>Growing replies of the whole server.</summary>
    public int ServerGrowingReplies { get; init; } = 1500;

    /// <summary>Open sockets of the whole server.</summary>
    public int Sockets { get; init; } = 12_000;

    /// <summary>How long a reader may take nothing of what is sent.</summary>
    public TimeSpan SlowReader { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long it may then take nothing of the goodbye.</summary>
    public TimeSpan SlowGoodbye { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a frame may take from its first byte to its last.</summary>
    public TimeSpan SlowFrame { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Bytes of UTF-8.</summary>
    public static int Size(string text) => Encoding.UTF8.GetByteCount(text);
}
