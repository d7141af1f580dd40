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
        if (job.Fault is LateFault late) await late.StartAsync(http, job.Directives.Wait, time, cancellationToken);
        var wire = (job.Fault as Fault.Wire)?.Open(http, new Random(job.Plan.Seed));
        using var stream = new CompletionStream(wire ?? http.Response.BodyWriter, time, job.RequestId, job.Model.Id);
        var meter = new UsageMeter(time, job.Plan);
        stream.Role(job.Plan.Seed);
        if (job.Fault is Fault.MidStream fault)
        {
            var end = job.Plan.Reasoning.Count + Math.Min(job.Directives.After, job.Plan.Content.Count);
            await WriteTokensAsync(stream, job, 0, end, time, cancellationToken);
            await fault.Strike(Struck(stream, http, job, end, meter, time), cancellationToken);
            return;
        }

        await WriteTokensAsync(stream, job, 0, job.Plan.TextTokens, time, cancellationToken);
        await EndAsync(stream, job, meter, time, cancellationToken);
        if (wire is not null) await wire.CompleteAsync();
    }

    private static async Task EndAsync(
        CompletionStream stream, CompletionJob job, UsageMeter meter, TimeProvider time, CancellationToken cancellationToken)
    {
        if (job.Plan.Failure is { } failure)
        {
            stream.ErrorEvent(failure with { StatusCode = failure.Status });
            await stream.FlushAsync(cancellationToken);
            return;
        }

        await WriteCallsAsync(stream, job, time, cancellationToken);
        var usage = meter.Read();
        stream.Finish(job.Plan.FinishReason, usage);
        if (job.Request.IncludeUsage) stream.Usage(usage);
        stream.Done();
        await stream.FlushAsync(cancellationToken);
    }

    private static StrikeContext Struck(
        CompletionStream stream, HttpContext http, CompletionJob job, int sent, UsageMeter meter, TimeProvider time) => new(stream, http, time)
        {
            Model = job.Model.Id,
            FinishReason = job.Plan.FinishReason,
            Wait = job.Directives.Wait,
            Random = new Random(job.Plan.Seed),
            RestAsync = cancellationToken => WriteTokensAsync(stream, job, sent, job.Plan.TextTokens, time, cancellationToken),
            EndAsync = cancellationToken => EndAsync(stream, job, meter, time, cancellationToken),
            Usage = meter.Read,
        };

    private static async Task WriteTokensAsync(
        CompletionStream stream, CompletionJob job, int start, int end, TimeProvider time, CancellationToken cancellationToken)
    {
        var pacer = new Pacer(time, job.TokensPerSecond);
        for (var next = start; next < end;)
        {
            var batchEnd = Math.Min(end, next + await pacer.NextAsync(cancellationToken));
            job.Entry.AddTokens(batchEnd - next);
            for (; next < batchEnd; next++) WriteToken(stream, job.Plan, next);
            await stream.FlushAsync(cancellationToken);
        }
    }

    /// <summary>Groq holds a call back until it is whole, as long as its tokens take.</summary>
    private static async Task WriteCallsAsync(
        CompletionStream stream, CompletionJob job, TimeProvider time, CancellationToken cancellationToken)
    {
        foreach (var (index, call) in job.Plan.ToolCalls.Index())
        {
            if (job.TokensPerSecond > 0) await Task.Delay(TimeSpan.FromSeconds(call.Tokens / job.TokensPerSecond), time, cancellationToken);
            job.Entry.AddTokens(call.Tokens);
            stream.ToolCall(call, index);
            await stream.FlushAsync(cancellationToken);
        }
    }

    private static void WriteToken(CompletionStream stream, CompletionPlan plan, int index)
    {
        if (index >= plan.Reasoning.Count) stream.Content(plan.Content[index - plan.Reasoning.Count]);
        else if (plan.ShowsReasoning) stream.Reasoning(plan.Reasoning[index], plan.Channel);
    }
}
