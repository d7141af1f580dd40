using System.Globalization;
using Microsoft.Data.Sqlite;

namespace TahoChat.Bench.LargeDatabase;

/// <summary>What is asked: words and phrases that messages of the database hold, sorted by how common they are.</summary>
internal static class Questions
{
    private const int Seed = 7;
    private const int Sample = 20_000;

    /// <summary>Whether it is a search without a filter.</summary>
    public static bool IsOfTheMix(string name) => !name.Contains(',', StringComparison.Ordinal) && !name.StartsWith('(');

    public static List<(string Name, IReadOnlyList<string> Paths)> From(string database, int count)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Mode = SqliteOpenMode.ReadOnly }.ToString());
        connection.Open();
        var random = new Random(Seed);
        var texts = Texts(connection, random);
        var words = new Words(texts);
        var conversations = Conversations(connection, random, count);
        string Common() => Pick(random, words.Common);
        List<string> Ask(Func<string> question, string filter = "") =>
            [.. Enumerable.Range(0, count).Select(_ => $"/search?q={Uri.EscapeDataString(question())}{filter}")];
        return
        [
            ("a rare word", Ask(() => Pick(random, words.Rare) + " ")),
            ("a common word", Ask(() => Common() + " ")),
            ("two common words", Ask(() => $"{Common()} {Common()} ")),
            ("the beginning of a word (2 to 5 letters)", Ask(() => Pick(random, words.Any) is var word ? word[..Math.Min(word.Length, random.Next(2, 6))] : "")),
            ("a common word and the beginning of another", Ask(() => $"{Common()} {Pick(random, words.Any)[..2]}")),
            ("a phrase of two or three words", Ask(() => $"\"{words.Phrase(random, random.Next(2, 4))}\"")),
            ("two or three characters of Chinese or Japanese", Ask(() => words.Ideographs(random, random.Next(2, 4)))),
            ("a common word, of role system", Ask(() => Common() + " ", "&role=system")),
            ("a common word, of a rare model", Ask(() => Common() + " ", "&model=moonshotai/kimi-k2-instruct")),
            ("a common word, of the first month", Ask(() => Common() + " ", "&to=2022-12-05")),
            ("a common word, of one year", Ask(() => Common() + " ", "&from=2024-03-10&to=2025-03-10")),
            ("a common word, archived", Ask(() => Common() + " ", "&archived=true")),
            ("a common word, pinned", Ask(() => Common() + " ", "&pinned=true")),
            ("a common word, of a rare tag", Ask(() => Common() + " ", "&tag=tag-57")),
            ("a common word, not archived", Ask(() => Common() + " ", "&archived=false")),
            ("(the list: GET /conversations?limit=30)", [.. conversations.Select(_ => "/conversations?limit=30")]),
            ("(open: GET /conversations/{id}?limit=60)", [.. conversations.Select(id => $"/conversations/{id}?limit=60")]),
        ];
    }

    private static string Pick(Random random, IReadOnlyList<string> from) => from[random.Next(from.Count)];

    private static List<string> Texts(SqliteConnection connection, Random random)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT max(id) FROM messages";
        var last = (long)command.ExecuteScalar()!;
        command.CommandText = "SELECT content FROM messages WHERE id = $id";
        var id = command.Parameters.Add("$id", SqliteType.Integer);
        var texts = new List<string>();
        for (var i = 0; i < Sample; i++)
        {
            id.Value = random.NextInt64(1, last + 1);
            if (command.ExecuteScalar() is string text) texts.Add(text);
        }

        return texts;
    }

    private static List<long> Conversations(SqliteConnection connection, Random random, int count)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT id FROM conversations WHERE deleted_at IS NULL AND id >= $from LIMIT 1";
        var from = command.Parameters.Add("$from", SqliteType.Integer);
        using var largest = connection.CreateCommand();
        largest.CommandText = "SELECT max(id) FROM conversations WHERE deleted_at IS NULL";
        var last = Convert.ToInt64(largest.ExecuteScalar(), CultureInfo.InvariantCulture);
        var ids = new List<long>();
        while (ids.Count < count)
        {
            from.Value = random.NextInt64(1, last + 1);
            ids.Add((long)command.ExecuteScalar()!);
        }

        return ids;
    }

    /// <summary>The words of a sample.</summary>
    private sealed class Words
    {
        private readonly List<string[]> _spaced;
        private readonly List<string> _unspaced;

        public Words(List<string> texts)
        {
            _unspaced = texts.FindAll(text => text.Any(IsIdeograph) && text.Length > 10);
            _spaced = [.. texts.Where(text => !text.Any(IsIdeograph)).Select(text => text.Split([' ', '.', '\n'], StringSplitOptions.RemoveEmptyEntries)).Where(words => words.Length > 6)];
            var counts = new Dictionary<string, int>();
            foreach (var word in _spaced.SelectMany(words => words.Distinct())) counts[word] = counts.GetValueOrDefault(word) + 1;
            Any = [.. counts.Keys.Where(word => word.Length > 2).Order(StringComparer.Ordinal)];
            Common = [.. counts.OrderByDescending(word => word.Value).ThenBy(word => word.Key, StringComparer.Ordinal).Take(30).Select(word => word.Key)];
            Rare = [.. Any.Where(word => counts[word] == 1)];
        }

        public IReadOnlyList<string> Any { get; }

        /// <summary>The thirty that most messages hold.</summary>
        public IReadOnlyList<string> Common { get; }

        /// <summary>Those that one message of the sample holds.</summary>
        public IReadOnlyList<string> Rare { get; }

        public string Phrase(Random random, int length)
        {
            var words = _spaced[random.Next(_spaced.Count)];
            return string.Join(' ', words.Skip(random.Next(words.Length - length)).Take(length));
        }

        public string Ideographs(Random random, int length)
        {
            while (true)
            {
                var text = _unspaced[random.Next(_unspaced.Count)];
                var part = text.Substring(random.Next(text.Length - length), length);
                if (part.All(character => character > 0x3000 && char.IsLetter(character))) return part;
            }
        }

        private static bool IsIdeograph(char character) => character is >= '\u3040' and <= '\u9FFF';
    }
}
