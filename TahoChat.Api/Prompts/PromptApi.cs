using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TahoChat.Api.Chat;
using TahoChat.Api.Conversations;
using TahoChat.Api.Data;
using TahoChat.Api.Errors;
using TahoChat.Api.Generations;

namespace TahoChat.Api.Prompts;

/// <summary>A preset as <c>POST /prompts</c> and <c>PUT /prompts/{id}</c> take it; all of it is needed.</summary>
public sealed record PromptRequest(string? Name = null, PromptKind? Kind = null, string? Text = null);

/// <summary>A preset.</summary>
public sealed record PromptResponse(long Id, string Name, PromptKind Kind, string Text, DateTime UpdatedAt)
{
    public static PromptResponse From(Prompt prompt) => new(prompt.Id, prompt.Name, prompt.Kind, prompt.Text, prompt.UpdatedAt);
}

/// <summary>The presets over REST.</summary>
public static class PromptApi
{
    public static void AddPrompts(this WebApplicationBuilder builder) => builder.Services.AddSingleton<PromptWriter>();

    public static void MapPrompts(this WebApplication app)
    {
        var prompts = app.MapGroup("/prompts").WithTags("Prompts");
        prompts.MapGet("/", ListAsync).WithSummary("The presets, by name");
        prompts.MapPost("/", AddAsync).WithSummary("Keep a preset");
        prompts.MapPut("/{id}", ChangeAsync).WithSummary("Change a preset");
        prompts.MapDelete("/{id}", DeleteAsync).WithSummary("Delete a preset");
    }

    private static async Task<Ok<List<PromptResponse>>> ListAsync(ChatDbContext context, HttpContext http, CancellationToken cancellationToken)
    {
        var owner = ChatIdentity.Of(http).OwnerId;
        var prompts = await context.Prompts.Where(prompt => prompt.OwnerId == owner).OrderBy(prompt => prompt.Key).ToListAsync(cancellationToken);
        return TypedResults.Ok(prompts.ConvertAll(PromptResponse.From));
    }

    private static async Task<Results<Created<PromptResponse>, ProblemHttpResult>> AddAsync(
        PromptWriter prompts, HttpContext http, PromptRequest request, CancellationToken cancellationToken)
    {
        if (Problem(request) is { } problem) return problem;
        var (outcome, added) = await prompts.AddAsync(ChatIdentity.Of(http).OwnerId, request, cancellationToken);
        return added is null ? Refuse(outcome, 0, request) : TypedResults.Created((string?)null, PromptResponse.From(added));
    }

    private static async Task<Results<Ok<PromptResponse>, ProblemHttpResult>> ChangeAsync(
        long id, PromptWriter prompts, HttpContext http, PromptRequest request, CancellationToken cancellationToken)
    {
        if (Problem(request) is { } problem) return problem;
        var (outcome, changed) = await prompts.ChangeAsync(ChatIdentity.Of(http).OwnerId, id, request, cancellationToken);
        return changed is null ? Refuse(outcome, id, request) : TypedResults.Ok(PromptResponse.From(changed));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        long id, PromptWriter prompts, HttpContext http, CancellationToken cancellationToken) =>
        await prompts.DeleteAsync(ChatIdentity.Of(http).OwnerId, id, cancellationToken)
            ? TypedResults.NoContent()
            : Refuse(PromptOutcome.NotFound, id, new());

    private static ProblemHttpResult Refuse(PromptOutcome outcome, long id, PromptRequest request) => outcome switch
    {
        PromptOutcome.NameTaken => Problems.Conflict($"There is a preset called {request.Name!.Trim()} already.", "name_taken"),
        PromptOutcome.TooMany => Problems.Conflict($"There are {Limits.Prompts} presets already.", "too_many_prompts"),
        _ => Problems.NotFound($"Preset with ID {id} not found", "not_found"),
    };

    private static ProblemHttpResult? Problem(PromptRequest request)
    {
        var name = request.Name?.Trim();
        if (name is not { Length: >= 1 and <= Limits.PromptName } || name.Any(char.IsControl) || name.Contains('/', StringComparison.Ordinal))
            return Problems.Invalid($"name has to have 1 to {Limits.PromptName} characters, on one line and without a slash.");
        if (request.Kind is not { } kind || !Enum.IsDefined(kind)) return Problems.Invalid("kind has to be message or system.");
        return string.IsNullOrWhiteSpace(KeptText.WithoutNul(request.Text ?? "")) || Limits.Size(request.Text!) > Limits.SystemPrompt
            ? Problems.Invalid("text has to have 1 character to 12 KiB.")
            : null;
    }
}
