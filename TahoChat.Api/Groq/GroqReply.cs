namespace TahoChat.Api.Groq;

/// <summary>A completion that came in one piece.</summary>
public sealed record GroqReply(string Text, string Reasoning, GroqCompletion Completion);
