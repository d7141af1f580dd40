namespace TahoChat.Api.Telemetry.Browser;

/// <summary>The caps on the spans that pages send. What is beyond a cap of a request is refused; what is beyond one of a span is cut
/// off.</summary>
internal static class BrowserTraceLimits
{
    /// <summary>Bytes of a request's body.</summary>
    public const int Body = 256 * 1024;

    /// <summary>Spans of a request; a turn has four.</summary>
    public const int Spans = 128;

    /// <summary>Attributes of a span, an event or a link.</summary>
    public const int Attributes = 32;

    /// <summary>Events of a span.</summary>
    public const int Events = 64;

    /// <summary>Links of a span.</summary>
    public const int Links = 8;

    /// <summary>Characters of a name, and of an attribute's value.</summary>
    public const int Text = 128;

    /// <summary>Requests a minute and client; a page sends one a turn.</summary>
    public const int RequestsPerMinute = 60;

    /// <summary>Requests that wait to be sent on.</summary>
    public const int Waiting = 64;

    /// <summary>How long sending one on may take.</summary>
    public static readonly TimeSpan Forward = TimeSpan.FromSeconds(10);

    /// <summary>How far back a span may begin.</summary>
    public static readonly TimeSpan Oldest = TimeSpan.FromHours(24);

    /// <summary>How much the browser's clock may be ahead of ours.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromMinutes(10);
}
