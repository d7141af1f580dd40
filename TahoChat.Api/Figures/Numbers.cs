namespace TahoChat.Api.Figures;

/// <summary>Numbers whose percentiles are asked for, each of which may stand for several.</summary>
internal sealed class Numbers
{
    private const double Precision = 1000;

    private readonly List<(double Value, int Weight)> _numbers = [];
    private int _count;

    public void Add(double? number, int weight)
    {
        if (number is not { } value || !double.IsFinite(value) || value < 0) return;
        _numbers.Add((value, weight));
        _count += weight;
    }

    public void Add(Numbers others)
    {
        _numbers.AddRange(others._numbers);
        _count += others._count;
    }

    /// <summary>Null where nothing came.</summary>
    public Spread? ToSpread()
    {
        if (_count == 0) return null;
        _numbers.Sort();
        return new Spread(_count, At(0.1), At(0.5), At(0.9), At(0.95));
    }

    /// <summary>Between the two nearest numbers where the rank falls between them, as spreadsheets do it; a thousandth is the least
    /// step.</summary>
    private double At(double part)
    {
        var rank = part * (_count - 1);
        var below = Ranked((int)rank);
        var above = Ranked(Math.Min((int)rank + 1, _count - 1));
        return Math.Round((below + ((above - below) * (rank - (int)rank))) * Precision) / Precision;
    }

    private double Ranked(int rank)
    {
        foreach (var (value, weight) in _numbers)
        {
            rank -= weight;
            if (rank < 0) return value;
        }

        return _numbers[^1].Value;
    }
}
