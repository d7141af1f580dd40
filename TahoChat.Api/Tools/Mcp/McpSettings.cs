namespace TahoChat.Api.Tools.Mcp;

/// <summary>The MCP servers that were configured.</summary>
public sealed record McpSettings(IReadOnlyList<McpServerSettings> Servers)
{
    public static McpSettings None { get; } = new([]);
}

/// <summary>An MCP server: a program that is started here (<see cref="Command"/>) or one that answers at a
/// <see cref="Url"/>; exactly one of the two is there.</summary>
/// <param name="Name">Begins the names of its tools: letters and digits, single <c>-</c> and <c>_</c> between them.</param>
public sealed record McpServerSettings(string Name)
{
    public string? Command { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Beside the few variables that every program needs (PATH, HOME, …): ours are not handed on, the API key among them.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public string? WorkingDirectory { get; init; }

    /// <summary>Of a server that speaks streamable HTTP.</summary>
    public Uri? Url { get; init; }

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The server's own names of the tools that run without asking.</summary>
    public IReadOnlyList<string> Safe { get; init; } = [];

    /// <summary>Without the environment and the headers: they hold keys.</summary>
    public override string ToString() => $"{Name}: {Command ?? Url?.GetLeftPart(UriPartial.Path)}";
}
