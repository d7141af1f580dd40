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

    /// <summary>Whether it is kept above the others in the list; null is as false.</summary>
    public bool? Pinned
    {
        get;
        set => (field, HasPinned) = (value, true);
    }

    /// <summary>Whether it is put away from the list; null is as false. A new message brings it back.</summary>
    public bool? Archived
    {
        get;
        set => (field, HasArchived) = (value, true);
    }

    /// <summary>At most 16 names of 1 to 32 characters, all that it has from now on; null is as none. Upper and lower case are the
    /// same name.</summary>
    public IReadOnlyList<string>? Tags
    {
        get;
        set => (field, HasTags) = (value, true);
    }

    internal bool HasModel { get; private set; }

    internal bool HasReasoningEffort { get; private set; }

    internal bool HasSystemPrompt { get; private set; }

    internal bool HasTemperature { get; private set; }

    internal bool HasMaxCompletionTokens { get; private set; }

    internal bool HasPinned { get; private set; }

    internal bool HasArchived { get; private set; }

    internal bool HasTags { get; private set; }

    internal ReplySettings Settings => new(SystemPrompt, Temperature, MaxCompletionTokens);

    /// <summary>Changes what the request names; its tags are <see cref="TagQueries"/>' matter.</summary>
    internal void Apply(Conversation conversation, DateTime now)
    {
        if (HasPinned) conversation.PinnedAt = Pinned is true ? conversation.PinnedAt ?? now : null;
        if (HasArchived) conversation.ArchivedAt = Archived is true ? conversation.ArchivedAt ?? now : null;
        if (HasModel) conversation.Model = Model;
        if (HasReasoningEffort) conversation.ReasoningEffort = ReasoningEffort;
        if (HasSystemPrompt) conversation.SystemPrompt = Settings.Prompt;
        if (HasTemperature) conversation.Temperature = Temperature;
        if (HasMaxCompletionTokens) conversation.MaxCompletionTokens = MaxCompletionTokens;
    }
}
