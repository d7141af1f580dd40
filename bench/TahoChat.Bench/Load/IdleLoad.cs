namespace TahoChat.Bench.Load;

/// <summary>Sockets that are open, until a line is typed.</summary>
internal static class IdleLoad
{
    public static async Task<LoadReport> RunAsync(LoadOrder order, CancellationToken cancellationToken)
    {
        var wires = await LoadProgram.ConnectAsync(order, order.Connections, cancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(order.WarmUp), cancellationToken);
        Console.WriteLine(LoadProgram.Begin);
        await Console.In.ReadLineAsync(cancellationToken);
        Console.WriteLine(LoadProgram.End);
        foreach (var wire in wires) wire.Dispose();
        return new LoadReport { Count = wires.Length };
    }
}
