using TahoChat.Api.Tools;

namespace TahoChat.Api.Generations;

/// <summary>Something that happened to a growing reply beside its text. Steps are appended and never changed.</summary>
public abstract record GenerationStep;

/// <summary>A tool was called, or its call stands elsewhere than before.</summary>
public sealed record ToolCallStep(ToolCall Call) : GenerationStep;

/// <summary>Another model answers than the one that was acknowledged, which turned out to be gone.</summary>
/// <param name="Model">The one that answers.</param>
/// <param name="Notice">A sentence for people.</param>
public sealed record ModelStep(string Model, string Notice) : GenerationStep;

/// <summary>The provider asked to wait; over with the next text, step or end.</summary>
/// <param name="Code">Why, as in <see cref="ChatError"/>.</param>
/// <param name="Until">When the request is sent again.</param>
public sealed record WaitStep(string Code, DateTimeOffset Until) : GenerationStep;
