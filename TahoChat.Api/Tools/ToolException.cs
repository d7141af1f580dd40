namespace TahoChat.Api.Tools;

/// <summary>A tool could not do what it was asked. The message is for the model and for the person who looks at the
/// call.</summary>
public sealed class ToolException(string message, Exception? inner = null) : Exception(message, inner);
