using static TahoChat.GroqEmulator.Faults.FaultMoment;

namespace TahoChat.GroqEmulator.Faults;

/// <summary>The first event comes late, or never. Times are those of the directive <c>wait</c> where it is there.</summary>
internal sealed record LateFault(FaultDescription About, TimeSpan BeforeHeaders, TimeSpan AfterHeaders, bool Comments = false) : Fault(About)
{
    private static readonly TimeSpan _betweenComments = TimeSpan.FromMilliseconds(250);

    /// <summary>Waits before and after the headers, which have been set.</summary>
    public async Task StartAsync(HttpContext http, TimeSpan? wait, TimeProvider time, CancellationToken cancellationToken)
    {
        if (BeforeHeaders != TimeSpan.Zero) await Task.Delay(wait ?? BeforeHeaders, time, cancellationToken);
        if (AfterHeaders == TimeSpan.Zero) return;
        await http.Response.BodyWriter.FlushAsync(cancellationToken);
        if (Comments) await CommentsAsync(http, time, cancellationToken);
        await Task.Delay(wait ?? AfterHeaders, time, cancellationToken);
    }

    /// <summary>Both waits, where nothing streams.</summary>
    public Task WaitAsync(TimeSpan? wait, TimeProvider time, CancellationToken cancellationToken) =>
        Task.Delay(wait ?? (BeforeHeaders == TimeSpan.Zero ? AfterHeaders : BeforeHeaders), time, cancellationToken);

    /// <summary>A comment every quarter of a second until the client goes.</summary>
    public static async Task CommentsAsync(HttpContext http, TimeProvider time, CancellationToken cancellationToken)
    {
        while (true)
        {
            await http.Response.Body.WriteAsync(": still working\n\n"u8.ToArray(), cancellationToken);
            await http.Response.Body.FlushAsync(cancellationToken);
            await Task.Delay(_betweenComments, time, cancellationToken);
        }
    }
}

internal static class LateFaults
{
    public static IReadOnlyList<Fault> All { get; } =
    [
        new LateFault(new("mute", "The request is taken and never answered", BeforeContent), Timeout.InfiniteTimeSpan, TimeSpan.Zero),
        Headers(9, Harmless),
        Headers(12, Harmless),
        Headers(35, BeforeContent),
        new LateFault(new("late-first", "Headers at once, the first event after 12 s", Harmless), TimeSpan.Zero, TimeSpan.FromSeconds(12)),
        new LateFault(new("silent", "Headers at once, then nothing", BeforeContent), TimeSpan.Zero, Timeout.InfiniteTimeSpan),
        new LateFault(new("comments", "Headers at once, then comments for ever", BeforeContent), TimeSpan.Zero, Timeout.InfiniteTimeSpan, Comments: true),
    ];

    private static LateFault Headers(int seconds, FaultMoment moment) =>
        new(new($"late-{seconds}", $"Headers after {seconds} s", moment), TimeSpan.FromSeconds(seconds), TimeSpan.Zero);
}
