using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TahoChat.GroqEmulator.Record;

namespace TahoChat.Tests;

/// <summary>An answer of the REST interface.</summary>
public sealed record RestAnswer(HttpStatusCode Status, string? MediaType, string Text, HttpResponseMessage Response)
{
    public JsonObject Json => JsonNode.Parse(Text)!.AsObject();

    public List<JsonObject> List => [.. JsonNode.Parse(Text)!.AsArray().Select(item => item!.AsObject())];
}

/// <summary>What many tests ask of the API.</summary>
internal static class ApiCalls
{
    /// <summary>A prompt whose reply grows until it is stopped.</summary>
    public const string Endless = "[emulator reply=count:100000 speed=200 first=0 reasoning=0]";

    private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(20);

    public static async Task<RestAnswer> CallAsync(
        this TestApi api, string method, string path, CancellationToken cancellationToken, string? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        var response = await api.Http.SendAsync(request, cancellationToken);
        return new RestAnswer(
            response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync(cancellationToken), response);
    }

    public static async Task<JsonObject> ConversationAsync(this TestApi api, long id, CancellationToken cancellationToken) =>
        (await api.CallAsync("GET", $"/conversations/{id}", cancellationToken)).Json;

    /// <summary>One message of a conversation's path, as REST has it.</summary>
    public static async Task<JsonObject> MessageAsync(this TestApi api, long conversation, long id, CancellationToken cancellationToken) =>
        (await api.ConversationAsync(conversation, cancellationToken)).Messages().Single(message => message.Number("id") == id);

    public static List<JsonObject> Messages(this JsonObject conversation) =>
        [.. conversation["messages"]!.AsArray().Select(message => message!.AsObject())];

    /// <summary>Sends a message and returns the frames of its turn; the first is the acknowledgement.</summary>
    public static async Task<List<JsonObject>> TurnAsync(this TestSocket socket, object frame, CancellationToken cancellationToken)
    {
        await socket.SendAsync(frame, cancellationToken);
        return await socket.ReceiveTurnAsync(cancellationToken);
    }

    /// <summary>Sends a message whose reply goes on growing; returns the acknowledgement once there is text.</summary>
    public static async Task<JsonObject> GrowAsync(this TestSocket socket, CancellationToken cancellationToken, long? conversation = null, string prompt = ApiCalls.Endless)
    {
        await socket.SendAsync(JsonSerializer.Serialize(conversation is { } id
            ? new Dictionary<string, object> { ["message"] = prompt, ["conversation_id"] = id }
            : new Dictionary<string, object> { ["message"] = prompt }), cancellationToken);
        return (await socket.ReceiveUntilAsync(frame => frame.Text("text") is { Length: > 0 }, cancellationToken))
            .First(frame => frame["user_message_id"] is not null);
    }

    /// <summary>The completion requests of replies; titles are asked for in one piece.</summary>
    public static List<RecordedRequest> Replies(this TestApi api, string? with = null) =>
        [.. api.Provider.Requests.Where(request => request is { Method: "POST", Stream: true }
            && (with is null || request.Body.Contains(with, StringComparison.Ordinal)))];

    /// <summary>Asks again and again until it holds, with a deadline.</summary>
    public static Task UntilAsync(Func<Task<bool>> holds, CancellationToken cancellationToken) =>
        UntilAsync(holds, held => held, cancellationToken);

    /// <summary>Reads again and again until it fits, with a deadline.</summary>
    public static async Task<T> UntilAsync<T>(
        Func<Task<T>> read, Func<T, bool> fits, CancellationToken cancellationToken, TimeSpan? deadline = null)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(deadline ?? _deadline);
        while (true)
        {
            var value = await read();
            if (fits(value)) return value;
            await Task.Delay(20, limit.Token);
        }
    }

    public static string Count(int to) => string.Concat(Enumerable.Range(1, to).Select(number => $"{number} "));
}
