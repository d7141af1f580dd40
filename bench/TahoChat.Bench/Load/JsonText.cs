using System.Buffers.Text;

namespace TahoChat.Bench.Load;

/// <summary>Finds a value in JSON without reading all of it.</summary>
internal static class JsonText
{
    /// <summary>The text behind a <paramref name="key"/> with its colon, as it is written; empty where there is none.</summary>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> json, ReadOnlySpan<byte> key)
    {
        var value = After(json, key);
        if (value is not [(byte)'"', ..]) return [];
        value = value[1..];
        for (var end = 0; end < value.Length; end++)
        {
            if (value[end] == '\\') end++;
            else if (value[end] == '"') return value[..end];
        }

        return [];
    }

    /// <summary>The number behind a key; 0 where there is none.</summary>
    public static long Number(ReadOnlySpan<byte> json, ReadOnlySpan<byte> key) =>
        Utf8Parser.TryParse(After(json, key), out long number, out _) ? number : 0;

    private static ReadOnlySpan<byte> After(ReadOnlySpan<byte> json, ReadOnlySpan<byte> key)
    {
        var at = json.IndexOf(key);
        return at < 0 ? [] : json[(at + key.Length)..].TrimStart((byte)' ');
    }
}
