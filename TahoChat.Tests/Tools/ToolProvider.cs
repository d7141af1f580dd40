using System.Text.Json;
using System.Text.Json.Nodes;
using TahoChat.Tests.Groq;

namespace TahoChat.Tests.Tools;

/// <summary>What a request is answered with: a text, and the tools that it calls.</summary>
internal sealed record Answer(string Text, params (string Id, string Name, string Arguments)[] Calls);

/// <summary>A provider whose replies call tools as the test says; a request that does not stream is the title's.</summary>
internal sealed class ToolProvider : IAsyncDisposable
{
    private readonly List<JsonObject> _requests = [];
    private readonly ScriptedServer _server;

    /// <param name="answer">By the request's body and its number, from 1; null refuses it with 400.</param>
    /// <param name="features">What its model is said to know; null says nothing.</param>
    public ToolProvider(Func<JsonObject, int, Answer?> answer, string[]? features = null) =>
        _server = new ScriptedServer(exchange => ServeAsync(exchange, answer, features));

    /// <summary>The bodies of the requests for replies.</summary>
    public IReadOnlyList<JsonObject> Requests
    {
        get
        {
            lock (_requests) return [.. _requests];
        }
    }

    /// <summary>One call in the first round, then its result as the reply.</summary>
    public static ToolProvider Once(string name, string arguments, string id = "fc_1") => new((body, _) =>
        Results(body) is [.., var result] ? new Answer($"It says: {result}") : new Answer("", (id, name, arguments)));

    /// <summary>The texts of the tool messages that follow the last message of the user.</summary>
    public static List<string> Results(JsonObject body) =>
        [.. Messages(body).Reverse().TakeWhile(message => message.Text("role") != "user").Where(message => message.Text("role") == "tool")
            .Select(message => message.Text("content")!).Reverse()];

    public static IEnumerable<JsonObject> Messages(JsonObject body) => body["messages"]!.AsArray().Select(message => message!.AsObject());

    /// <summary>The names of the tools that a request offers.</summary>
    public static List<string> Offered(JsonObject body) =>
        [.. (body["tools"]?.AsArray() ?? []).Select(tool => (string)tool!["function"]!["name"]!)];

    public Task<TestApi> StartAsync(CancellationToken cancellationToken, IReadOnlyDictionary<string, string?>? settings = null, string? folder = null) =>
        TestApi.StartAsync(cancellationToken, new Dictionary<string, string?>(settings ?? new Dictionary<string, string?>())
        {
            ["GROQ_BASE_URL"] = _server.BaseUrl.AbsoluteUri,
        }, folder);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task ServeAsync(Exchange exchange, Func<JsonObject, int, Answer?> answer, string[]? features)
    {
        if (exchange.Request.Line.StartsWith("GET", StringComparison.Ordinal))
        {
            var known = features is null ? "" : $",\"supported_features\":{JsonSerializer.Serialize(features)}";
            await exchange.AnswerAsync(200, $$"""{"object":"list","data":[{"id":"openai/gpt-oss-120b","object":"model"{{known}}}]}""");
            return;
        }

        var body = JsonNode.Parse(exchange.Request.Body)!.AsObject();
        if (body["stream"] is not { } stream || !(bool)stream)
        {
            await exchange.AnswerAsync(200, """{"choices":[{"index":0,"message":{"role":"assistant","content":"A title"},"finish_reason":"stop"}]}""");
            return;
        }

        int number;
        lock (_requests)
        {
            _requests.Add(body);
            number = _requests.Count;
        }

        if (answer(body, number) is { } reply) await exchange.AnswerAsync(200, Stream(reply), "text/event-stream");
        else await exchange.AnswerAsync(400, """{"error":{"message":"openai/gpt-oss-120b does not support tools","type":"invalid_request_error"}}""");
    }

    private static string Stream(Answer answer)
    {
        var events = Recording.Event(Recording.Role);
        if (answer.Text.Length > 0) events += Recording.ContentEvent(answer.Text);
        if (answer.Calls.Length == 0) return events + Recording.Ending;
        var calls = answer.Calls.Select((call, index) => new
        {
            id = call.Id,
            type = "function",
            function = new { name = call.Name, arguments = call.Arguments },
            index,
        });
        return events + Recording.Event(JsonSerializer.Serialize(new { tool_calls = calls }))
            + Recording.Ending.Replace("\"finish_reason\":\"stop\"", "\"finish_reason\":\"tool_calls\"", StringComparison.Ordinal);
    }
}
