using System.Text;

namespace TahoChat.Api.Search;

/// <summary>The words of a text as the search sees them, one after the other. What is indexed, what is asked for and what is marked
/// in a hit comes from here, so that the three agree.</summary>
internal ref struct SearchTokens(ReadOnlySpan<char> text)
{
    /// <summary>Characters of a word that count; of a longer one, the rest is passed over.</summary>
    public const int MaxLength = 64;

    private readonly ReadOnlySpan<char> _text = text;
    private readonly char[] _word = new char[MaxLength];
    private int _at;
    private int _length;

    /// <summary>The word, folded; overwritten by the next one.</summary>
    public readonly ReadOnlySpan<char> Current => _word.AsSpan(0, _length);

    /// <summary>Where it begins in the text, in UTF-16 units.</summary>
    public int Start { get; private set; }

    /// <summary>The first place behind it.</summary>
    public int End { get; private set; }

    /// <summary>Whether it is one character of those that are words by themselves.</summary>
    public bool IsAlone { get; private set; }

    public bool MoveNext()
    {
        _length = 0;
        while (_at < _text.Length)
        {
            var character = _text[_at];
            if (char.IsSurrogate(character))
            {
                if (TakeRune()) return true;
                continue;
            }

            switch (SearchFolding.Of(character, out var folded))
            {
                case LetterKind.Letter:
                    Append(folded, 1);
                    break;
                case LetterKind.Letters:
                    foreach (var letter in SearchFolding.LettersOf(character)) Append(letter, 0);
                    End = ++_at;
                    break;
                case LetterKind.Alone:
                    if (_length > 0) return Word();
                    Append(SearchFolding.Voiced(folded, _at + 1 < _text.Length ? _text[_at + 1] : ' '), 1);
                    IsAlone = true;
                    return true;
                case LetterKind.Separator:
                    if (_length > 0) return Word();
                    _at++;
                    break;
                default:
                    _at++;
                    if (_length > 0) End = _at;
                    break;
            }
        }

        return _length > 0 && Word();
    }

    /// <summary>Whether a word ended here; where half of a pair stands alone, it separates.</summary>
    private bool TakeRune()
    {
        Rune.DecodeFromUtf16(_text[_at..], out var rune, out var units);
        switch (SearchFolding.Of(rune, out var folded))
        {
            case LetterKind.Letter:
                Append(folded, units);
                return false;
            case LetterKind.Alone when _length == 0:
                Append(folded, units);
                IsAlone = true;
                return true;
            case LetterKind.Alone:
                return Word();
            default:
                if (_length > 0) return Word();
                _at += units;
                return false;
        }
    }

    private readonly bool Fits(int units) => _length + units <= MaxLength;

    private void Append(Rune rune, int units)
    {
        if (_length == 0) Start = _at;
        if (Fits(rune.Utf16SequenceLength)) _length += rune.EncodeToUtf16(_word.AsSpan(_length));
        _at += units;
        End = _at;
    }

    private void Append(char letter, int units)
    {
        if (_length == 0) Start = _at;
        if (Fits(1)) _word[_length++] = letter;
        _at += units;
        End = _at;
    }

    private bool Word()
    {
        IsAlone = false;
        return true;
    }
}
