using System.Diagnostics;

namespace TahoChat.Api.Telemetry;

/// <summary>The spans of a turn.</summary>
internal static class ChatTelemetry
{
    public static readonly ActivitySource Source = new("TahoChat.Chat");

    /// <summary>A turn's span: a child of the browser's <paramref name="traceParent"/> where there is one, else a new
    /// root; linked to the connection's span either way, which lasts as long as the socket.</summary>
    public static Activity? StartTurn(string? traceParent)
    {
        var connection = Activity.Current;
        Activity.Current = null;
        try
        {
            ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent);
            ActivityLink[] links = connection is null ? [] : [new ActivityLink(connection.Context)];
            return Source.StartActivity("turn", ActivityKind.Server, parent, links: links);
        }
        finally
        {
            Activity.Current = connection;
        }
    }
}
