namespace TahoChat.GroqEmulator.Page;

/// <summary>Keeps pages of other origins from steering the emulator through their visitor's browser.</summary>
internal static class SameOrigin
{
    /// <summary>Whether what changes something comes from no browser, or from our own page.</summary>
    public static bool Allows(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) return true;
        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0
            ? origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
            : request.Headers["Sec-Fetch-Site"].ToString() is not ("cross-site" or "same-site");
    }
}
