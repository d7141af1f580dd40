using System.Globalization;
using Microsoft.Data.Sqlite;
using TahoChat.Api.Conversations;

namespace TahoChat.Api.Import;

/// <summary>The fields of a row of the FastAPI application's database.</summary>
internal static class FastApiRow
{
    public static ForeignMessage Message(SqliteDataReader row, string? parent)
    {
        var id = Id(row, 1, "messages");
        var where = string.Create(CultureInfo.InvariantCulture, $"Table messages, row {id}");
        var role = Text(row, 2)?.ToLowerInvariant() switch
        {
            "user" or "human" => MessageRole.User,
            "assistant" or "ai" or "bot" => MessageRole.Assistant,
            "system" => MessageRole.System,
            _ => throw ImportRules.Wrong(where, "its role is neither user, assistant nor system"),
        };
        var content = Text(row, 3) ?? throw ImportRules.Wrong(where, "its content is no text");
        return new ForeignMessage(id.ToString(CultureInfo.InvariantCulture), parent, role, content, Time(row, 4) ?? DateTime.UnixEpoch);
    }

    public static long Id(SqliteDataReader row, int column, string table) =>
        row.GetValue(column) is long id ? id : throw new ImportRefusedException($"Table {table}: an id is no whole number.");

    public static string? Text(SqliteDataReader row, int column) => row.GetValue(column) as string;

    /// <summary>SQLAlchemy's, which are UTC without saying so.</summary>
    public static DateTime? Time(SqliteDataReader row, int column) =>
        DateTime.TryParse(Text(row, column), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
}
