namespace TahoChat.Api.Settings;

/// <summary>Reads where to listen (<c>ASPNETCORE_URLS</c>, else <c>HOST</c> and <c>PORT</c>) and <c>LOG_LEVEL</c>.</summary>
internal static class ServerSettingsReader
{
    public static ServerSettings Read(SettingValues values)
    {
        if (values.HasSection("Kestrel:Endpoints"))
            values.SecretMistake("Kestrel:Endpoints", "this section is not read, set ASPNETCORE_URLS, or HOST and PORT");
        return new ServerSettings(Urls(values), Level(values));
    }

    /// <summary>Whether only this machine reaches an address. What Kestrel does not know as an address, such as <c>+</c> or
    /// a name, it takes for all interfaces.</summary>
    public static bool IsLoopback(string url)
    {
        var address = BindingAddress.Parse(url);
        return address.IsUnixPipe || address.IsNamedPipe || Hosts.IsLoopback(Hosts.WithoutBrackets(address.Host));
    }

    /// <summary>The address of <paramref name="host"/>. Kestrel takes localhost for both 127.0.0.1 and [::1], which needs
    /// a port of its own choice to be on one of them.</summary>
    public static string UrlOf(string host, int port) =>
        host is "localhost" && port is 0 ? "http://127.0.0.1:0"
        : host.Contains(':', StringComparison.Ordinal) ? $"http://[{host}]:{port}"
        : $"http://{host}:{port}";

    private static string[] Urls(SettingValues values)
    {
        var port = values.Number("PORT", 0, 65_535, 8000);
        var name = values.Text("urls") is null ? "ASPNETCORE_URLS" : "urls";
        if (values.Text(name) is not { } text) return [UrlOf(Host(values), port)];

        var urls = text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var good = urls.Where(IsUrl).ToArray();
        if (good.Length == urls.Length && good.Length > 0) return good;
        values.Mistake("ASPNETCORE_URLS", text, "expected are addresses such as http://localhost:8000, with a semicolon between them");
        return [UrlOf("localhost", port)];
    }

    private static string Host(SettingValues values)
    {
        var host = Hosts.WithoutBrackets((values.Text("HOST") ?? "localhost").ToLowerInvariant());
        if (host is "*" or "+" || Uri.CheckHostName(host) is not UriHostNameType.Unknown) return host;
        values.Mistake("HOST", values.Text("HOST")!, "expected is an address to listen on, such as localhost or 0.0.0.0");
        return "localhost";
    }

    private static bool IsUrl(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.Scheme is "http" or "https" && address.PathBase.Length == 0 && address.Host.Length > 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static LogLevel Level(SettingValues values)
    {
        switch (values.Text("LOG_LEVEL")?.ToLowerInvariant())
        {
            case null or "info" or "information": return LogLevel.Information;
            case "trace" or "notset": return LogLevel.Trace;
            case "debug": return LogLevel.Debug;
            case "warn" or "warning": return LogLevel.Warning;
            case "error": return LogLevel.Error;
            case "critical" or "fatal": return LogLevel.Critical;
            case "none": return LogLevel.None;
            default:
                values.Mistake("LOG_LEVEL", values.Text("LOG_LEVEL")!, "expected is trace, debug, info, warning, error or critical");
                return LogLevel.Information;
        }
    }
}
