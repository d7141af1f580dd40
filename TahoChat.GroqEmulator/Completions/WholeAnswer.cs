using TahoChat.GroqEmulator.Faults;
using TahoChat.GroqEmulator.Wire;

namespace TahoChat.GroqEmulator.Completions;

/// <summary>Sends a completion in one piece, after the time that its tokens take.</summary>
internal static class WholeAnswer
{
    public static async Task WriteAsync(HttpContext http, CompletionJob job, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await StrikeAsync(http, job, time, cancellationToken)) return;
        var (plan, meter) = (job.Plan, new UsageMeter(time, job.Plan));
        if (job.TokensPerSecond > 0) await Task.Delay(TimeSpan.FromSeconds(plan.Tokens / job.TokensPerSecond), time, cancellationToken);
        job.Entry.AddTokens(plan.Tokens);
        if (plan.Failure is { } failure) throw new GroqErrorException(failure);
        var callsOnly = plan.ToolCalls.Count > 0 && plan.Content.Count == 0;
        var message = new AssistantMessage(
            "assistant",
            callsOnly ? null : string.Concat(plan.Content),
            Reasoning(plan),
            plan.ToolCalls.Count > 0 ? plan.ToolCalls : null);
        await GroqJson.WriteAsync(http, StatusCodes.Status200OK, new Completion(
            WireIds.Completion(),
            "chat.completion",
            time.GetUtcNow().ToUnixTimeSeconds(),
            job.Model.Id,
            [new CompletionChoice(0, message, Logprobs: null, plan.FinishReason)],
            meter.Read(),
            WireIds.Fingerprint,
            new XGroq(job.RequestId, plan.Seed),
            "on_demand"), cancellationToken);
    }

    private static string? Reasoning(CompletionPlan plan) =>
        plan.ShowsReasoning && plan.Reasoning.Count > 0 ? string.Concat(plan.Reasoning) : null;

    /// <summary>What a mid-stream fault is where nothing streams: the same error as an answer, a broken connection, or
    /// silence.</summary>
    private static async Task<bool> StrikeAsync(
        HttpContext http, CompletionJob job, TimeProvider time, CancellationToken cancellationToken)
    {
        if (job.Fault is LateFault late) await late.WaitAsync(job.Directives.Wait, time, cancellationToken);
        switch ((job.Fault as Fault.MidStream)?.Whole)
        {
            case null or WholeStrike.None:
                return false;
            case WholeStrike.Error:
                throw new GroqErrorException(MidStreamStrikes.MidStreamError with { StatusCode = null });
            case WholeStrike.Break:
                http.Abort();
                return true;
            default:
                await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
                return true;
        }
    }
}
