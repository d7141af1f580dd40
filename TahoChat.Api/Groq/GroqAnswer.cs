using System.Text;
using System.Text.Json;

namespace TahoChat.Api.Groq;

/// <summary>Reads answers that are no event stream.</summary>
internal static class GroqAnswer
{
    private const int LargestBody = 8 * 1024 * 1024;
    private const int LargestErrorBody = 64 * 1024;

    private static readonly HttpRequestOptionsKey<GroqRequest> _asked = new("tahochat.request");

    /// <summary>A whole body.</summary>
    /// <exception cref="InvalidDataException">It is larger than 8 MiB.</exception>
    public static async Task<byte[]> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = new MemoryStream();
        var whole = await CopyAsync(response, body, LargestBody, cancellationToken);
        return whole ? body.ToArray() : throw new InvalidDataException($"The answer is larger than {LargestBody} bytes.");
    }

    /// <summary>A whole completion.</summary>
    /// <exception cref="GroqException">The body is an error.</exception>
    /// <exception cref="JsonException">The body is no JSON, or no completion that says that it is finished.</exception>
    public static async Task<GroqReply> ReadReplyAsync(HttpResponseMessage response, GroqFailures failures, CancellationToken cancellationToken)
    {
        var body = await ReadBodyAsync(response, cancellationToken);
        var reader = new GroqChunkReader();
        var chunk = reader.Read("", body);
        if (reader.Error is { } error) throw failures.OfEvent(error, response);
        if (reader.FinishReason is null) throw new JsonException("No completion.");
        return new GroqReply(Mend(chunk.Content), Mend(chunk.Reasoning), reader.Completion(RequestId(response)));
    }

    /// <summary>What an error answer says: at most 64 KiB of it, and no longer than <paramref name="cancellationToken"/>
    /// allows. A page of HTML, or nothing, is as good an answer.</summary>
    public static async Task<GroqError> ReadErrorAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = new MemoryStream();
        try
        {
            await CopyAsync(response, body, LargestErrorBody, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or OperationCanceledException)
        {
            // The status says enough; what came of the body goes to the log.
        }

        var bytes = body.ToArray();
        try
        {
            var reader = new GroqChunkReader();
            reader.Read("", bytes);
            if (reader.Error is { } error) return error;
        }
        catch (JsonException)
        {
            // Not Groq's shape: the text itself goes to the log.
        }

        return new GroqError(Encoding.UTF8.GetString(bytes));
    }

    /// <summary>The provider's id of the request, or null.</summary>
    public static string? RequestId(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("x-request-id", out var values) ? values.ToString() : null;

    /// <summary>Notes what is asked, for <see cref="RequestOf"/>.</summary>
    public static void Note(HttpRequestMessage message, GroqRequest? request)
    {
        if (request is not null) message.Options.Set(_asked, request);
    }

    /// <summary>The request for a completion that this answers; null for others.</summary>
    public static GroqRequest? RequestOf(HttpResponseMessage response) =>
        response.RequestMessage?.Options.TryGetValue(_asked, out var request) is true ? request : null;

    private static string Mend(string? text)
    {
        var mender = new TextMender();
        return mender.Mend(text) + mender.Finish();
    }

    private static async Task<bool> CopyAsync(HttpResponseMessage response, MemoryStream target, int limit, CancellationToken cancellationToken)
    {
        await using var source = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[16 * 1024];
        while (await source.ReadAsync(buffer, cancellationToken) is var count and > 0)
        {
            target.Write(buffer, 0, Math.Min(count, limit - (int)target.Length));
            if (target.Length >= limit) return false;
        }

        return true;
    }
}
