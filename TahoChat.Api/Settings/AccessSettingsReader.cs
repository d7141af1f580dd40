using TahoChat.Api.Access;

namespace TahoChat.Api.Settings;

/// <summary>Reads who may come in, and refuses a server that strangers reach without anything in their way.</summary>
internal static class AccessSettingsReader
{
    private const int LeastPasswordLength = 8;

    public static AccessSettings Read(SettingValues values, ServerSettings server, DatabaseSettings database) => new()
    {
        AllowedHosts = [.. AllowedHosts(values).Concat(ListenHosts(server)).Distinct(StringComparer.Ordinal)],
        Origins = Origins(values),
        Password = Password(values),
        AllowAnonymous = values.Switch("ALLOW_ANONYMOUS") is true,
        KeysFolder = Path.Combine(Path.GetDirectoryName(database.Path)!, "keys"),
    };

    /// <summary>What is missing for a server that other machines reach; empty where nothing is.</summary>
    public static IReadOnlyList<(string Missing, string WayOut)> Missing(SettingValues values, GroqSettings groq, AccessSettings access)
    {
        var missing = new List<(string, string)>();
        var asksNobody = access.Password is null && values.Text("ACCESS_PASSWORD") is null;
        if (asksNobody && !access.AllowAnonymous)
            missing.Add(("no ACCESS_PASSWORD is set", "set ACCESS_PASSWORD (or ALLOW_ANONYMOUS=true to let everybody in)"));
        if (groq.IsEmulator && values.Switch("GROQ_EMULATOR") is not true)
            missing.Add(("no provider is configured", "set GROQ_API_KEY (or GROQ_EMULATOR=true to answer with the offline emulator)"));
        return missing;
    }

    private static string? Password(SettingValues values)
    {
        if (values.Text("ACCESS_PASSWORD") is not { } password) return null;
        if (password.Length >= LeastPasswordLength) return password;
        values.SecretMistake("ACCESS_PASSWORD", $"expected are at least {LeastPasswordLength} characters");
        return null;
    }

    private static List<string> AllowedHosts(SettingValues values)
    {
        var hosts = new List<string>();
        foreach (var text in values.List("ALLOWED_HOSTS"))
        {
            if (Hosts.Of(text) is { } host) hosts.Add(host);
            else values.Mistake("ALLOWED_HOSTS", text, "expected are host names such as chat.example.com, with commas between them, no wildcards");
        }

        return hosts;
    }

    private static IEnumerable<string> ListenHosts(ServerSettings server) =>
        server.Urls.Select(url => BindingAddress.Parse(url).Host)
            .Where(host => host is not ("0.0.0.0" or "[::]"))
            .Select(Hosts.Of)
            .OfType<string>();

    private static List<Origin> Origins(SettingValues values)
    {
        if (values.Text("CORS_ORIGINS") is null) return [Origin.Parse("http://localhost:3000")];
        var origins = new List<Origin>();
        foreach (var text in values.List("CORS_ORIGINS"))
        {
            if (Origin.TryParse(text, out var origin)) origins.Add(origin);
            else values.Mistake("CORS_ORIGINS", text, "expected are origins such as http://localhost:3000, with commas between them, no paths, not *");
        }

        return origins;
    }
}
