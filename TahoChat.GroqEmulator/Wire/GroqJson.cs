using System.Text.Json;
using System.Text.Json.Serialization;

namespace TahoChat.GroqEmulator.Wire;

/// <summary>JSON as Groq writes it: snake_case, absent rather than null, non-ASCII as it is.</summary>
internal static class GroqJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = GroqEncoder.Instance,
    };

    public static async Task WriteAsync<T>(HttpContext context, int status, T body, CancellationToken cancellationToken)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, Options);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, cancellationToken);
    }
}
