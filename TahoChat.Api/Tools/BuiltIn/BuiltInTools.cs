using System.ComponentModel;
using System.Globalization;
using Microsoft.Extensions.AI;

namespace TahoChat.Api.Tools.BuiltIn;

/// <summary>The tools that come with the server. They reach nothing outside of it, and so are safe.</summary>
public sealed class BuiltInTools(TimeProvider time)
{
    /// <summary>Makes each one; the parameters' names and descriptions are the schema that the model sees.</summary>
    public IReadOnlyList<Tool> Create() =>
    [
        Of("current_time", "Date and time",
            "Tells the current date, weekday, time and offset from UTC in a time zone. Use it whenever the answer depends on what day or time it is now.",
            CurrentTime),
        Of("calculator", "Calculator",
            "Works out an arithmetic expression exactly where 28 digits allow. Use it instead of calculating yourself. "
            + "Operators: + - * / % (remainder) ^, parentheses. Constants: pi, tau, e. Functions (angles in radians): "
            + string.Join(", ", CalculatorFunctions.Names) + ".",
            Calculate),
    ];

    private string CurrentTime(
        [Description("IANA name of the time zone, for example Europe/Berlin. Without it, the server's own time zone.")] string? time_zone = null)
    {
        var zone = Zone(time_zone);
        var now = TimeZoneInfo.ConvertTime(time.GetUtcNow(), zone);
        return string.Create(CultureInfo.InvariantCulture, $"{now:yyyy-MM-dd HH:mm:ss}, {now:dddd}, UTC{now:zzz} ({zone.Id})");
    }

    private static string Calculate([Description("For example (2 + 3) * 4 or sqrt(2) or 15 % 4.")] string expression) =>
        Expression.Evaluate(expression);

    private TimeZoneInfo Zone(string? name)
    {
        if (string.IsNullOrWhiteSpace(name)) return time.LocalTimeZone;
        return TimeZoneInfo.TryFindSystemTimeZoneById(name.Trim(), out var zone)
            ? zone
            : throw new ToolException("There is no such time zone. Expected is an IANA name such as Europe/Berlin, America/New_York or UTC.");
    }

    private static Tool Of(string name, string title, string description, Delegate method) => new(
        name, title, description, Server: null, Safe: true,
        AIFunctionFactory.Create(method, new AIFunctionFactoryOptions { Name = name, Description = description }));
}
