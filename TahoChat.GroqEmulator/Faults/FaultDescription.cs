namespace TahoChat.GroqEmulator.Faults;

/// <summary>When a fault strikes.</summary>
public enum FaultMoment
{
    /// <summary>Before any text of the reply: the client may send the request again.</summary>
    BeforeContent,

    /// <summary>After some tokens of content (the directive <c>after</c>).</summary>
    AfterContent,

    /// <summary>The answer is odd, and whole: a client that is worth its name reads all of it.</summary>
    Harmless,
}

/// <summary>One fault as people choose it.</summary>
/// <param name="Name">What <c>fault=NAME</c> takes.</param>
/// <param name="Description">One line, without a full stop.</param>
/// <param name="Moment">When it strikes.</param>
public sealed record FaultDescription(string Name, string Description, FaultMoment Moment);
