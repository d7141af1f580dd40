using static TahoChat.GroqEmulator.Faults.FaultMoment;
using static TahoChat.GroqEmulator.Faults.MidStreamStrikes;

namespace TahoChat.GroqEmulator.Faults;

/// <summary>Errors that come inside a stream.</summary>
internal static class EventFaults
{
    public static IReadOnlyList<Fault> All { get; } =
    [
        new Fault.MidStream(new("error", "event: error, as seen of Groq, and nothing after it", AfterContent), ErrorEventAsync, WholeStrike.Error),
        Of("error-overloaded", "event: error with a 503 that names the organisation", $"event: error\ndata: {Overloaded}\n\n"),
        Of("data-error", "A chunk that is an error", $"data: {Overloaded}\n\n"),
        new Fault.MidStream(new("x_groq.error", "A chunk whose x_groq holds an error", AfterContent), XGroqErrorAsync, WholeStrike.Error),
        new Fault.MidStream(
            new("error-then-more", "An error, and then the rest as if nothing had been", AfterContent),
            async (struck, cancellationToken) =>
            {
                await struck.RawAsync($"event: error\ndata: {Overloaded}\n\n", cancellationToken);
                await struck.GoOnAsync(cancellationToken);
            },
            WholeStrike.Error),
    ];

    private static Fault.MidStream Of(string name, string description, string events) => new(
        new FaultDescription(name, description, AfterContent),
        (struck, cancellationToken) => struck.RawAsync(events, cancellationToken),
        WholeStrike.Error);

    private static async Task ErrorEventAsync(StrikeContext struck, CancellationToken cancellationToken)
    {
        struck.Stream.ErrorEvent(MidStreamError);
        await struck.Stream.FlushAsync(cancellationToken);
    }

    private static async Task XGroqErrorAsync(StrikeContext struck, CancellationToken cancellationToken)
    {
        struck.Stream.XGroqError("over capacity: the generation was stopped");
        await struck.Stream.FlushAsync(cancellationToken);
    }
}
