using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using TahoChat.Tests.Attachments;

namespace TahoChat.Tests.Data;

/// <summary>A database as a released schema kept it, committed beside this file under its last migration's name: a file with every
/// kind of message, and what REST said of it then. Each later schema adds a file of its own.</summary>
internal sealed class SchemaFixture(string migration)
{
    private static readonly JsonSerializerOptions _readable = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static IReadOnlyList<string> Migrations =>
        [.. Directory.GetFiles(Folder(), "*.db").Select(path => System.IO.Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    public string Path => System.IO.Path.Combine(Folder(), $"{migration}.db");

    /// <summary>What <c>GET /conversations</c> and each <c>GET /conversations/{id}</c> answered.</summary>
    public JsonObject Told => JsonNode.Parse(File.ReadAllText(System.IO.Path.ChangeExtension(Path, ".json")))!.AsObject();

    /// <summary>Puts a copy where a server expects its database.</summary>
    public void CopyTo(string database)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(database)!);
        File.Copy(Path, database);
    }

    /// <summary>What REST tells of all conversations.</summary>
    public static async Task<JsonObject> TellAsync(HttpClient http, CancellationToken cancellationToken)
    {
        var list = JsonNode.Parse(await http.GetStringAsync("/conversations?limit=100", cancellationToken))!.AsArray();
        var conversations = new JsonArray();
        foreach (var conversation in list)
            conversations.Add(JsonNode.Parse(await http.GetStringAsync($"/conversations/{conversation!["id"]}", cancellationToken)));
        return new JsonObject { ["list"] = list, ["conversations"] = conversations };
    }

    /// <summary>Writes this fixture: every status, a branch, a deleted conversation, awkward text, a title that a person gave.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        await using var api = await TestApi.StartAsync(cancellationToken, new Dictionary<string, string?> { ["GROQ_MAX_RETRIES"] = "0" });
        await using var socket = await api.ConnectAsync(cancellationToken);
        var first = await socket.TurnAsync(
            new { message = "Grüße, 世界! 🌊👩‍👩‍👧 \"quotes\" \\ and\ttabs\r\nand lines [emulator reply=echo reasoning=20]", client_message_id = "fixture-1" }, cancellationToken);
        var conversation = first[0].Number("conversation_id");
        await socket.TurnAsync(new { message = "[emulator echo=\"𝒜 second one\"]", conversation_id = conversation }, cancellationToken);
        await socket.TurnAsync(
            new { message = "A branch [emulator echo=\"beside it\"]", conversation_id = conversation, parent_id = first[0].Number("message_id") }, cancellationToken);
        await socket.TurnAsync(new { type = "regenerate", conversation_id = conversation, message_id = first[0].Number("message_id") }, cancellationToken);
        await api.CallAsync("PUT", $"/conversations/{conversation}/title", cancellationToken, "{\"title\":\"Grüße 🌊\"}");

        var note = await api.AttachAsync("A note\n"u8.ToArray(), "note.txt", cancellationToken);
        await socket.TurnAsync(
            new { message = "With a note [emulator tool=calculator args={\"expression\":\"2*3\"}]", attachment_ids = new[] { note } }, cancellationToken);
        await socket.TurnAsync(new { message = "Refused [emulator fault=401]" }, cancellationToken);
        await socket.TurnAsync(new { message = "Broken off [emulator fault=reset after=8 first=0]" }, cancellationToken);
        var stopped = await socket.GrowAsync(cancellationToken);
        await socket.TurnAsync(new { type = "stop", conversation_id = stopped.Number("conversation_id") }, cancellationToken);
        var deleted = await socket.TurnAsync(new { message = "Deleted [emulator echo=gone]" }, cancellationToken);
        await api.CallAsync("DELETE", $"/conversations/{deleted[0].Number("conversation_id")}", cancellationToken);
        await api.CallAsync("POST", "/conversations", cancellationToken, "{}");
        await api.CallAsync("PATCH", $"/conversations/{conversation}", cancellationToken,
            """{"system_prompt":"Sei kurz. 🌊","temperature":0.3,"max_completion_tokens":2048}""");
        await api.CallAsync("POST", "/prompts", cancellationToken, """{"name":"Grüße","kind":"message","text":"Say hello"}""");

        var growing = await socket.GrowAsync(cancellationToken);
        await socket.SendAsync(
            new { message = "It waits", conversation_id = growing.Number("conversation_id"), client_message_id = "fixture-2", model = "openai/gpt-oss-20b" }, cancellationToken);
        await socket.ReceiveFirstAsync(frame => frame.Text("message_status") == "queued", cancellationToken);
        await ApiCalls.UntilAsync(() => api.ConversationAsync(growing.Number("conversation_id"), cancellationToken),
            kept => kept.Messages()[1].Text("content")!.Length > 0, cancellationToken);
        await CopyAsync(System.IO.Path.Combine(api.Folder, "chat.db"), cancellationToken);
        var told = await TellAsync(api.Http, cancellationToken);
        await File.WriteAllTextAsync(System.IO.Path.ChangeExtension(Path, ".json"), told.ToJsonString(_readable) + "\n", cancellationToken);
    }

    private async Task CopyAsync(string database, CancellationToken cancellationToken)
    {
        File.Delete(Path);
        await using var source = new SqliteConnection($"Data Source={database};Pooling=False");
        await source.OpenAsync(cancellationToken);
        await using var command = source.CreateCommand();
        command.CommandText = "VACUUM INTO $path";
        command.Parameters.AddWithValue("$path", Path);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string Folder([CallerFilePath] string here = "") =>
        System.IO.Path.Combine(System.IO.Path.GetDirectoryName(here)!, "Schemas");
}
