using System.Text.Json;
using System.Text.RegularExpressions;

namespace TahoChat.Api.Errors;

/// <summary>Says in a sentence why a request's values could not be read.</summary>
internal static partial class BindingErrors
{
    private const int MostShown = 80;

    /// <summary>The sentence, or null where the status says enough.</summary>
    public static string? Describe(BadHttpRequestException exception)
    {
        if (exception.InnerException is JsonException json) return Describe(json);
        if (Value().Match(exception.Message) is { Success: true } value)
            return $"{value.Groups["name"].Value}: '{Shown(value.Groups["value"].Value)}' is not {Kind(value.Groups["type"].Value)}.";
        if (Missing().Match(exception.Message) is { Success: true } missing)
            return $"{missing.Groups["name"].Value} is missing.";
        return exception.Message.Contains("body", StringComparison.OrdinalIgnoreCase) && exception.StatusCode is StatusCodes.Status400BadRequest
            ? "A JSON body is needed."
            : null;
    }

    private static string Describe(JsonException exception)
    {
        var where = exception.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : null;
        return where is not null ? $"{Shown(where)}: the value is missing, or of the wrong kind, or the JSON breaks off here."
            : exception.Message.Contains("missing required", StringComparison.Ordinal) ? "The body lacks a required value."
            : "The body is not the JSON that is expected here.";
    }

    private static string Kind(string type) => type.TrimEnd('?').Replace("Nullable<", "", StringComparison.Ordinal).TrimEnd('>') switch
    {
        "int" or "long" or "short" => "a whole number",
        "double" or "decimal" or "float" => "a number",
        "bool" => "true or false",
        "DateTime" or "DateTimeOffset" or "DateOnly" => "a time in ISO 8601",
        "Guid" => "an id",
        _ => "a value that is known here",
    };

    private static string Shown(string text) =>
        string.Concat(text.Take(MostShown).Select(letter => char.IsControl(letter) ? '?' : letter));

    [GeneratedRegex(@"\AFailed to bind parameter ""(?<type>\S+) (?<name>\w+)"" from ""(?<value>.*)""\.\z", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Value();

    [GeneratedRegex(@"\ARequired parameter ""\S+ (?<name>\w+)"" was not provided from", RegexOptions.CultureInvariant)]
    private static partial Regex Missing();
}
