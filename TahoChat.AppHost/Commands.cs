using System.ComponentModel;
using System.Diagnostics;
using System.Net.Http.Json;

namespace TahoChat.AppHost;

/// <summary>The buttons that the dashboard shows on our resources.</summary>
internal static class Commands
{
    /// <summary>The faults that have a button, by their names in docs/emulator.md; the emulator's own page has all of them.</summary>
    private static readonly (string Name, string Text, string Icon)[] _faults =
    [
        ("429-soon", "Rate limit, 2 s to wait", "Timer"),
        ("429-hour", "Rate limit, an hour to wait", "ClockAlarm"),
        ("503", "Over capacity", "CloudError"),
        ("401", "Invalid API key", "Key"),
        ("reset", "Connection lost within the reply", "PlugDisconnected"),
        ("stall", "Silence within the reply", "HourglassHalf"),
    ];

    /// <summary>A button that copies the database while it is in use.</summary>
    public static IResourceBuilder<ProjectResource> WithBackupCommand(this IResourceBuilder<ProjectResource> api) =>
        api.WithHttpCommand("/backups", "Back up the database", endpointName: "http", commandName: "back-up", commandOptions: new()
        {
            Description = "Copies the database into the folder backups beside it; the newest ten are kept.",
            IconName = "DatabaseArrowDown",
        });

    /// <summary>A button for each of the common faults, one that switches them off, one that resets everything, and a link to the
    /// emulator's page.</summary>
    public static IResourceBuilder<ProjectResource> WithEmulatorCommands(this IResourceBuilder<ProjectResource> emulator)
    {
        foreach (var (name, text, icon) in _faults)
        {
            emulator.WithHttpCommand("/emulator/fault", $"Fault: {text}", endpointName: "http", commandName: $"fault-{name}", commandOptions: new()
            {
                Method = HttpMethod.Put,
                Description = $"The next completion is answered by the fault {name}.",
                IconName = icon,
                PrepareRequest = context =>
                {
                    context.Request.Content = JsonContent.Create(new { name, left = 1 });
                    return Task.CompletedTask;
                },
            });
        }

        return emulator
            .WithHttpCommand("/emulator/fault", "Switch the fault off", endpointName: "http", commandName: "fault-off", commandOptions: new()
            {
                Method = HttpMethod.Delete,
                IconName = "CheckmarkCircle",
            })
            .WithHttpCommand("/emulator/reset", "Reset the emulator", endpointName: "http", commandName: "reset", commandOptions: new()
            {
                Description = "No fault, fresh limits, an empty record.",
                IconName = "ArrowReset",
                IsHighlighted = true,
            })
            .WithUrlForEndpoint("http", _ => new() { Url = "/emulator/", DisplayText = "Emulator" });
    }

    /// <summary>A button that opens the chat in this machine's browser.</summary>
    public static IResourceBuilder<T> WithOpenCommand<T>(this IResourceBuilder<T> frontend) where T : IResourceWithEndpoints
    {
        var endpoint = frontend.GetEndpoint("http");
        return frontend.WithCommand("open", "Open the chat", _ => Task.FromResult(Open(endpoint)), new CommandOptions
        {
            Description = "Opens the chat in the browser.",
            IconName = "Open",
            IsHighlighted = true,
            UpdateState = context => context.ResourceSnapshot.State?.Text == KnownResourceStates.Running
                ? ResourceCommandState.Enabled
                : ResourceCommandState.Disabled,
        });
    }

    /// <summary>Tells the API where the dashboard is, so that a reply leads to its trace there.</summary>
    public static IResourceBuilder<ProjectResource> WithDashboardUrl(this IResourceBuilder<ProjectResource> api)
    {
        // The dashboard's own addresses: the AppHost's launch profile has them.
        var url = api.ApplicationBuilder.Configuration["ASPNETCORE_URLS"]?.Split(';', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return url is null ? api : api.WithEnvironment("DASHBOARD_URL", url);
    }

    private static ExecuteCommandResult Open(EndpointReference endpoint)
    {
        if (!endpoint.IsAllocated) return CommandResults.Failure("The chat has no address yet.");
        try
        {
            Process.Start(new ProcessStartInfo(endpoint.Url) { UseShellExecute = true })?.Dispose();
            return CommandResults.Success();
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException)
        {
            return CommandResults.Failure($"No browser could be opened here. The chat is at {endpoint.Url}.");
        }
    }
}
