using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace TahoChat.Api.Settings;

/// <summary>Reads <c>ConnectionStrings:chat</c>, which is what an orchestrator sets, and <c>DATABASE_URL</c>.</summary>
internal static class DatabaseSettingsReader
{
    private const string DefaultPath = "./data/chat.db";
    private const string Expected =
        "expected is a SQLite file such as sqlite+aiosqlite:///./data/chat.db, Data Source=data/chat.db or data/chat.db";

    public static DatabaseSettings Read(SettingValues values, string envFolder)
    {
        var name = values.Text("ConnectionStrings:chat") is null ? "DATABASE_URL" : "ConnectionStrings:chat";
        var text = values.Text(name) ?? DefaultPath;
        var path = FileOf(text);
        if (path is null)
        {
            values.Mistake(name, WithoutSecrets(text), Expected);
            path = DefaultPath;
        }

        var full = Path.GetFullPath(path, envFolder);
        if (Directory.Exists(full)) values.Mistake(name, text, "that is a folder, expected is a file");
        return new DatabaseSettings(full) { New = values.Switch("NEW_DATABASE") };
    }

    /// <summary>The file that the text names, or null where it names none.</summary>
    private static string? FileOf(string text)
    {
        var path = text.Contains("://", StringComparison.Ordinal) ? FromUrl(text)
            : text.Contains('=', StringComparison.Ordinal) ? FromConnectionString(text)
            : text;
        var isFile = path is { Length: > 0 }
            && !path.Contains(":memory:", StringComparison.OrdinalIgnoreCase)
            && !path.StartsWith("file:", StringComparison.OrdinalIgnoreCase)
            && !path.Any(char.IsControl)
            && !Path.EndsInDirectorySeparator(path)
            && Path.GetFileName(path) is not ("." or "..");
        return isFile ? path : null;
    }

    // SQLAlchemy's form: three slashes and a relative path, four and an absolute one.
    private static string? FromUrl(string url)
    {
        var scheme = url[..url.IndexOf("://", StringComparison.Ordinal)].ToLowerInvariant();
        var rest = url[(scheme.Length + 3)..];
        var isSqlite = scheme is "sqlite" || scheme.StartsWith("sqlite+", StringComparison.Ordinal);
        return isSqlite && rest.StartsWith('/') && !rest.Contains('?', StringComparison.Ordinal) ? rest[1..] : null;
    }

    private static string? FromConnectionString(string text)
    {
        try
        {
            var parts = new SqliteConnectionStringBuilder(text);
            return parts.Mode is SqliteOpenMode.Memory || parts.Password.Length > 0 ? null : parts.DataSource;
        }
        catch (ArgumentException)
        {
            // "=" may be part of a file's name; a connection string of another database is not one.
            return LooksLikeConnectionString(text) ? null : text;
        }
    }

    private static bool LooksLikeConnectionString(string text)
    {
        try
        {
            return new DbConnectionStringBuilder { ConnectionString = text }.Count > 1;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static string WithoutSecrets(string text) =>
        text.Contains("password", StringComparison.OrdinalIgnoreCase) || text.Contains("pwd", StringComparison.OrdinalIgnoreCase)
            ? "…"
            : text;
}
