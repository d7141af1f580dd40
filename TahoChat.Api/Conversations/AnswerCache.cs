using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using TahoChat.Api.Chat;
using TahoChat.Api.Data;

namespace TahoChat.Api.Conversations;

/// <summary>Keeps the answers to the reads that pages ask most, until anything is committed: tabs that come back, and programs that look again
/// and again, cost no query.</summary>
public sealed class AnswerCache(DataVersion version, IOptions<JsonOptions> json)
{
    /// <summary>Bytes of all answers together; those that come after them are not kept.</summary>
    private const int MostBytes = 16 * 1024 * 1024;

    /// <summary>Bytes of one answer that is kept.</summary>
    private const int LongestAnswer = 256 * 1024;

    private static readonly string[] _headers = [ConversationApi.RevisionHeader, PageCursor.Header];

    private volatile Answers _answers = new(-1);

    /// <summary>As an endpoint filter.</summary>
    internal async ValueTask<object?> AnswerAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (Current() is not { } answers) return await next(context);
        var key = $"{ChatIdentity.Of(http).OwnerId} {http.Request.Path}{http.Request.QueryString}";
        if (answers.Find(key) is { } known)
        {
            foreach (var header in known.Headers) http.Response.Headers[header.Name] = header.Value;
            return Json(known.Body);
        }

        var result = await next(context);
        if (ValueOf(result) is not { } value) return result;
        var body = JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), json.Value.SerializerOptions);
        answers.Keep(key, new Answer(body, [.. _headers.Where(http.Response.Headers.ContainsKey).Select(name => (name, http.Response.Headers[name].ToString()))]));
        return Json(body);
    }

    /// <summary>Those that are true now; null where the database cannot be asked.</summary>
    private Answers? Current()
    {
        try
        {
            // Before anything is read: what is committed meanwhile makes an answer newer than it has to be, and never older.
            var now = version.Read();
            var answers = _answers;
            return answers.Version == now ? answers : _answers = new Answers(now);
        }
        catch (SqliteException)
        {
            return null;
        }
    }

    private static object? ValueOf(object? result)
    {
        if (result is INestedHttpResult nested) result = nested.Result;
        return result is IStatusCodeHttpResult { StatusCode: StatusCodes.Status200OK } and IValueHttpResult { Value: { } value } ? value : null;
    }

    private static FileContentHttpResult Json(byte[] body) => TypedResults.Bytes(body, "application/json; charset=utf-8");

    private sealed record Answer(byte[] Body, IReadOnlyList<(string Name, string Value)> Headers);

    /// <summary>Answers of one version of the database.</summary>
    private sealed class Answers(long version)
    {
        private readonly ConcurrentDictionary<string, Answer> _kept = new();
        private int _bytes;

        public long Version => version;

        public Answer? Find(string key) => _kept.GetValueOrDefault(key);

        public void Keep(string key, Answer answer)
        {
            if (answer.Body.Length > LongestAnswer || Volatile.Read(ref _bytes) > MostBytes) return;
            if (_kept.TryAdd(key, answer)) Interlocked.Add(ref _bytes, answer.Body.Length);
        }
    }
}

/// <summary>For endpoints that read what only a commit changes.</summary>
internal static class AnswerCacheExtensions
{
    public static RouteHandlerBuilder KeptUntilACommit(this RouteHandlerBuilder endpoint) => endpoint.AddEndpointFilter(
        static (context, next) => context.HttpContext.RequestServices.GetRequiredService<AnswerCache>().AnswerAsync(context, next));
}
