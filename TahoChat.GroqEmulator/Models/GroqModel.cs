namespace TahoChat.GroqEmulator.Models;

/// <summary>One model, as the list shows it.</summary>
internal sealed record GroqModel(
    string Id,
    long Created,
    string OwnedBy,
    string Name,
    int ContextWindow,
    int MaxCompletionTokens,
    IReadOnlyList<string> InputModalities,
    IReadOnlyList<string> OutputModalities,
    IReadOnlyList<string> SupportedFeatures)
{
    public string Object { get; } = "model";

    public bool Active { get; } = true;
}

/// <summary>The answer to the list's request.</summary>
internal sealed record GroqModelList(IReadOnlyList<GroqModel> Data)
{
    public string Object { get; } = "list";
}
