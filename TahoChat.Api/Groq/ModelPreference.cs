namespace TahoChat.Api.Groq;

/// <summary>Which models chat, and which one takes the place of one that is gone.</summary>
internal static class ModelPreference
{
    // Groq lists speech, moderation and embedding models beside those that chat, and says so in their names only.
    private static readonly string[] _otherTrades = ["whisper", "tts", "orpheus", "guard", "moderation", "embed", "rerank"];

    private static readonly string[] _wellKnown = ["openai/gpt-oss-120b", "openai/gpt-oss-20b"];

    /// <summary>Whether a model takes text, gives text, and can be used.</summary>
    public static bool Chats(GroqModel model) =>
        model.Active
        && !_otherTrades.Any(trade => model.Id.Contains(trade, StringComparison.OrdinalIgnoreCase))
        && model.InputModalities?.Contains("text") is not false
        && model.OutputModalities?.Contains("text") is not false;

    /// <summary>Whether a model takes speech and gives text: said by what it takes in, or by its name alone.</summary>
    public static bool Hears(GroqModel model) =>
        model.Active
        && model.OutputModalities?.Contains("text") is not false
        && (model.Id.Contains("whisper", StringComparison.OrdinalIgnoreCase)
            || (model.InputModalities is { } takes && takes.Contains("audio") && !takes.Contains("text")));

    /// <summary>The model to use: the one asked for where it is there, else the first of <paramref name="preferred"/>, the
    /// well-known ones, and the one with the largest context window.</summary>
    public static ModelChoice Choose(IReadOnlyList<GroqModel> models, string requested, params ReadOnlySpan<string> preferred)
    {
        if (models.Count == 0) return new ModelChoice(requested);
        if (Find(models, requested) is { } there) return new ModelChoice(there.Id, there.ContextWindow);
        GroqModel? other = null;
        foreach (var id in (ReadOnlySpan<string>)[.. preferred, .. _wellKnown]) other ??= Find(models, id);
        other ??= models.MaxBy(model => model.ContextWindow ?? 0)!;
        return new ModelChoice(other.Id, other.ContextWindow, $"{requested} is no longer offered; {other.Id} answers instead.");
    }

    /// <summary>What is known of the model with just this id, or null.</summary>
    public static GroqModel? Named(this IReadOnlyList<GroqModel> models, string id) =>
        models.FirstOrDefault(model => string.Equals(model.Id, id, StringComparison.Ordinal));

    // Ollama lists llama3.2 as llama3.2:latest, and takes either.
    private static GroqModel? Find(IReadOnlyList<GroqModel> models, string id) =>
        models.Named(id)
        ?? models.FirstOrDefault(model => string.Equals(model.Id, id + ":latest", StringComparison.Ordinal));
}
