using TahoChat.GroqEmulator.Directives;
using TahoChat.GroqEmulator.Faults;
using TahoChat.GroqEmulator.Models;
using TahoChat.GroqEmulator.Record;

namespace TahoChat.GroqEmulator.Completions;

/// <summary>A completion on its way out.</summary>
internal sealed record CompletionJob(
    CompletionRequest Request,
    GroqModel Model,
    RequestDirectives Directives,
    CompletionPlan Plan,
    Fault? Fault,
    RequestEntry Entry,
    string RequestId,
    double TokensPerSecond);

/// <summary>Sends a completion as events.</summary>
internal static class StreamedAnswer
{
    public static async Task WriteAsync(HttpContext http, CompletionJob job, TimeProvider time, CancellationToken cancellationToken)
    {
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-cache";
        if (job.Fault is Fault.Silent)
        {
            await http.Response.BodyWriter.FlushAsync(cancellationToken);
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
        }

        using var stream = new CompletionStream(http.Response.BodyWriter, time, job.RequestId, job.Model.Id);
        var meter = new UsageMeter(time, job.Plan);
        stream.Role(job.Plan.Seed);
        if (job.Fault is Fault.MidStream fault)
        {
            var end = job.Plan.Reasoning.Count + Math.Min(job.Directives.After, job.Plan.Content.Count);
            await WriteTokensAsync(stream, job, end, time, cancellationToken);
            await fault.Strike(new StrikeContext(stream, http, time), cancellationToken);
            return;
        }

        await WriteTokensAsync(stream, job, job.Plan.Tokens, time, cancellationToken);
        var usage = meter.Read();
        stream.Finish(job.Plan.FinishReason, usage);
        if (job.Request.IncludeUsage) stream.Usage(usage);
        stream.Done();
        await stream.FlushAsync(cancellationToken);
    }

    private static async Task WriteTokensAsync(
        CompletionStream stream, CompletionJob job, int end, TimeProvider time, CancellationToken cancellationToken)
    {
        var pacer = new Pacer(time, job.TokensPerSecond);
        for (var next = 0; next < end;)
        {
            var batchEnd = Math.Min(end, next + await pacer.NextAsync(cancellationToken));
            job.Entry.AddTokens(batchEnd - next);
            for (; next < batchEnd; next++) WriteToken(stream, job.Plan, next);
            await stream.FlushAsync(cancellationToken);
        }
    }

    private static void WriteToken(CompletionStream stream, CompletionPlan plan, int index)
    {
        if (index >= plan.Reasoning.Count) stream.Content(plan.Content[index - plan.Reasoning.Count]);
        else if (plan.ShowsReasoning) stream.Reasoning(plan.Reasoning[index], plan.Channel);
    }
}
