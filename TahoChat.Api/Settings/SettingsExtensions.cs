using TahoChat.ServiceDefaults;

namespace TahoChat.Api.Settings;

/// <summary>Settings as part of the start.</summary>
public static class SettingsExtensions
{
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
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(settings.Groq);
        builder.Services.AddSingleton(settings.Database);
        builder.Services.AddSingleton(settings.Server);
        builder.Services.AddSingleton(settings.Access);
        builder.Services.AddSingleton(settings.Telemetry);
        builder.WebHost.UseUrls([.. settings.Server.Urls]);
        builder.AddLogLevel(settings.Server.LogLevel);
        return true;
    }

    // The framework tells of every request and every SQL statement at Information.
    private static void AddLogLevel(this WebApplicationBuilder builder, LogLevel level)
    {
        builder.Logging.SetMinimumLevel(level);
        if (level is not LogLevel.Information) return;
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("System", LogLevel.Warning);
        builder.Logging.AddFilter("Polly", LogLevel.Warning);
        // It tells of each step, and repeats what an MCP server says on its error output; McpServer tells what matters.
        builder.Logging.AddFilter("ModelContextProtocol", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
    }
}
