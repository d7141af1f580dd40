using System.Diagnostics;

namespace TahoChat.Api.Telemetry;

/// <summary>Where our spans come from, and how they begin.</summary>
internal static class ChatTelemetry
{
    public static readonly ActivitySource Source = new("TahoChat.Chat", Health.HealthApi.Version);

    /// <summary>From a command's arrival to its acknowledgement; the turn's child.</summary>
    public static Activity? StartReceive() => Source.StartActivity("receive");

    /// <summary>The writing of a conversation's title: a trace of its own, linked to the <paramref name="turn"/> that gave
    /// cause to it. Nobody waits for it, it ends after the turn, and its tokens are not the reply's.</summary>
    public static Activity? StartTitle(long conversationId, ActivityContext? turn)
    {
        Activity.Current = null;
        var activity = Source.StartActivity(
            "title", ActivityKind.Internal, default(ActivityContext), links: turn is { } cause ? [new ActivityLink(cause)] : null);
        return activity?.SetTag(Conventions.TahoChat.ConversationId, conversationId)
            .SetTag(Conventions.GenAi.ConversationId, Text(conversationId));
    }

    /// <summary>While a turn waits for the reply before it.</summary>
    public static Activity? StartQueue(Activity turn)
    {
        var current = Activity.Current;
        var activity = Source.StartActivity("queue", ActivityKind.Internal, turn.Context);
        Activity.Current = current;
        return activity;
    }

    /// <summary>A span that is there whatever the sampler says: what it belongs to has a trace id in any case.</summary>
    /// <param name="name">Of the span.</param>
    /// <param name="kind">Of the span.</param>
    /// <param name="parent">Default for a new root.</param>
    /// <param name="links">To other traces.</param>
    public static Activity StartAlways(string name, ActivityKind kind, ActivityContext parent, ActivityLink[] links)
    {
        var current = Activity.Current;
        Activity.Current = null;
        try
        {
            return Source.StartActivity(name, kind, parent, links: links) ?? StartUnrecorded(name, parent);
        }
        finally
        {
            Activity.Current = current;
        }
    }

    /// <summary>Ends a span that was begun elsewhere: its end would put what was current there in the place of what is current
    /// here.</summary>
    public static void End(this Activity activity)
    {
        var current = Activity.Current;
        activity.Dispose();
        if (current != activity) Activity.Current = current is { IsStopped: false } ? current : null;
    }

    /// <summary>Marks a span as failed. The status says the code, nothing of anybody's text.</summary>
    public static void Fail(this Activity activity, string code) =>
        activity.SetTag(Conventions.ErrorType, code).SetStatus(ActivityStatusCode.Error, code);

    public static string Text(long id) => id.ToString(System.Globalization.CultureInfo.InvariantCulture);

    // A sampler that drops a child, and a disabled SDK, give no activity at all.
    private static Activity StartUnrecorded(string name, ActivityContext parent)
    {
        var activity = new Activity(name) { IsAllDataRequested = false };
        if (parent != default) activity.SetParentId(parent.TraceId, parent.SpanId, parent.TraceFlags & ~ActivityTraceFlags.Recorded);
        return activity.Start();
    }
}
