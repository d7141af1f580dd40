using System.Text.Json;

namespace TahoChat.Bench.Load;

/// <summary>What the load program is to do; its one argument, as JSON.</summary>
/// <param name="Kind">Which load.</param>
/// <param name="Address">Of the server that is measured.</param>
/// <param name="Protocol">What it speaks.</param>
/// <param name="Connections">Sockets at once.</param>
internal sealed record LoadOrder(LoadKind Kind, Uri Address, Protocol Protocol, int Connections)
{
    /// <summary>Chunks a second of each reply; 0 is as fast as they are taken.</summary>
    public int Rate { get; init; }

    /// <summary>Chunks of each reply, where it ends by itself.</summary>
    public int Chunks { get; init; }

    /// <summary>Seconds before the measurement, once all replies grow.</summary>
    public double WarmUp { get; init; }

    /// <summary>Seconds of the measurement.</summary>
    public double Measured { get; init; }

    /// <summary>How often, one after the other.</summary>
    public int Rounds { get; init; }

    /// <summary>Further sockets that watch each reply.</summary>
    public int Watchers { get; init; }

    /// <summary>What is asked for, where it is REST.</summary>
    public string Path { get; init; } = "/";

    public static LoadOrder Parse(string json) => JsonSerializer.Deserialize<LoadOrder>(json) ?? throw new FormatException("There is no order.");

    public override string ToString() => JsonSerializer.Serialize(this);
}

internal enum LoadKind
{
    /// <summary>Replies that grow at a rate.</summary>
    Streams,

    /// <summary>Sends, and how long the first text takes.</summary>
    FirstChunk,

    /// <summary>Sockets that are open and do nothing.</summary>
    Idle,

    /// <summary>Requests, one after the other on each connection.</summary>
    Requests,

    /// <summary>More sends than the server takes.</summary>
    Overload,
}

/// <summary>What came of it; the load program's last line, as JSON. Times are in milliseconds.</summary>
internal sealed record LoadReport
{
    /// <summary>Chunks, or requests, that came in the time of the measurement.</summary>
    public long Count { get; init; }

    /// <summary>Seconds that this took.</summary>
    public double Seconds { get; init; }

    /// <summary>Of chunks their way from the provider's write to the client's read, of sends the wait for the first text, of requests the answer.</summary>
    public double P50 { get; init; }

    public double P99 { get; init; }

    public double Longest { get; init; }

    /// <summary>Chunks that never came, or replies without an end, over the whole run.</summary>
    public long Lost { get; init; }

    /// <summary>Chunks out of their order, or twice.</summary>
    public long Misplaced { get; init; }

    /// <summary>Replies, connections or requests that failed.</summary>
    public int Errors { get; init; }

    /// <summary>The first error.</summary>
    public string? Error { get; init; }

    /// <summary>Sends that were refused with <c>overloaded</c>, and how long that took at most.</summary>
    public int Refused { get; init; }

    public double LongestRefusal { get; init; }

    public bool IsClean => Lost == 0 && Misplaced == 0 && Errors == 0;

    public double PerSecond => Seconds > 0 ? Count / Seconds : 0;
}
