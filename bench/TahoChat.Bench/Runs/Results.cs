using System.Globalization;

namespace TahoChat.Bench.Runs;

/// <summary>What was measured: of each row and subject one value a round.</summary>
internal sealed class Results
{
    private readonly OrderedDictionary<string, List<string>> _tables = [];
    private readonly Dictionary<(string Row, string Subject), List<double>> _values = [];

    /// <summary>Rows by table, in the order in which they came.</summary>
    public IEnumerable<(string Table, IReadOnlyList<string> Rows)> Tables => _tables.Select(table => (table.Key, (IReadOnlyList<string>)table.Value));

    /// <summary>What went wrong somewhere, as it is to be told.</summary>
    public List<string> Troubles { get; } = [];

    /// <summary>Adds a value, and says it, because a run takes long.</summary>
    public void Add(string table, string row, string subject, double value)
    {
        if (!_tables.TryGetValue(table, out var rows)) _tables[table] = rows = [];
        if (!rows.Contains(row)) rows.Add(row);
        if (!_values.TryGetValue((row, subject), out var values)) _values[(row, subject)] = values = [];
        values.Add(value);
        Console.WriteLine($"  {subject}: {row}: {Number.Of(value)}");
    }

    /// <summary>The values of a row, smallest first; empty where it was not measured.</summary>
    public IReadOnlyList<double> Of(string row, string subject) => _values.TryGetValue((row, subject), out var values) ? [.. values.Order()] : [];

    /// <summary>The median; null where it was not measured.</summary>
    public double? Median(string row, string subject) => Of(row, subject) is { Count: > 0 } values ? Number.Median(values) : null;

    public IEnumerable<string> Subjects(string table) =>
        _values.Keys.Where(key => _tables[table].Contains(key.Row)).Select(key => key.Subject).Distinct();
}

/// <summary>Numbers for people.</summary>
internal static class Number
{
    /// <summary>Of sorted values.</summary>
    public static double Median(IReadOnlyList<double> sorted) =>
        sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;

    /// <summary>With as many digits as mean something.</summary>
    public static string Of(double value) => value.ToString(Math.Abs(value) switch { < 1 => "0.##", < 10 => "0.0", _ => "N0" }, CultureInfo.InvariantCulture);
}
