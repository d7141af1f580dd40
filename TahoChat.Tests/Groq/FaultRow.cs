namespace TahoChat.Tests.Groq;

/// <summary>How a reply ends that a fault struck.</summary>
internal enum FaultEnd
{
    /// <summary>The reply is whole.</summary>
    Complete,

    /// <summary>Nothing of it came: an error, and the message can be sent again.</summary>
    Failed,

    /// <summary>What came is kept.</summary>
    Interrupted,
}

/// <summary>What has to come of a fault, whose reply would be <c>1 2 … 40 </c> and which strikes after <c>12 </c>.</summary>
/// <param name="Code">The error's code; of a whole reply its finish reason.</param>
/// <param name="Text">The text that is there in the end.</param>
/// <param name="Posts">How often the request was sent.</param>
internal sealed record FaultRow(string Fault, FaultEnd End, string Code, string Text, int Posts = 1)
{
    /// <summary>The settings of <see cref="FaultListTests"/>, and what they stand for: 30 s and 20 s.</summary>
    public static readonly TimeSpan FirstText = TimeSpan.FromSeconds(2.5);

    public static readonly TimeSpan Gap = TimeSpan.FromSeconds(1);

    public bool Retryable { get; init; } = true;

    /// <summary>Until when the reply has to have ended, but for two seconds.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>More directives.</summary>
    public string More { get; init; } = "";

    /// <summary>How often the request was sent by a whole server, where that looks for another model.</summary>
    public int ServerPosts { get; init; } = Posts;

    /// <summary>Whether it takes the whole server to end it.</summary>
    public bool ServerOnly { get; init; }

    /// <summary>How long the error says to wait, in seconds; null where it says nothing.</summary>
    public double? RetryAfter { get; init; }

    public string Prompt => $"{Fault} [emulator fault={Fault} after=12 reply=count:40 reasoning=0 speed=0 first=0 {More}]";

    /// <summary>The same fault before the first text.</summary>
    public FaultRow BeforeText() => this with
    {
        End = FaultEnd.Failed,
        Text = "",
        Posts = Code is "provider_disconnected" or "provider_overloaded" or "provider_error" ? 3 : 1,
        Deadline = Deadline < Gap + Gap ? FirstText : Deadline,
        More = More + " after=0",
    };
}
