namespace TahoChat.Bench.Relay;

/// <summary>Finds a string in JSON text by the bytes around it. What is found keeps its escapes.</summary>
internal static class JsonText
{
    private const byte Quote = (byte)'"', Backslash = (byte)'\\';

    /// <summary>The first string after <paramref name="name"/>, which is a property's name in its quotes; false when there is none.</summary>
    public static bool TryFind(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name, out Range value)
    {
        value = default;
        var at = json.IndexOf(name);
        if (at < 0) return false;
        at = SkipSpace(json, at + name.Length);
        if (at >= json.Length || json[at] != ':') return false;
        var start = SkipSpace(json, at + 1) + 1;
        if (start > json.Length || json[start - 1] != Quote) return false;

        for (var end = start; end < json.Length; end++)
        {
            var step = json[end..].IndexOfAny(Quote, Backslash);
            if (step < 0) return false;
            end += step;
            if (json[end] == Quote)
            {
                value = start..end;
                return true;
            }

            end++;
        }

        return false;
    }

    private static int SkipSpace(ReadOnlySpan<byte> json, int at)
    {
        while (at < json.Length && json[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') at++;
        return at;
    }
}
