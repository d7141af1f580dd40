namespace TahoChat.GroqEmulator.Models;

/// <summary>One model, as the list shows it.</summary>
internal sealed record GroqModel(
    string Id,
    string Object,
    long Created,
    string OwnedBy,
    bool Active,
    int ContextWindow,
    int MaxCompletionTokens,
    string Name,
    IReadOnlyList<string> InputModalities,
    IReadOnlyList<string> OutputModalities,
    IReadOnlyList<string> SupportedFeatures);

/// <summary>The answer to the list's request.</summary>
internal sealed record GroqModelList(string Object, IReadOnlyList<GroqModel> Data);
