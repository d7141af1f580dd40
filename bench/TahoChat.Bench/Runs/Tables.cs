using System.Text;

namespace TahoChat.Bench.Runs;

/// <summary>The results as Markdown: medians, their spread where there is one, and the ratio to the bare relay.</summary>
internal static class Tables
{
    public static string Write(Results results, Machine machine)
    {
        var text = new StringBuilder().AppendLine(machine.ToString()).AppendLine();
        WriteTargets(text, results);
        foreach (var (table, rows) in results.Tables) WriteTable(text, results, table, rows);
        text.AppendLine("### Lost, misplaced, failed").AppendLine();
        if (results.Troubles.Count == 0) text.AppendLine("Nothing, in any of the loads above.");
        foreach (var trouble in results.Troubles.Distinct()) text.AppendLine($"- {trouble}");
        return text.ToString();
    }

    private static void WriteTargets(StringBuilder text, Results results)
    {
        text.AppendLine("### Targets").AppendLine().AppendLine("| what | target | measured | |").AppendLine("| --- | --- | --- | --- |");
        foreach (var target in Target.All)
        {
            if (target.Measured(results) is not { } measured) continue;
            var sign = target.AtLeast ? "≥" : "≤";
            text.AppendLine($"| {target.What} | {sign} {Number.Of(target.Aim)} {target.Unit} | {Precise(measured)} {target.Unit} | {(target.IsMet(measured) ? "met" : "**missed**")} |");
        }

        text.AppendLine();
    }

    private static void WriteTable(StringBuilder text, Results results, string table, IReadOnlyList<string> rows)
    {
        var subjects = results.Subjects(table).ToList();
        var hasRelay = subjects.Contains(Subject.Relay) && subjects.Contains(Subject.Own);
        text.AppendLine($"### {table}").AppendLine();
        text.AppendLine($"| | {string.Join(" | ", subjects)} |{(hasRelay ? " TahoChat ÷ relay |" : "")}");
        text.AppendLine($"| --- |{string.Concat(subjects.Select(_ => " --- |"))}{(hasRelay ? " --- |" : "")}");
        foreach (var row in rows)
        {
            var ratio = results.Median(row, Subject.Own) / results.Median(row, Subject.Relay);
            var last = !hasRelay ? "" : ratio is { } value && double.IsFinite(value) ? $" {Precise(value)} |" : " |";
            text.AppendLine($"| {row} | {string.Join(" | ", subjects.Select(subject => Cell(results.Of(row, subject))))} |{last}");
        }

        text.AppendLine();
    }

    private static string Cell(IReadOnlyList<double> values) => values switch
    {
        [] => "–",
        [var only] => Number.Of(only),
        _ when Number.Of(values[0]) == Number.Of(values[^1]) => Number.Of(values[0]),
        _ => $"{Number.Of(Number.Median(values))} ({Number.Of(values[0])} to {Number.Of(values[^1])})",
    };

    private static string Precise(double value) => value < 10 ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{value:0.00}") : Number.Of(value);
}
