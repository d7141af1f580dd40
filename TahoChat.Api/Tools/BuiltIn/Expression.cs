namespace TahoChat.Api.Tools.BuiltIn;

/// <summary>Works out an arithmetic expression by recursive descent: sums of products of powers of values. It knows numbers
/// and a fixed list of names, and nothing else can be reached through it.</summary>
internal ref struct Expression
{
    private const int Longest = 1000;
    private const int Deepest = 50;

    private readonly ReadOnlySpan<char> _text;
    private int _at;
    private int _depth;

    private Expression(ReadOnlySpan<char> text) => _text = text;

    /// <exception cref="ToolException">It is no expression, or it has no result; the message says why.</exception>
    public static string Evaluate(string text)
    {
        if (text.Length > Longest) throw new ToolException($"The expression is longer than {Longest} characters.");
        var expression = new Expression(text);
        var result = expression.Sum();
        return expression.Peek() is '\0' ? result.ToString() : throw expression.Unexpected();
    }

    private Number Sum()
    {
        if (++_depth > Deepest) throw new ToolException("The expression is nested too deeply.");
        var sum = Product();
        while (true)
        {
            if (Take('+')) sum += Product();
            else if (Take('-') || Take('−')) sum -= Product();
            else break;
        }

        _depth--;
        return sum;
    }

    private Number Product()
    {
        var product = Signed();
        while (true)
        {
            if (Take('*') || Take('×') || Take('·')) product *= Signed();
            else if (Take('/') || Take('÷')) product /= Signed();
            else if (Take('%')) product %= Signed();
            else return product;
        }
    }

    /// <summary>A sign binds less than a power: -2^2 is -4.</summary>
    private Number Signed()
    {
        if (++_depth > Deepest) throw new ToolException("The expression is nested too deeply.");
        var value = Take('-') || Take('−') ? -Signed() : Take('+') ? Signed() : Power();
        _depth--;
        return value;
    }

    /// <summary>Powers are worked out from the right: 2^3^2 is 512.</summary>
    private Number Power()
    {
        var value = Value();
        if (Take('^')) return value.Power(Signed());
        if (_at + 1 < _text.Length && _text[_at] == '*' && _text[_at + 1] == '*')
        {
            _at += 2;
            return value.Power(Signed());
        }

        return value;
    }

    private Number Value()
    {
        var next = Peek();
        if (Take('('))
        {
            var inner = Sum();
            return Take(')') ? inner : throw new ToolException("A closing parenthesis is missing.");
        }

        if (char.IsAsciiDigit(next) || next == '.') return Digits();
        return char.IsLetter(next) ? Name() : throw Unexpected();
    }

    private Number Digits()
    {
        var start = _at;
        SkipDigits();
        if (_at < _text.Length && _text[_at] == '.')
        {
            _at++;
            SkipDigits();
        }

        if (_text[start.._at] is ".") throw new ToolException("A point alone is no number.");
        var end = _at;
        if (_at < _text.Length && _text[_at] is 'e' or 'E')
        {
            _at++;
            if (_at < _text.Length && _text[_at] is '+' or '-') _at++;
            if (_at < _text.Length && char.IsAsciiDigit(_text[_at])) SkipDigits();
            else _at = end;
        }

        return Number.Parse(_text[start.._at]);
    }

    private Number Name()
    {
        var start = _at;
        while (_at < _text.Length && char.IsLetterOrDigit(_text[_at])) _at++;
        var name = _text[start.._at].ToString();
        if (!Take('(')) return CalculatorFunctions.Constant(name);
        var values = new List<Number>();
        if (!Take(')'))
        {
            do values.Add(Sum());
            while (Take(','));
            if (!Take(')')) throw new ToolException("A closing parenthesis is missing.");
        }

        return CalculatorFunctions.Call(name, [.. values]);
    }

    private void SkipDigits()
    {
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at])) _at++;
    }

    private char Peek()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at])) _at++;
        return _at < _text.Length ? _text[_at] : '\0';
    }

    private bool Take(char wanted)
    {
        if (Peek() != wanted) return false;
        // Two stars are a power, not a product of a product.
        if (wanted == '*' && _at + 1 < _text.Length && _text[_at + 1] == '*') return false;
        _at++;
        return true;
    }

    private ToolException Unexpected() => Peek() is '\0'
        ? new ToolException("The expression ends too early.")
        : new ToolException($"\"{_text[_at]}\" was not expected at position {_at + 1}.");
}
