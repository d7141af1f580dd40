using static TahoChat.GroqEmulator.Faults.FaultMoment;

namespace TahoChat.GroqEmulator.Faults;

/// <summary>The connection breaks before there is an answer.</summary>
internal sealed record ConnectionFault(FaultDescription About, Func<RawConnection, CancellationToken, Task> Strike) : Fault.Answer(About)
{
    public override Task WriteAsync(FaultContext context, CancellationToken cancellationToken) =>
        Strike(new RawConnection(context.Http), cancellationToken);
}

internal static class ConnectionFaults
{
    public static IReadOnlyList<Fault> All { get; } =
    [
        Of("reset-at-once", "The connection is reset before an answer", (connection, _) =>
        {
            connection.Reset();
            return Task.CompletedTask;
        }),
        Of("close-at-once", "The connection ends before an answer", (connection, _) => connection.CloseAsync()),
        Of("cut-head", "The connection ends inside the headers of the answer", async (connection, cancellationToken) =>
        {
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: text/ev"u8.ToArray(), cancellationToken);
            await connection.CloseAsync();
        }),
        Of("no-http", "The answer is no HTTP", async (connection, cancellationToken) =>
        {
            await connection.SendAsync("SSH-2.0-OpenSSH_9.6\r\n\r\n"u8.ToArray(), cancellationToken);
            await connection.CloseAsync();
        }),
    ];

    private static ConnectionFault Of(string name, string description, Func<RawConnection, CancellationToken, Task> strike) =>
        new(new FaultDescription(name, description, BeforeContent), strike);
}
