namespace TahoChat.Api.Groq;

/// <summary>Makes a stream of text pieces valid UTF-16: half of a surrogate pair waits for its other half in the next piece,
/// and becomes U+FFFD where that does not come.</summary>
internal struct TextMender
{
    private const char Replacement = '\uFFFD';

    private char _waiting;

    /// <summary>The piece, mended; empty where there is nothing to give yet.</summary>
    public string Mend(string? piece)
    {
        if (string.IsNullOrEmpty(piece)) return "";
        if (_waiting == 0 && !piece.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF')) return piece;

        var text = _waiting == 0 ? piece : _waiting + piece;
        _waiting = char.IsHighSurrogate(text[^1]) ? text[^1] : '\0';
        var whole = _waiting == 0 ? text : text[..^1];
        return string.Create(whole.Length, whole, static (target, source) =>
        {
            for (var index = 0; index < source.Length; index++)
            {
                var isPair = index + 1 < source.Length && char.IsSurrogatePair(source[index], source[index + 1]);
                target[index] = !isPair && char.IsSurrogate(source[index]) ? Replacement : source[index];
                if (isPair) target[index + 1] = source[++index];
            }
        });
    }

    /// <summary>What is left at the end of the stream.</summary>
    public string Finish()
    {
        var rest = _waiting == 0 ? "" : Replacement.ToString();
        _waiting = '\0';
        return rest;
    }
}
