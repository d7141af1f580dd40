namespace TahoChat.Api.Tools.BuiltIn;

/// <summary>The names that the calculator knows. Angles are in radians.</summary>
internal static class CalculatorFunctions
{
    private static readonly Dictionary<string, Number> _constants = new(StringComparer.OrdinalIgnoreCase)
    {
        ["pi"] = 3.1415926535897932384626433833m,
        ["π"] = 3.1415926535897932384626433833m,
        ["tau"] = 6.2831853071795864769252867666m,
        ["e"] = 2.7182818284590452353602874714m,
    };

    private static readonly Dictionary<string, (int Least, int Most, Func<Number[], Number> Of)> _functions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["sqrt"] = (1, 1, values => SquareRoot(values[0])),
        ["cbrt"] = One(Math.Cbrt),
        ["abs"] = (1, 1, values => values[0].Map(Math.Abs, Math.Abs)),
        ["floor"] = (1, 1, values => values[0].Map(Math.Floor, Math.Floor)),
        ["ceil"] = (1, 1, values => values[0].Map(Math.Ceiling, Math.Ceiling)),
        ["round"] = (1, 2, Round),
        ["exp"] = One(Math.Exp),
        ["ln"] = One(value => Math.Log(Positive(value))),
        ["log"] = (1, 2, values => Number.Of(values.Length == 1
            ? Math.Log10(Positive(values[0].Wide))
            : Math.Log(Positive(values[0].Wide), Positive(values[1].Wide)))),
        ["log10"] = One(value => Math.Log10(Positive(value))),
        ["log2"] = One(value => Math.Log2(Positive(value))),
        ["sin"] = One(Math.Sin),
        ["cos"] = One(Math.Cos),
        ["tan"] = One(Math.Tan),
        ["asin"] = One(Math.Asin),
        ["acos"] = One(Math.Acos),
        ["atan"] = One(Math.Atan),
        ["atan2"] = (2, 2, values => Number.Of(Math.Atan2(values[0].Wide, values[1].Wide))),
        ["sinh"] = One(Math.Sinh),
        ["cosh"] = One(Math.Cosh),
        ["tanh"] = One(Math.Tanh),
        ["deg"] = (1, 1, values => values[0] * 180m / _constants["pi"]),
        ["rad"] = (1, 1, values => values[0] * _constants["pi"] / 180m),
        ["pow"] = (2, 2, values => values[0].Power(values[1])),
        ["min"] = (1, int.MaxValue, values => values.MinBy(value => value.Wide)),
        ["max"] = (1, int.MaxValue, values => values.MaxBy(value => value.Wide)),
    };

    /// <summary>All of them, for the tool's description.</summary>
    public static IEnumerable<string> Names => _functions.Keys;

    /// <exception cref="ToolException">There is no such constant.</exception>
    public static Number Constant(string name) => _constants.TryGetValue(name, out var value)
        ? value
        : throw new ToolException(_functions.ContainsKey(name) ? $"{name} needs its values in parentheses." : $"There is no constant \"{name}\".");

    /// <exception cref="ToolException">There is no such function, or it takes another number of values.</exception>
    public static Number Call(string name, Number[] values)
    {
        if (!_functions.TryGetValue(name, out var function)) throw new ToolException($"There is no function \"{name}\".");
        if (values.Length >= function.Least && values.Length <= function.Most) return function.Of(values);
        throw new ToolException($"{name} does not take {values.Length} values.");
    }

    private static (int Least, int Most, Func<Number[], Number> Of) One(Func<double, double> function) =>
        (1, 1, values => Number.Of(function(values[0].Wide)));

    private static double Positive(double value) =>
        value > 0 ? value : throw new ToolException("A logarithm needs a number above zero.");

    private static Number SquareRoot(Number value)
    {
        if (value.Wide < 0) throw new ToolException("A square root needs a number that is not negative.");
        return value.Map(Refined, Math.Sqrt);
    }

    /// <summary>Newton's step from the double's root doubles its 15 digits.</summary>
    private static decimal Refined(decimal value)
    {
        if (value == 0) return 0;
        var root = (decimal)Math.Sqrt((double)value);
        return root == 0 ? 0 : (root + (value / root)) / 2;
    }

    private static Number Round(Number[] values)
    {
        var digits = values.Length == 1 ? 0 : (int)Math.Clamp(values[1].Wide, 0, 15);
        return values[0].Map(
            value => Math.Round(value, digits, MidpointRounding.AwayFromZero),
            value => Math.Round(value, digits, MidpointRounding.AwayFromZero));
    }
}
