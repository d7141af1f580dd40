using TahoChat.Api.Prices;
using TahoChat.Api.Tools.Mcp;

namespace TahoChat.Api.Settings;

/// <summary>Turns names and texts into <see cref="ChatSettings"/>, and says in words what is wrong. Pure: it reads nothing
/// but the configuration it is given, the file of MCP servers that it names, and whether paths are folders.</summary>
public static class SettingsReader
{
    /// <summary>Reads all settings. With mistakes the settings are not fit for use.</summary>
    /// <param name="configuration">All sources; the <c>.env</c> file is the lowest one.</param>
    /// <param name="envFolder">Absolute path of the folder that relative paths start from.</param>
    /// <remarks>An address beyond loopback is refused while no password is set (or <c>ALLOW_ANONYMOUS=true</c>), or no
    /// provider (or <c>GROQ_EMULATOR=true</c>). One exception: a <c>HOST</c> that stands in the <c>.env</c> file alone, as
    /// in the seed's, is narrowed to this machine instead, with a notice; an address from the environment or the command
    /// line was asked for just now and is refused.</remarks>
    public static SettingsReading Read(IConfiguration configuration, string envFolder)
    {
        var values = new SettingValues(configuration);
        var groq = GroqSettingsReader.Read(values);
        var database = DatabaseSettingsReader.Read(values, envFolder);
        var server = ServerSettingsReader.Read(values);
        var access = AccessSettingsReader.Read(values, server, database);
        var mcp = McpSettingsReader.Read(values, configuration, envFolder);
        var telemetry = TelemetrySettingsReader.Read(values);
        var prices = PriceSettingsReader.Read(values, configuration, groq);
        if (!server.Urls.All(ServerSettingsReader.IsLoopback))
            server = Beyond(values, server, AccessSettingsReader.Missing(values, groq, access));

        var settings = new ChatSettings(groq, database, server, access)
        {
            Mcp = mcp,
            Telemetry = telemetry,
            Prices = prices,
            Backups = BackupSettingsReader.Read(values),
            Shares = new ShareSettings(values.Switch("SHARES") is true),
            Trash = TrashSettingsReader.Read(values),
        };
        return new SettingsReading(settings, [.. values.Mistakes.Distinct()], values.Notices);
    }

    private static ServerSettings Beyond(SettingValues values, ServerSettings server, IReadOnlyList<(string Missing, string WayOut)> missing)
    {
        if (missing.Count == 0) return server;
        var isHost = values.Text("urls") is null && values.Text("ASPNETCORE_URLS") is null;
        if (isHost && values.IsFromEnvFile("HOST"))
        {
            var reasons = string.Join(" and ", missing.Select(part => part.Missing));
            var ways = string.Join(", ", missing.Select(part => part.WayOut));
            values.Notices.Add($"HOST={values.Text("HOST")} in .env: listening on this machine only, because {reasons}. For other machines {ways}.");
            return server with { Urls = [ServerSettingsReader.UrlOf("localhost", BindingAddress.Parse(server.Urls[0]).Port)] };
        }

        var name = isHost ? "HOST" : "ASPNETCORE_URLS";
        var value = isHost ? values.Text("HOST")! : string.Join(';', server.Urls);
        foreach (var (what, way) in missing)
            values.Mistake(name, value, $"other machines would reach this server, but {what}; {way}, or listen on localhost");
        return server;
    }
}

/// <summary>What came out of reading. <paramref name="Mistakes"/> and <paramref name="Notices"/> are sentences for
/// people, without secrets.</summary>
public sealed record SettingsReading(ChatSettings Settings, IReadOnlyList<string> Mistakes, IReadOnlyList<string> Notices);
