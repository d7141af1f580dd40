using System.Globalization;
using System.Text.Json.Nodes;
using CsCheck;
using Microsoft.Data.Sqlite;
using TahoChat.Tests.Conversations;

namespace TahoChat.Tests.Search;

/// <summary>What the tests of the search ask of the API.</summary>
internal static class SearchCalls
{
    /// <summary>What is found, with the words and other parameters of the query as they are.</summary>
    public static async Task<JsonObject> SearchAsync(this TestApi api, string words, CancellationToken cancellationToken, string parameters = "")
    {
        var answer = await api.CallAsync("GET", $"/search?q={Uri.EscapeDataString(words)}{parameters}", cancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.Status);
        return answer.Json;
    }

    public static List<JsonObject> Hits(this JsonObject found) => [.. found["hits"]!.AsArray().Select(hit => hit!.AsObject())];

    /// <summary>The messages that were found, by their ids in rising order.</summary>
    public static async Task<List<long>> FoundAsync(this TestApi api, string words, CancellationToken cancellationToken, string parameters = "&limit=100") =>
        [.. (await api.SearchAsync(words, cancellationToken, parameters)).Hits().Where(hit => hit["message_id"] is not null).Select(hit => hit.Number("message_id")).Order()];

    /// <summary>Waits until nothing waits for the index any more.</summary>
    public static Task<JsonObject> IndexedAsync(this TestApi api, CancellationToken cancellationToken) => ApiCalls.UntilAsync(
        async () => (await api.CallAsync("GET", "/search/state", cancellationToken)).Json, state => state.Number("waiting") == 0, cancellationToken, TimeSpan.FromSeconds(60));

    /// <summary>A conversation of these texts, a person's and the model's in turn, put into the database and waited for.</summary>
    public static async Task<LongConversation> KeepAsync(this TestApi api, CancellationToken cancellationToken, params string[] texts)
    {
        var conversation = await LongConversation.AddAsync(api, texts.Length, cancellationToken, text: position => texts[position - 1]);
        await api.IndexedAsync(cancellationToken);
        return conversation;
    }

    /// <summary>Changes the database beside the API.</summary>
    public static void Change(this TestApi api, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(api.Folder, "chat.db")};Pooling=False;Default Timeout=20;Foreign Keys=True");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>The marked parts of a hit's snippet.</summary>
    public static List<string> Marked(this JsonObject hit)
    {
        var snippet = hit["snippet"]!.AsObject();
        var text = snippet.Text("text")!;
        return [.. snippet["marks"]!.AsArray().Select(mark => text.Substring((int)mark!["start"]!, (int)mark["length"]!))];
    }

    /// <summary>One of these.</summary>
    public static Gen<T> AnyOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    public static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
