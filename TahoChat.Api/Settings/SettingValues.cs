using System.Globalization;

namespace TahoChat.Api.Settings;

/// <summary>Reads single settings and collects what is wrong with them. A blank value counts as none.</summary>
internal sealed class SettingValues(IConfiguration configuration)
{
    private const int MostShown = 120;

    /// <summary>One sentence per mistake: name, value unless it is secret, what is expected.</summary>
    public List<string> Mistakes { get; } = [];

    /// <summary>Sentences about settings that were not taken literally.</summary>
    public List<string> Notices { get; } = [];

    public string? Text(string name) =>
        configuration[name]?.Trim() is { Length: > 0 } text ? text : null;

    public int Number(string name, int least, int most, int otherwise)
    {
        if (Text(name) is not { } text) return otherwise;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
            return number;
        Mistake(name, text, $"expected is a whole number from {least} to {most}");
        return otherwise;
    }

    /// <summary>True, false, or null where the setting is missing (or wrong, which is a mistake).</summary>
    public bool? Switch(string name)
    {
        switch (Text(name)?.ToLowerInvariant())
        {
            case null: return null;
            case "true" or "1" or "yes" or "on": return true;
            case "false" or "0" or "no" or "off": return false;
            default:
                Mistake(name, Text(name)!, "expected is true or false");
                return null;
        }
    }

    public IReadOnlyList<string> List(string name) =>
        Text(name)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    public bool HasSection(string name) => configuration.GetSection(name).GetChildren().Any();

    /// <summary>Whether the value in force is the one of the lowest source, which is the <c>.env</c> file.</summary>
    public bool IsFromEnvFile(string name) =>
        configuration is IConfigurationRoot root
        && root.Providers.FirstOrDefault() is { } lowest
        && ReferenceEquals(root.Providers.LastOrDefault(provider => provider.TryGet(name, out _)), lowest);

    public void Mistake(string name, string value, string expected) =>
        Mistakes.Add($"{name}={Shown(value)}: {expected}.");

    public void SecretMistake(string name, string expected) => Mistakes.Add($"{name}: {expected}.");

    /// <summary>Control characters escaped, line ends among them.</summary>
    public static string OneLine(string text) =>
        string.Concat(text.Select(letter => char.IsControl(letter) ? $"\\u{(int)letter:x4}" : letter.ToString()));

    /// <summary>Cut to a line's length, control characters escaped, a password in an address left out.</summary>
    public static string Shown(string value)
    {
        var at = value.LastIndexOf('@');
        var start = value.IndexOf("://", StringComparison.Ordinal);
        if (start >= 0 && at > start) value = $"{value[..(start + 3)]}…{value[at..]}";
        var text = OneLine(string.Concat(value.Take(MostShown)));
        return value.Length > MostShown ? text + "…" : text;
    }
}
