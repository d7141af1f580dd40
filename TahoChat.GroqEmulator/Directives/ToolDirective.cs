namespace TahoChat.GroqEmulator.Directives;

/// <summary>A call that a request wants to see.</summary>
/// <param name="Arguments">As they shall be on the wire; null for some that fit the tool's parameters.</param>
internal sealed record ToolDirective(string Name, string? Arguments);
