using System.Globalization;
using Microsoft.Data.Sqlite;

namespace TahoChat.Tests.Data;

/// <summary>All rows of a database by table, and what may become of them.</summary>
internal static class DatabaseRows
{
    // The columns that the end of a growing or waiting reply writes; its conversation and its owner take its revision.
    private static readonly HashSet<string> _ofTheEnd = ["status", "error_code", "error", "completed_at", "revision"];

    /// <summary>Each table's rows by their primary keys; times, texts and numbers as SQLite shows them. The index of the search is none: it
    /// is made from the others.</summary>
    public static Dictionary<string, Dictionary<string, Dictionary<string, string?>>> Read(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False;Mode=ReadOnly");
        connection.Open();
        var names = Query(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_\\_%' ESCAPE '\\' AND name NOT LIKE 'search\\_%' ESCAPE '\\'");
        return names.ToDictionary(name => name["name"]!, name =>
        {
            var keys = Query(connection, $"SELECT name FROM pragma_table_info('{name["name"]}') WHERE pk > 0").ConvertAll(key => key["name"]!);
            return Query(connection, $"SELECT * FROM \"{name["name"]}\"").ToDictionary(row => string.Join(' ', keys.Select(key => row[key])));
        });
    }

    /// <summary>Every row is still there, and of the columns that are still there each value, but for what the end of a reply changes.</summary>
    public static void AssertKept(
        Dictionary<string, Dictionary<string, Dictionary<string, string?>>> before,
        Dictionary<string, Dictionary<string, Dictionary<string, string?>>> after)
    {
        foreach (var (table, rows) in before)
        {
            if (!after.TryGetValue(table, out var kept)) continue;
            Assert.Equal(rows.Keys.Order(StringComparer.Ordinal), kept.Keys.Order(StringComparer.Ordinal));
            foreach (var (key, row) in rows)
            {
                var mayEnd = table == "messages" ? row["status"] is "streaming" or "queued" : row.ContainsKey("revision");
                foreach (var (column, value) in row)
                {
                    if (!kept[key].TryGetValue(column, out var now) || now == value) continue;
                    Assert.True(mayEnd && _ofTheEnd.Contains(column), $"{table} {key}: {column} was {value} and is {now}");
                }
            }
        }

        Assert.DoesNotContain(after["messages"].Values, message => message["status"] == "streaming");
    }

    private static List<Dictionary<string, string?>> Query(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<Dictionary<string, string?>>();
        while (reader.Read())
        {
            rows.Add(Enumerable.Range(0, reader.FieldCount).ToDictionary(
                reader.GetName, i => reader.IsDBNull(i) ? null : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture)));
        }

        return rows;
    }
}
