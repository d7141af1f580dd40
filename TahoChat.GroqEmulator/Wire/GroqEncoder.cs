using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace TahoChat.GroqEmulator.Wire;

/// <summary>Escapes as Go's encoding/json does: control characters, quote and backslash, and <c>&lt;</c>, <c>&gt;</c>,
/// <c>&amp;</c>, U+2028 and U+2029 as lower-case <c>\u003c</c>; all else goes out as UTF-8.</summary>
internal sealed class GroqEncoder : JavaScriptEncoder
{
    public static readonly GroqEncoder Instance = new();

    public override int MaxOutputCharactersPerInputCharacter => 6;

    public override bool WillEncode(int unicodeScalar) =>
        unicodeScalar is < 0x20 or '"' or '\\' or '<' or '>' or '&' or 0x2028 or 0x2029;

    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
    {
        for (var i = 0; i < textLength; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < textLength && char.IsLowSurrogate(text[i + 1])) i++;
            else if (char.IsSurrogate(text[i]) || WillEncode(text[i])) return i;
        }

        return -1;
    }

    public override unsafe bool TryEncodeUnicodeScalar(
        int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        var escaped = unicodeScalar switch
        {
            '"' => "\\\"",
            '\\' => @"\\",
            '\n' => @"\n",
            '\r' => @"\r",
            '\t' => @"\t",
            _ when WillEncode(unicodeScalar) => string.Create(CultureInfo.InvariantCulture, $"\\u{unicodeScalar:x4}"),
            _ => new Rune(unicodeScalar).ToString(),
        };
        numberOfCharactersWritten = escaped.Length <= bufferLength ? escaped.Length : 0;
        if (numberOfCharactersWritten == 0) return false;
        escaped.CopyTo(new Span<char>(buffer, bufferLength));
        return true;
    }
}
