using Microsoft.Data.Sqlite;

namespace TahoChat.Api.Search.Sqlite;

/// <summary>What leads every change of a message or a title into the queue of the index. It is looked after at every start and not by
/// migrations: one that builds the table of messages anew takes its triggers away.</summary>
internal static class SearchSchema
{
    /// <summary>Of the words that are made of a text. Raise it where a text would be indexed otherwise than before.</summary>
    public const long Version = 1;

    public const string VersionName = "version";

    /// <summary>The messages from this id on are indexed; 0 where all are.</summary>
    public const string MessagesBelow = "messages_below";

    /// <summary>The same of titles, by the ids of their conversations.</summary>
    public const string TitlesBelow = "titles_below";

    // A queued item is a message's id, or minus a conversation's id for its title, as in the index. The change tells the indexer
    // whether what it read is still what there is. A growing reply queues nothing until it has ended.
    private static readonly (string Name, string When, string Item)[] _triggers =
    [
        ("search_message_added", "AFTER INSERT ON messages WHEN NEW.status NOT IN ('streaming', 'queued', 'removed')", "NEW.id"),
        ("search_message_changed",
            "AFTER UPDATE OF content, status, role, model, created_at ON messages WHEN NEW.status NOT IN ('streaming', 'queued') AND (NEW.status <> OLD.status "
                + "OR NEW.content <> OLD.content OR NEW.role <> OLD.role OR NEW.model IS NOT OLD.model OR NEW.created_at <> OLD.created_at)",
            "NEW.id"),
        ("search_message_deleted", "AFTER DELETE ON messages", "OLD.id"),
        ("search_title_added", "AFTER INSERT ON conversations", "-NEW.id"),
        ("search_title_changed", "AFTER UPDATE OF title, owner_id ON conversations WHEN NEW.title <> OLD.title OR NEW.owner_id <> OLD.owner_id", "-NEW.id"),
        ("search_title_deleted", "AFTER DELETE ON conversations", "-OLD.id"),
    ];

    /// <summary>Whether nothing can have been missed: all triggers are there as they are here, and the words are made as here.</summary>
    public static bool IsCurrent(SqliteConnection connection)
    {
        foreach (var trigger in _triggers)
            if (connection.Ask<string>("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = $name", ("$name", trigger.Name)) != Sql(trigger)) return false;
        return connection.Ask<long>("SELECT value FROM search_state WHERE name = $name", ("$name", VersionName)) == Version;
    }

    /// <summary>Makes the triggers anew, and begins a rebuild.</summary>
    public static void Renew(SqliteConnection connection, SqliteTransaction transaction)
    {
        foreach (var trigger in _triggers)
        {
            connection.Do(transaction, $"DROP TRIGGER IF EXISTS {trigger.Name}");
            connection.Do(transaction, Sql(trigger));
        }

        connection.Do(transaction, "INSERT OR REPLACE INTO search_state (name, value) VALUES ($name, $value)", ("$name", VersionName), ("$value", Version));
        BeginRebuild(connection, transaction);
    }

    /// <summary>Empties the index; what there is now is indexed from its newest end on, what changes from now on is queued.</summary>
    public static void BeginRebuild(SqliteConnection connection, SqliteTransaction transaction)
    {
        connection.Do(transaction, "INSERT INTO search_index (search_index) VALUES ('delete-all')");
        connection.Do(transaction, "DELETE FROM search_queue");
        connection.Do(
            transaction,
            """
            INSERT OR REPLACE INTO search_state (name, value) VALUES
                ($messages, (SELECT coalesce(max(id) + 1, 0) FROM messages)), ($titles, (SELECT coalesce(max(id) + 1, 0) FROM conversations))
            """,
            ("$messages", MessagesBelow), ("$titles", TitlesBelow));
    }

    private static string Sql((string Name, string When, string Item) trigger) =>
        $"CREATE TRIGGER {trigger.Name} {trigger.When} BEGIN "
        + $"INSERT INTO search_queue (item, change) VALUES ({trigger.Item}, 1) ON CONFLICT (item) DO UPDATE SET change = change + 1; END";
}
