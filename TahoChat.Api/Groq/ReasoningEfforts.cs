namespace TahoChat.Api.Groq;

/// <summary>How much a model can be asked to reason. No list of models says so; the values are those of
/// console.groq.com/docs/reasoning.</summary>
public static class ReasoningEfforts
{
    /// <summary>All that some model takes.</summary>
    public static readonly IReadOnlyList<string> All = ["none", "default", "low", "medium", "high"];

    private static readonly string[] _gptOss = ["low", "medium", "high"];
    private static readonly string[] _qwen = ["none", "default"];

    /// <summary>The efforts of a model, least first; empty where it has none, or none that is known. Of one that is in no list
    /// <paramref name="features"/> is null.</summary>
    public static IReadOnlyList<string> Of(string model, IReadOnlyList<string>? features)
    {
        // gpt-oss takes the same three on every server; Qwen's two are Groq's own, whose list has features.
        if (model.Contains("gpt-oss", StringComparison.OrdinalIgnoreCase)) return _gptOss;
        var isQwen = model.Contains("qwen3", StringComparison.OrdinalIgnoreCase);
        return isQwen && features?.Contains("reasoning") is true ? _qwen : [];
    }
}
