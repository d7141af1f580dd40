namespace TahoChat.Api.Settings;

/// <summary>Reads the <c>GROQ_…</c> settings.</summary>
internal static class GroqSettingsReader
{
    /// <summary>The seed's placeholder: no key at all.</summary>
    private const string Placeholder = "your_groq_api_key_here";
    private const string VersionPath = "/openai/v1/";

    public static GroqSettings Read(SettingValues values)
    {
        var defaults = new GroqSettings();
        var key = Key(values);
        var address = Address(values);
        var wanted = values.Switch("GROQ_EMULATOR");
        return new GroqSettings
        {
            ApiKey = key,
            BaseUrl = address ?? (key is null ? null : new Uri(new Uri(GroqSettings.DefaultBaseUrl), VersionPath)),
            IsEmulator = IsEmulator(values, wanted, key is not null, values.Text("GROQ_BASE_URL") is not null),
            Model = Model(values, "GROQ_MODEL", defaults.Model),
            FastModel = Model(values, "GROQ_FAST_MODEL", defaults.FastModel),
            SpeechModel = Model(values, "GROQ_SPEECH_MODEL", defaults.SpeechModel),
            Timeout = TimeSpan.FromSeconds(values.Number("GROQ_TIMEOUT_SECONDS", 1, 600, (int)defaults.Timeout.TotalSeconds)),
            MaxRetries = values.Number("GROQ_MAX_RETRIES", 0, 5, defaults.MaxRetries),
            MaxCompletionTokens = values.Number("GROQ_MAX_COMPLETION_TOKENS", 1, 131_072, defaults.MaxCompletionTokens),
        };
    }

    private static bool IsEmulator(SettingValues values, bool? wanted, bool hasKey, bool hasAddress)
    {
        if (wanted is true && hasKey)
            values.Notices.Add("GROQ_EMULATOR=true is not followed: GROQ_API_KEY is set, so the provider answers.");
        if (wanted is false && !hasKey && !hasAddress)
            values.Mistake("GROQ_EMULATOR", "false", "then GROQ_API_KEY or GROQ_BASE_URL has to be set, or nobody answers");
        return !hasKey && (!hasAddress || wanted is true);
    }

    private static string? Key(SettingValues values)
    {
        var key = values.Text("GROQ_API_KEY");
        if (key is null || string.Equals(key, Placeholder, StringComparison.OrdinalIgnoreCase)) return null;
        if (key.All(letter => letter is > ' ' and <= '~')) return key;
        values.SecretMistake("GROQ_API_KEY", "expected is a key such as gsk_…, without spaces and foreign letters");
        return null;
    }

    private static string Model(SettingValues values, string name, string otherwise)
    {
        if (values.Text(name) is not { } model) return otherwise;
        if (model.Length <= 200 && model.All(letter => letter is > ' ' and <= '~')) return model;
        values.Mistake(name, model, "expected is a model's id such as openai/gpt-oss-120b");
        return otherwise;
    }

    private static Uri? Address(SettingValues values)
    {
        if (values.Text("GROQ_BASE_URL") is not { } text) return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address)
            && address.Scheme is "http" or "https"
            && address is { UserInfo: "", Query: "", Fragment: "", Host.Length: > 0 }
            && !text.Contains('?', StringComparison.Ordinal))
            return new Uri(address, address.AbsolutePath is "/" ? VersionPath : address.AbsolutePath.TrimEnd('/') + "/");
        values.Mistake("GROQ_BASE_URL", text, "expected is an address such as https://api.groq.com, without name, password or query");
        return null;
    }
}
