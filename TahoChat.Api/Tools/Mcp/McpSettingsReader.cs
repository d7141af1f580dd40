using System.Text.RegularExpressions;
using TahoChat.Api.Settings;

namespace TahoChat.Api.Tools.Mcp;

/// <summary>Reads <c>Tools:Mcp</c> and the file that <c>MCP_CONFIG</c> names, which has the shape that other programs use:
/// <c>{"mcpServers":{"name":{"command":"npx","args":[…],"env":{…}}}}</c>. Both spellings of a field are taken in both.</summary>
internal static partial class McpSettingsReader
{
    private const int LongestName = 32;

    public static McpSettings Read(SettingValues values, IConfiguration configuration, string envFolder)
    {
        var servers = new Dictionary<string, McpServerSettings>(StringComparer.OrdinalIgnoreCase);
        var sections = File(values, envFolder).Concat(configuration.GetSection("Tools:Mcp").GetChildren());
        foreach (var section in sections)
        {
            if (bool.TryParse(section["disabled"], out var disabled) && disabled) servers.Remove(section.Key);
            else if (Server(values, section, envFolder) is { } server) servers[server.Name] = server;
        }

        return new McpSettings([.. servers.Values]);
    }

    private static IEnumerable<IConfigurationSection> File(SettingValues values, string envFolder)
    {
        if (values.Text("MCP_CONFIG") is not { } path) return [];
        try
        {
            using var file = System.IO.File.OpenRead(Path.GetFullPath(path, envFolder));
            var root = new ConfigurationBuilder().AddJsonStream(file).Build();
            if (root.GetSection("mcpServers").Exists()) return root.GetSection("mcpServers").GetChildren();
            values.Mistake("MCP_CONFIG", path, "the file has no \"mcpServers\"");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            values.Mistake("MCP_CONFIG", path, "the file cannot be read");
        }
        catch (Exception exception) when (exception is FormatException or System.Text.Json.JsonException or InvalidDataException)
        {
            values.Mistake("MCP_CONFIG", path, "the file is not JSON");
        }

        return [];
    }

    private static McpServerSettings? Server(SettingValues values, IConfigurationSection section, string envFolder)
    {
        var (name, command, address) = (section.Key, Text(section, "command"), Text(section, "url"));
        if (name.Length > LongestName || !Name().IsMatch(name))
        {
            values.Mistake("Tools:Mcp", name, "a server's name has 1 to 32 letters and digits, with single - and _ between them");
            return null;
        }

        if ((command is null) == (address is null))
        {
            values.Mistake($"Tools:Mcp:{name}", command ?? "", "expected is either a Command or a Url");
            return null;
        }

        if (address is not null && !IsHttp(address))
        {
            values.Mistake($"Tools:Mcp:{name}:Url", address, "expected is an address that begins with http:// or https://");
            return null;
        }

        var folder = Text(section, "workingDirectory") ?? Text(section, "cwd");
        var full = folder is null ? null : Path.GetFullPath(folder, envFolder);
        if (full is not null && !Directory.Exists(full)) values.Mistake($"Tools:Mcp:{name}:WorkingDirectory", full, "there is no such folder");
        return new McpServerSettings(name)
        {
            Command = command,
            Arguments = List(section, "arguments", "args"),
            Environment = Pairs(section, "environment", "env"),
            WorkingDirectory = full,
            Url = address is null ? null : new Uri(address),
            Headers = Pairs(section, "headers", "headers"),
            Safe = List(section, "safe", "safe"),
        };
    }

    private static string? Text(IConfigurationSection section, string name) =>
        section[name]?.Trim() is { Length: > 0 } text ? text : null;

    private static bool IsHttp(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme is "http" or "https";

    private static IReadOnlyList<string> List(IConfigurationSection section, string name, string other) =>
        [.. Either(section, name, other).Select(item => item.Value).OfType<string>()];

    private static Dictionary<string, string> Pairs(IConfigurationSection section, string name, string other) =>
        Either(section, name, other).Where(item => item.Value is not null).ToDictionary(item => item.Key, item => item.Value!);

    private static IEnumerable<IConfigurationSection> Either(IConfigurationSection section, string name, string other) =>
        section.GetSection(name) is var first && first.Exists() ? first.GetChildren() : section.GetSection(other).GetChildren();

    [GeneratedRegex("^[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
