using Microsoft.Extensions.AI;

namespace TahoChat.Api.Tools;

/// <summary>A function that a model may ask for.</summary>
/// <param name="Name">Unique, and fit for the wire: 1 to 64 of a-z, A-Z, 0-9, <c>_</c> and <c>-</c>.</param>
/// <param name="Title">For people.</param>
/// <param name="Description">For the model, and for people who want to know more.</param>
/// <param name="Server">The MCP server that has it; null for one of our own.</param>
/// <param name="Safe">Whether it runs without asking.</param>
/// <param name="Function">Its schema and what it does: gives a text, or throws <see cref="ToolException"/>.</param>
public sealed record Tool(string Name, string Title, string Description, string? Server, bool Safe, AIFunction Function);
