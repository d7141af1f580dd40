using Microsoft.EntityFrameworkCore;
using TahoChat.Api.Data;

namespace TahoChat.Api.Tools;

/// <summary>What people decided about tools: which are offered, which run without asking.</summary>
public sealed class ToolSwitches(DatabaseWriter writer, IDbContextFactory<ChatDbContext> contexts)
{
    /// <summary>The owner's decisions by the tool's name; a tool that is not in it is as it came.</summary>
    public async Task<IReadOnlyDictionary<string, ToolSetting>> ReadAsync(string ownerId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.ToolSettings
            .Where(setting => setting.OwnerId == ownerId)
            .ToDictionaryAsync(setting => setting.Name, cancellationToken);
    }

    /// <summary>Changes what is not null.</summary>
    /// <exception cref="DatabaseException">Nothing was written.</exception>
    public Task WriteAsync(string ownerId, string name, bool? enabled, bool? alwaysAllowed, CancellationToken cancellationToken) =>
        writer.WriteAsync(context =>
        {
            var setting = context.ToolSettings.Find(ownerId, name)
                ?? context.ToolSettings.Add(new ToolSetting { OwnerId = ownerId, Name = name }).Entity;
            setting.Enabled = enabled ?? setting.Enabled;
            setting.AlwaysAllowed = alwaysAllowed ?? setting.AlwaysAllowed;
            context.SaveChanges();
        }, cancellationToken);
}

internal static class ToolSettings
{
    public static bool IsEnabled(this IReadOnlyDictionary<string, ToolSetting> settings, string name) =>
        !settings.TryGetValue(name, out var setting) || setting.Enabled;

    /// <summary>Whether it runs without asking because the person said so.</summary>
    public static bool IsAlwaysAllowed(this IReadOnlyDictionary<string, ToolSetting> settings, string name) =>
        settings.TryGetValue(name, out var setting) && setting.AlwaysAllowed;
}
