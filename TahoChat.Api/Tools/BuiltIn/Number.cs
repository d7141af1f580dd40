using System.Globalization;

namespace TahoChat.Api.Tools.BuiltIn;

/// <summary>A number of the calculator: a decimal with 28 digits as long as that can hold it, a double beyond.</summary>
internal readonly struct Number
{
    /// <summary>One third thrice is one again: the last digits of a rounded result are not shown.</summary>
    private const int DigitsOfRounded = 25;

    private const double LargestPower = 10_000;

    private readonly decimal _exact;
    private readonly double _wide;
    private readonly bool _isWide;
    private readonly bool _isRounded;

    private Number(decimal exact, bool isRounded) => (_exact, _isRounded) = (exact, isRounded);

    private Number(double wide) => (_wide, _isWide) = (wide, true);

    public double Wide => _isWide ? _wide : (double)_exact;

    public bool IsZero => Wide == 0;

    public static implicit operator Number(decimal exact) => new(exact, isRounded: false);

    /// <summary>A result that is not exact; as a decimal where it has no more digits than a double knows anyway.</summary>
    public static Number Of(double value)
    {
        if (double.IsNaN(value)) throw new ToolException("The result is not a real number.");
        if (double.IsInfinity(value)) throw new ToolException("The result is too large.");
        return Math.Abs(value) is > 1e-10 and < 1e15 ? new Number((decimal)value, isRounded: true) : new Number(value);
    }

    /// <summary>A number as it is written: digits, a point, an exponent.</summary>
    public static Number Parse(ReadOnlySpan<char> text)
    {
        var wide = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        var fits = text.Length <= 29 && (wide == 0 || Math.Abs(wide) >= 1e-10);
        return fits && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) ? exact : Of(wide);
    }

    public static Number operator -(Number a) => a._isWide ? new(-a._wide) : new(-a._exact, a._isRounded);

    public static Number operator +(Number a, Number b) => Do(a, b, decimal.Add, (x, y) => x + y);

    public static Number operator -(Number a, Number b) => Do(a, b, decimal.Subtract, (x, y) => x - y);

    public static Number operator *(Number a, Number b) => Do(a, b, decimal.Multiply, (x, y) => x * y);

    public static Number operator /(Number a, Number b) =>
        b.IsZero ? throw new ToolException("Division by zero.") : Do(a, b, decimal.Divide, (x, y) => x / y, rounds: true);

    /// <summary>The rest of the division, with the sign of <paramref name="a"/>.</summary>
    public static Number operator %(Number a, Number b) =>
        b.IsZero ? throw new ToolException("Division by zero.") : Do(a, b, decimal.Remainder, (x, y) => x % y);

    public Number Power(Number exponent)
    {
        var times = exponent.Wide;
        if (IsZero && times < 0) throw new ToolException("Division by zero.");
        if (_isWide || times != Math.Floor(times) || Math.Abs(times) > LargestPower) return Of(Math.Pow(Wide, times));
        Number result = 1m;
        for (var (factor, left) = (this, (int)Math.Abs(times)); left > 0; left >>= 1)
        {
            if ((left & 1) == 1) result *= factor;
            if (left > 1) factor *= factor;
        }

        return times < 0 ? 1m / result : result;
    }

    /// <summary>Applies a function that decimals have too.</summary>
    public Number Map(Func<decimal, decimal> exact, Func<double, double> wide)
    {
        if (_isWide) return Of(wide(_wide));
        var result = exact(_exact);
        return new(result, _isRounded || result.Scale == 28);
    }

    /// <summary>Digits as people write them, with an exponent only where it is very large or very small.</summary>
    public override string ToString()
    {
        if (_isWide) return _wide.ToString("G15", CultureInfo.InvariantCulture);
        return (_isRounded ? Shorten(_exact) : _exact).ToString("0.############################", CultureInfo.InvariantCulture);
    }

    private static decimal Shorten(decimal value)
    {
        var whole = Math.Truncate(Math.Abs(value)).ToString(CultureInfo.InvariantCulture).Length;
        return Math.Round(value, Math.Clamp(DigitsOfRounded - whole, 0, 28));
    }

    private static Number Do(
        Number a, Number b, Func<decimal, decimal, decimal> exact, Func<double, double, double> wide, bool rounds = false)
    {
        if (a._isWide || b._isWide) return Of(wide(a.Wide, b.Wide));
        try
        {
            var result = exact(a._exact, b._exact);
            // A decimal that is too small for its 28 places is zero, and a double still knows it.
            if (result == 0 && wide(a.Wide, b.Wide) is not 0 and var small) return new Number(small);
            return new Number(result, a._isRounded || b._isRounded || rounds || result.Scale == 28);
        }
        catch (OverflowException)
        {
            return Of(wide(a.Wide, b.Wide));
        }
    }
}
