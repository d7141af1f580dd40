using TahoChat.Api.Data;
using TahoChat.Api.Export;
using TahoChat.Api.Generations;
using TahoChat.Api.Prompts;

namespace TahoChat.Api.Import;

/// <summary>Keeps the presets of an export.</summary>
internal static class ImportPrompts
{
    public static async Task WriteAsync(DatabaseWriter writer, ImportJob job, IReadOnlyList<PortablePrompt> prompts, CancellationToken cancellationToken)
    {
        foreach (var chunk in prompts.Chunk(50))
        {
            var outcomes = await writer.WriteAsync(context => chunk.Select(prompt => (prompt.Name, Reason: Add(context, job.OwnerId, prompt))).ToList(), cancellationToken);
            foreach (var (name, reason) in outcomes)
            {
                if (reason is null) job.AddPrompt();
                else if (reason.Length > 0) job.Leave(name, reason);
            }
        }
    }

    /// <summary>Null: it was added. Empty: it was there.</summary>
    private static string? Add(ChatDbContext context, string ownerId, PortablePrompt prompt)
    {
        var uid = prompt.Uid;
        if (context.Prompts.SingleOrDefault(row => row.Uid == uid) is { } there)
        {
            if (there.OwnerId == ownerId) return Portables.From(there) == prompt ? "" : "changed";
            uid = ImportUid.Of(ownerId, "tahochat", uid.ToString());
            if (context.Prompts.SingleOrDefault(row => row.Uid == uid) is { } own) return Portables.From(own) == prompt with { Uid = uid } ? "" : "changed";
        }

        var key = Prompt.KeyOf(prompt.Name);
        if (context.Prompts.Any(row => row.OwnerId == ownerId && row.Key == key)) return "name_taken";
        if (context.Prompts.Count(row => row.OwnerId == ownerId) >= Limits.Prompts) return "too_many_prompts";
        context.Prompts.Add(new Prompt { Uid = uid, OwnerId = ownerId, Name = prompt.Name, Key = key, Kind = prompt.Kind, Text = prompt.Text, UpdatedAt = prompt.UpdatedAt });
        context.SaveChanges();
        return null;
    }
}
