using Microsoft.Data.Sqlite;

namespace TahoChat.Api.Data;

/// <summary>A write of which nothing was kept. <see cref="Code"/> is <c>busy</c>, <c>storage_failed</c>,
/// <c>shutting_down</c> or <c>internal</c>; the message is for people.</summary>
public sealed class DatabaseException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    public string Code { get; } = code;

    /// <summary>Whether the database refused it, and not a fault of ours broke it.</summary>
    public bool IsTrouble => Code is "busy" or "storage_failed";

    /// <summary>What an exception of a write means.</summary>
    internal static DatabaseException Of(Exception exception) => exception as DatabaseException ?? exception.AsSqlite()?.SqliteErrorCode switch
    {
        SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED =>
            new DatabaseException("busy", "The database is busy. Please try again.", exception),
        null or SQLitePCL.raw.SQLITE_ERROR or SQLitePCL.raw.SQLITE_CONSTRAINT or SQLitePCL.raw.SQLITE_MISMATCH
            or SQLitePCL.raw.SQLITE_MISUSE or SQLitePCL.raw.SQLITE_RANGE or SQLitePCL.raw.SQLITE_TOOBIG =>
            new DatabaseException("internal", "Something went wrong on the server.", exception),
        _ => new DatabaseException("storage_failed", "The message could not be saved.", exception),
    };
}

internal static class SqliteFaults
{
    /// <summary>SQLite's own exception, whatever Entity Framework put around it.</summary>
    public static SqliteException? AsSqlite(this Exception exception) =>
        exception as SqliteException ?? exception.InnerException as SqliteException;
}
