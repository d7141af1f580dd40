using System.Net.Http.Headers;
using TahoChat.GroqEmulator.Directives;
using TahoChat.GroqEmulator.Faults;
using TahoChat.GroqEmulator.Limits;
using TahoChat.GroqEmulator.Models;
using TahoChat.GroqEmulator.Page;
using TahoChat.GroqEmulator.Record;
using TahoChat.GroqEmulator.Replies;
using TahoChat.GroqEmulator.Wire;

namespace TahoChat.GroqEmulator.Completions;

/// <summary><c>POST /openai/v1/chat/completions</c>.</summary>
internal sealed class CompletionEndpoint(
    EmulatorRecord record,
    CompletionPlanner planner,
    RateLimiter limiter,
    FaultSwitch faults,
    GroqEmulatorOptions options,
    TimeProvider time)
{
    public const string Path = "/openai/v1/chat/completions";

    /// <summary>Directives of a request whose body shall stay as it is.</summary>
    public const string FaultHeader = "x-emulator-fault";

    public async Task HandleAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var entry = RequestPipeline.Entry(http);
        var body = await ReadBodyAsync(http.Request, cancellationToken);
        record.AddPost(entry, body.Span);
        if (!IsAccepted(http.Request)) throw new GroqErrorException(AnswerErrors.InvalidKey);
        var sent = RequestReader.Read(body);
        entry.SetRequest(sent.Model, sent.Stream);
        var (request, directives) = Resolve(sent, http.Request.Headers[FaultHeader]);
        var promptTokens = CompletionPlanner.CountPrompt(request);
        var limit = limiter.Take(request.Model, promptTokens + (request.MaxCompletionTokens ?? 0));
        RateLimitHeaders.Set(http.Response.Headers, limit);
        var fault = entry.Attempt <= (directives.Fails ?? int.MaxValue) ? directives.Fault : null;
        if (fault is not null)
        {
            entry.SetFault(fault.Name);
            directives = fault.Adjust(directives);
        }

        if (fault is Fault.Answer answer)
        {
            await answer.WriteAsync(new FaultContext(http, request.Model, directives.RetryAfter, request.Stream), cancellationToken);
            return;
        }

        if (fault is null && limit.Refusal is { } refusal) throw new GroqErrorException(refusal);
        var model = ModelCatalog.Find(request.Model);
        ModelRules.Check(request, model, body.Length, promptTokens);
        var job = new CompletionJob(
            request,
            model,
            directives,
            planner.Plan(request, model, directives),
            fault,
            entry,
            RequestPipeline.RequestId(http),
            directives.Speed ?? options.TokensPerSecond);
        if (fault is not LateFault) await Task.Delay(directives.First ?? options.FirstToken, time, cancellationToken);
        if (request.Stream) await StreamedAnswer.WriteAsync(http, job, time, cancellationToken);
        else await WholeAnswer.WriteAsync(http, job, time, cancellationToken);
        if (request.MaxCompletionTokens is null) limiter.Charge(model.Id, job.Plan.Tokens);
    }

    /// <summary>Takes the directives out of the model's name and the user's messages, of which the last one counts; a header
    /// beats a message beats a name. Where a reply is to be continued, those of the message that it answers, but for the fault
    /// that broke it off.</summary>
    private (CompletionRequest Request, RequestDirectives Directives) Resolve(CompletionRequest sent, string? header)
    {
        var at = sent.Model.IndexOf('@', StringComparison.Ordinal);
        var (model, suffix) = at < 0 ? (sent.Model, null) : (sent.Model[..at], sent.Model[(at + 1)..]);
        var messages = sent.Messages.ToList();
        string? inside = null;
        var continues = Continuation.Of(messages) is not null;
        for (var i = 0; i < messages.Count; i++)
        {
            if (messages[i].Role != "user") continue;
            (var text, var found) = DirectiveLexer.Extract(messages[i].Text);
            messages[i] = messages[i] with { Text = text };
            if (!continues || i < messages.Count - 1) inside = found;
        }

        var resolved = sent with { Model = model, Messages = messages };
        var isTitle = Prompt.From(messages).AsksForTitle;
        var own = Read(RequestDirectives.None, suffix, inside, header, continues, isTitle);
        // A title is asked for beside the reply: it must not take the fault that a person means for the reply.
        return (resolved, isTitle || own.Fault is not null || faults.Take() is not { } armed
            ? own
            : Read(armed, suffix, inside, header, continues, isTitle));
    }

    private static RequestDirectives Read(
        RequestDirectives armed, string? suffix, string? inside, string? header, bool continues, bool isTitle)
    {
        var ofName = armed.With(suffix);
        var ofMessage = ofName.With(inside);
        if (continues) ofMessage = ofMessage with { Fault = ofName.Fault };
        return (isTitle ? ofMessage.ForTitle().With(suffix) : ofMessage).With(header);
    }

    /// <summary>Any key will do, and none; one that begins with "invalid" is refused as Groq refuses a wrong key.</summary>
    public static bool IsAccepted(HttpRequest request) =>
        !AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header)
        || !(header.Parameter ?? "").StartsWith("invalid", StringComparison.OrdinalIgnoreCase);

    private static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, cancellationToken);
        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }
}
