using TahoChat.Api.Tools.Mcp;
using TahoChat.ServiceDefaults;
using TahoChat.ServiceDefaults.Logging;

namespace TahoChat.Api.Settings;

/// <summary>Settings as part of the start.</summary>
public static class SettingsExtensions
{
    private static readonly string[] _secretNames = ["KEY", "TOKEN", "SECRET", "PASSWORD", "AUTH"];

    /// <summary>Reads the settings from the command line, the environment and the <c>.env</c> file, in this order, and puts
    /// them where the rest of the program finds them: <see cref="ChatSettings"/> and each of its parts as singletons,
    /// Kestrel's addresses, the log level.</summary>
    /// <returns>False where there are mistakes; each one is then a line on the error output, and the program should end
    /// with a code other than 0.</returns>
    public static bool AddSettings(this WebApplicationBuilder builder, out ChatSettings settings) =>
        builder.AddSettings(out settings, Console.Out, Console.Error);

    internal static bool AddSettings(this WebApplicationBuilder builder, out ChatSettings settings, TextWriter output, TextWriter errors)
    {
        settings = null!;
        try
        {
            builder.Configuration.AddEnvFile();
        }
        catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException)
        {
            errors.WriteLine(SettingValues.Shown(exception.Message));
            return false;
        }

        var reading = SettingsReader.Read(builder.Configuration, EnvFile.Folder);
        foreach (var mistake in reading.Mistakes) errors.WriteLine(mistake);
        if (reading.Mistakes.Count > 0) return false;

        foreach (var notice in reading.Notices) output.WriteLine(notice);
        settings = reading.Settings;
        builder.Services.AddSecrets([settings.Groq.ApiKey, settings.Access.Password, .. settings.Mcp.Servers.SelectMany(SecretsOf)]);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(settings.Groq);
        builder.Services.AddSingleton(settings.Database);
        builder.Services.AddSingleton(settings.Server);
        builder.Services.AddSingleton(settings.Access);
        builder.Services.AddSingleton(settings.Telemetry);
        builder.Services.AddSingleton(settings.Backups);
        builder.Services.AddSingleton(settings.Shares);
        builder.Services.AddSingleton(settings.Prices);
        builder.WebHost.UseUrls([.. settings.Server.Urls]);
        builder.AddLogLevel(settings.Server.LogLevel);
        return true;
    }

    /// <summary>Headers mostly are <c>Bearer key</c>; of a program's environment only what is named like a secret.</summary>
    private static IEnumerable<string> SecretsOf(McpServerSettings server) =>
        server.Headers.Values.Select(value => value.Split(' ')[^1]).Concat(server.Environment.Where(pair => IsSecret(pair.Key)).Select(pair => pair.Value));

    private static bool IsSecret(string name) =>
        _secretNames.Any(part => name.Contains(part, StringComparison.OrdinalIgnoreCase));

    // The framework tells of every request and every SQL statement at Information.
    private static void AddLogLevel(this WebApplicationBuilder builder, LogLevel level)
    {
        builder.Logging.SetMinimumLevel(level);
        // It tells of each step and, at Trace, what is sent to a tool; and it repeats what an MCP server says on its error output.
        // McpServer tells what matters.
        builder.Logging.AddFilter("ModelContextProtocol", LogLevel.None);
        if (level is not LogLevel.Information) return;
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("System", LogLevel.Warning);
        builder.Logging.AddFilter("Polly", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
    }
}
