using TahoChat.GroqEmulator.Completions;

namespace TahoChat.GroqEmulator.Faults;

/// <summary>What goes wrong with a request.</summary>
internal abstract record Fault(string Name)
{
    /// <summary>An answer other than 200 with a completion.</summary>
    public abstract record Answer(string Name) : Fault(Name)
    {
        public abstract Task WriteAsync(FaultContext context, CancellationToken cancellationToken);
    }

    /// <summary>Nothing comes after the headers.</summary>
    public sealed record Silent(string Name) : Fault(Name);

    /// <summary>Strikes a stream after some tokens of content; nothing follows it.</summary>
    public sealed record MidStream(string Name, MidStreamStrike Strike) : Fault(Name);
}

/// <summary>Breaks a stream. When it returns, the response ends.</summary>
internal delegate Task MidStreamStrike(StrikeContext struck, CancellationToken cancellationToken);

/// <summary>The stream that a fault strikes.</summary>
internal sealed record StrikeContext(CompletionStream Stream, HttpContext Http, TimeProvider Time);

/// <summary>The request that a fault strikes.</summary>
internal sealed record FaultContext(HttpContext Http, string Model, string? RetryAfter);
