using TahoChat.Api.Prices;
using TahoChat.Api.Tools.Mcp;
using TahoChat.Api.Trash;

namespace TahoChat.Api.Settings;

/// <summary>Everything that can be set, read and checked once, at start.</summary>
public sealed record ChatSettings(GroqSettings Groq, DatabaseSettings Database, ServerSettings Server, AccessSettings Access)
{
    public McpSettings Mcp { get; init; } = McpSettings.None;

    public TelemetrySettings Telemetry { get; init; } = new();

    public BackupSettings Backups { get; init; } = new();

    public ShareSettings Shares { get; init; } = new();

    public PriceTable Prices { get; init; } = PriceTable.None;

    public TrashSettings Trash { get; init; } = new();
}
