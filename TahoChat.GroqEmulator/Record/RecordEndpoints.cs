using System.Text.Json;
using System.Text.Json.Serialization;
using TahoChat.GroqEmulator.Wire;

namespace TahoChat.GroqEmulator.Record;

/// <summary>The answer of <c>GET /emulator/requests</c>.</summary>
internal sealed record RecordAnswer(int Posts, IReadOnlyList<RecordedRequest> Requests);

/// <summary>Shows and clears the record.</summary>
internal static class RecordEndpoints
{
    private static readonly JsonSerializerOptions _json = new(GroqJson.Options)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        WriteIndented = true,
    };

    public static void MapRecord(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/emulator/requests", (EmulatorRecord record) =>
            Results.Json(new RecordAnswer(record.Posts, record.Requests), _json));
        routes.MapDelete("/emulator/requests", (EmulatorRecord record) =>
        {
            record.Clear();
            return Results.NoContent();
        });
    }
}
