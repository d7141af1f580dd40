using Microsoft.EntityFrameworkCore;
using TahoChat.Api.Conversations;
using TahoChat.Api.Data;
using TahoChat.Api.Generations;

namespace TahoChat.Api.Prompts;

/// <summary>What came of saving a preset.</summary>
public enum PromptOutcome
{
    Saved,

    /// <summary>There is none, or it is another owner's.</summary>
    NotFound,

    /// <summary>The owner has another one of this name.</summary>
    NameTaken,

    /// <summary>The owner has as many as there may be.</summary>
    TooMany,
}

/// <summary>Keeps, changes and deletes presets.</summary>
public sealed class PromptWriter(DatabaseWriter writer, TimeProvider time)
{
    public Task<(PromptOutcome Outcome, Prompt? Prompt)> AddAsync(string ownerId, PromptRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return writer.WriteAsync<(PromptOutcome, Prompt?)>(context =>
        {
            if (IsTaken(context, ownerId, request.Name!, null)) return (PromptOutcome.NameTaken, null);
            if (context.Prompts.Count(prompt => prompt.OwnerId == ownerId) >= Limits.Prompts) return (PromptOutcome.TooMany, null);
            var added = context.Prompts.Add(new Prompt { Uid = Guid.CreateVersion7(), OwnerId = ownerId }).Entity;
            Fill(added, request, now);
            context.SaveChanges();
            return (PromptOutcome.Saved, added);
        }, cancellationToken);
    }

    public Task<(PromptOutcome Outcome, Prompt? Prompt)> ChangeAsync(
        string ownerId, long id, PromptRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return writer.WriteAsync<(PromptOutcome, Prompt?)>(context =>
        {
            if (context.Prompts.SingleOrDefault(prompt => prompt.Id == id && prompt.OwnerId == ownerId) is not { } changed)
                return (PromptOutcome.NotFound, null);
            if (IsTaken(context, ownerId, request.Name!, id)) return (PromptOutcome.NameTaken, null);
            Fill(changed, request, now);
            context.SaveChanges();
            return (PromptOutcome.Saved, changed);
        }, cancellationToken);
    }

    /// <summary>False where there is none.</summary>
    public Task<bool> DeleteAsync(string ownerId, long id, CancellationToken cancellationToken) =>
        writer.WriteAsync(
            context => context.Prompts.Where(prompt => prompt.Id == id && prompt.OwnerId == ownerId).ExecuteDelete() > 0, cancellationToken);

    private static bool IsTaken(ChatDbContext context, string ownerId, string name, long? id)
    {
        var key = Prompt.KeyOf(name.Trim());
        return context.Prompts.Any(prompt => prompt.OwnerId == ownerId && prompt.Key == key && prompt.Id != id);
    }

    private static void Fill(Prompt prompt, PromptRequest request, DateTime now)
    {
        prompt.Name = request.Name!.Trim();
        prompt.Key = Prompt.KeyOf(prompt.Name);
        prompt.Kind = request.Kind!.Value;
        prompt.Text = KeptText.WithoutNul(request.Text!);
        prompt.UpdatedAt = now;
    }
}
