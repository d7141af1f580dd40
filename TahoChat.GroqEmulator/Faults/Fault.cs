using System.IO.Pipelines;
using TahoChat.GroqEmulator.Completions;
using TahoChat.GroqEmulator.Directives;
using TahoChat.GroqEmulator.Wire;

namespace TahoChat.GroqEmulator.Faults;

/// <summary>What goes wrong with a request.</summary>
internal abstract record Fault(FaultDescription About)
{
    public string Name => About.Name;

    /// <summary>What the fault wants of the reply, where the request does not say.</summary>
    public virtual RequestDirectives Adjust(RequestDirectives directives) => directives;

    /// <summary>An answer other than 200 with a stream.</summary>
    public abstract record Answer(FaultDescription About) : Fault(About)
    {
        public abstract Task WriteAsync(FaultContext context, CancellationToken cancellationToken);
    }

    /// <summary>Strikes a stream after some tokens of content.</summary>
    public sealed record MidStream(FaultDescription About, MidStreamStrike Strike, WholeStrike Whole = WholeStrike.Break) : Fault(About);

    /// <summary>A reply of a certain kind.</summary>
    public sealed record Shaped(FaultDescription About, Func<RequestDirectives, RequestDirectives> Shape) : Fault(About)
    {
        public override RequestDirectives Adjust(RequestDirectives directives) => Shape(directives);
    }

    /// <summary>The whole stream goes out through another writer, which is completed after it.</summary>
    public sealed record Wire(FaultDescription About, Func<HttpContext, Random, PipeWriter> Open, int Tokens = 0) : Fault(About)
    {
        public override RequestDirectives Adjust(RequestDirectives directives) =>
            Tokens == 0 || directives.Reply is not null ? directives : directives with { Tokens = directives.Tokens ?? Tokens };
    }
}

/// <summary>What a mid-stream fault is where nothing streams.</summary>
internal enum WholeStrike
{
    /// <summary>The connection breaks.</summary>
    Break,

    /// <summary>The error as an answer: 400.</summary>
    Error,

    /// <summary>No answer until the client goes.</summary>
    Silence,

    /// <summary>Nothing goes wrong.</summary>
    None,
}

/// <summary>Breaks a stream. When it returns, the response ends.</summary>
internal delegate Task MidStreamStrike(StrikeContext struck, CancellationToken cancellationToken);

/// <summary>The stream that a fault strikes.</summary>
internal sealed record StrikeContext(CompletionStream Stream, HttpContext Http, TimeProvider Time)
{
    public required string Model { get; init; }

    /// <summary>How the reply would have ended.</summary>
    public required string FinishReason { get; init; }

    /// <summary>The directive <c>wait</c>.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>What a fault leaves to chance; the same for the same messages.</summary>
    public required Random Random { get; init; }

    /// <summary>Sends the tokens that are left.</summary>
    public required Func<CancellationToken, Task> RestAsync { get; init; }

    /// <summary>Sends the end of an orderly stream.</summary>
    public required Func<CancellationToken, Task> EndAsync { get; init; }

    public required Func<Usage> Usage { get; init; }

    /// <summary>Sends bytes as they are.</summary>
    public async Task RawAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        Stream.Raw(bytes.Span);
        await Stream.FlushAsync(cancellationToken);
    }

    /// <summary>Sends text as it is.</summary>
    public Task RawAsync(string text, CancellationToken cancellationToken) =>
        RawAsync(System.Text.Encoding.UTF8.GetBytes(text), cancellationToken);

    /// <summary>Sends the tokens that are left, and an orderly end.</summary>
    public async Task GoOnAsync(CancellationToken cancellationToken)
    {
        await RestAsync(cancellationToken);
        await EndAsync(cancellationToken);
    }
}

/// <summary>The request that a fault strikes.</summary>
internal sealed record FaultContext(HttpContext Http, string Model, string? RetryAfter, bool Stream = true);
