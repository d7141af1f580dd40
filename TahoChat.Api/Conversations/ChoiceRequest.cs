namespace TahoChat.Api.Conversations;

/// <summary>What <c>PATCH /conversations/{id}</c> changes: a property that is left out stays, null takes the choice
/// back.</summary>
public sealed class ChoiceRequest
{
    /// <summary>A model's id.</summary>
    public string? Model
    {
        get;
        set => (field, HasModel) = (value, true);
    }

    /// <summary><c>low</c>, <c>medium</c>, <c>high</c>, <c>none</c> or <c>default</c>.</summary>
    public string? ReasoningEffort
    {
        get;
        set => (field, HasReasoningEffort) = (value, true);
    }

    /// <summary>What the model is told before the messages; blank is as null.</summary>
    public string? SystemPrompt
    {
        get;
        set => (field, HasSystemPrompt) = (value, true);
    }

    /// <summary>0 to 2.</summary>
    public double? Temperature
    {
        get;
        set => (field, HasTemperature) = (value, true);
    }

    /// <summary>The most tokens of a reply, reasoning included; at most the model's own limit is asked for.</summary>
    public int? MaxCompletionTokens
    {
        get;
        set => (field, HasMaxCompletionTokens) = (value, true);
    }

    internal bool HasModel { get; private set; }

    internal bool HasReasoningEffort { get; private set; }

    internal bool HasSystemPrompt { get; private set; }

    internal bool HasTemperature { get; private set; }

    internal bool HasMaxCompletionTokens { get; private set; }

    internal ReplySettings Settings => new(SystemPrompt, Temperature, MaxCompletionTokens);

    /// <summary>Changes what the request names.</summary>
    internal void Apply(Conversation conversation)
    {
        if (HasModel) conversation.Model = Model;
        if (HasReasoningEffort) conversation.ReasoningEffort = ReasoningEffort;
        if (HasSystemPrompt) conversation.SystemPrompt = Settings.Prompt;
        if (HasTemperature) conversation.Temperature = Temperature;
        if (HasMaxCompletionTokens) conversation.MaxCompletionTokens = MaxCompletionTokens;
    }
}
