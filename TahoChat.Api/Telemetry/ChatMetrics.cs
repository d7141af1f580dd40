using System.Diagnostics;
using System.Diagnostics.Metrics;
using TahoChat.Api.Attachments;
using TahoChat.Api.Data;
using TahoChat.Api.Generations;
using TahoChat.Api.Tools;

namespace TahoChat.Api.Telemetry;

/// <summary>What happens in the chat, in numbers. Instruments that nobody listens to cost a comparison each.</summary>
public sealed class ChatMetrics
{
    /// <summary>The name to listen to.</summary>
    public const string MeterName = "TahoChat.Chat";

    private readonly Counter<long> _replies;
    private readonly Histogram<double> _replyDuration;
    private readonly Histogram<double> _firstText;
    private readonly Histogram<double> _queueTime;
    private readonly Histogram<double> _ownTime;
    private readonly Counter<long> _refusals;
    private readonly Histogram<int> _sliceSize;
    private readonly Histogram<double> _checkpointDuration;
    private readonly Histogram<long> _checkpointSize;
    private readonly Histogram<double> _writeWait;
    private readonly Histogram<double> _commitDuration;
    private readonly Histogram<int> _commitSize;
    private readonly Histogram<double> _toolDuration;
    private readonly Histogram<long> _attachmentSize;
    private readonly Counter<long> _backups;
    private readonly BoundedNames _models = new();
    private readonly BoundedNames _tools = new();

    public ChatMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        InstrumentAdvice<double> operation = new() { HistogramBucketBoundaries = Buckets.Operation };
        InstrumentAdvice<double> disk = new() { HistogramBucketBoundaries = Buckets.Disk };
        InstrumentAdvice<int> counts = new() { HistogramBucketBoundaries = Buckets.Counts };
        _replies = meter.CreateCounter<long>("tahochat.replies", "{reply}", "Replies that ended, by how.");
        _replyDuration = meter.CreateHistogram("tahochat.reply.duration", "s", "From the send to the saved end of a reply.", null, operation);
        _firstText = meter.CreateHistogram("tahochat.reply.time_to_first_token", "s", "From the send to the first text of a reply.", null, operation);
        _queueTime = meter.CreateHistogram("tahochat.reply.queue_time", "s", "How long replies waited behind another in their conversation.", null, operation);
        _ownTime = meter.CreateHistogram("tahochat.reply.own_time", "s", "What we added to a reply's time ourselves: saving, reading the history, finishing.", null, disk);
        _refusals = meter.CreateCounter<long>("tahochat.sends.refused", "{send}", "Sends, edits and the like that were refused.");
        _sliceSize = meter.CreateHistogram("tahochat.slice.size", "{character}", "UTF-16 units of text in the slices that were sent to watchers.", null, new InstrumentAdvice<int> { HistogramBucketBoundaries = Buckets.Slices });
        _checkpointDuration = meter.CreateHistogram("tahochat.checkpoint.duration", "s", "From the beginning of a checkpoint to its commit.", null, disk);
        _checkpointSize = meter.CreateHistogram("tahochat.checkpoint.size", "By", "Text that a checkpoint wrote, of all replies together.", null, new InstrumentAdvice<long> { HistogramBucketBoundaries = Buckets.Text });
        _writeWait = meter.CreateHistogram("tahochat.database.write.wait", "s", "How long a write waited for the writer.", null, disk);
        _commitDuration = meter.CreateHistogram("tahochat.database.commit.duration", "s", "How long a transaction took, its writes included.", null, disk);
        _commitSize = meter.CreateHistogram("tahochat.database.commit.size", "{write}", "Writes that shared a transaction.", null, counts);
        _toolDuration = meter.CreateHistogram("tahochat.tool.duration", "s", "How long tool calls took.", null, operation);
        _attachmentSize = meter.CreateHistogram("tahochat.attachment.size", "By", "Files that were uploaded.", null, new InstrumentAdvice<long> { HistogramBucketBoundaries = Buckets.Files });
        _backups = meter.CreateCounter<long>("tahochat.backups", "{backup}", "Backups of the database, by schedule and by hand.");
    }

    /// <summary>A backup was made, or could not be.</summary>
    internal void BackedUp(bool done)
    {
        if (done) _backups.Add(1);
        else _backups.Add(1, new KeyValuePair<string, object?>(Conventions.ErrorType, "storage_failed"));
    }

    /// <summary>A reply ended, and that is saved.</summary>
    internal void ReplyEnded(TurnStory story)
    {
        TagList tags = new() { { Conventions.TahoChat.MessageStatus, story.StatusName }, { Conventions.TahoChat.TurnKind, story.Kind } };
        TagList timed = tags;
        if (story.End.Error is { } error) tags.Add(Conventions.ErrorType, error.Code);
        _replies.Add(1, in tags);
        timed.Add(Conventions.GenAi.RequestModel, _models.Of(story.Model));
        _replyDuration.Record(story.Duration.TotalSeconds, in timed);
        if (story.FirstText is { } first) _firstText.Record(first, new KeyValuePair<string, object?>(Conventions.GenAi.RequestModel, _models.Of(story.Model)));
        if (story.End.Receipt?.OwnTime is { } own) _ownTime.Record(own);
        if (story.Waited is { } waited) _queueTime.Record(waited.TotalSeconds);
    }

    /// <summary>A command that would have begun a reply wrote nothing.</summary>
    internal void Refused(string kind, string code) =>
        _refusals.Add(1, new(Conventions.TahoChat.TurnKind, kind), new(Conventions.ErrorType, code));

    /// <summary>A slice went to a watcher. Called for each: no attributes, no allocation.</summary>
    internal void Sliced(in Slice slice)
    {
        if (_sliceSize.Enabled) _sliceSize.Record(slice.Content.Length + slice.Reasoning.Length);
    }

    /// <summary>A checkpoint is over; <paramref name="code"/> says why it failed, where it did.</summary>
    internal void Checkpointed(TimeSpan took, long bytes, string? code = null)
    {
        if (code is null) _checkpointSize.Record(bytes);
        Record(_checkpointDuration, took, code);
    }

    /// <summary>A transaction is over.</summary>
    internal void Committed(TimeSpan took, int writes, string? code)
    {
        _commitSize.Record(writes);
        Record(_commitDuration, took, code);
    }

    /// <summary>The writer took a piece of work up.</summary>
    internal void WriteWaited(TimeSpan wait) => _writeWait.Record(wait.TotalSeconds);

    /// <summary>A tool call is over. The name is the model's: <paramref name="tool"/> is null where there is no such tool.</summary>
    internal void ToolCalled(Tool? tool, ToolCallState state, TimeSpan took) => _toolDuration.Record(
        took.TotalSeconds,
        new(Conventions.GenAi.ToolName, tool is null ? BoundedNames.Other : _tools.Of(tool.Name)),
        new(Conventions.TahoChat.ToolState, SnakeCase.From(state.ToString())));

    /// <summary>A file was uploaded.</summary>
    internal void Attached(AttachmentKind kind, long bytes) =>
        _attachmentSize.Record(bytes, new KeyValuePair<string, object?>(Conventions.TahoChat.AttachmentKind, SnakeCase.From(kind.ToString())));

    private static void Record(Histogram<double> histogram, TimeSpan took, string? code)
    {
        if (code is null) histogram.Record(took.TotalSeconds);
        else histogram.Record(took.TotalSeconds, new KeyValuePair<string, object?>(Conventions.ErrorType, code));
    }
}
