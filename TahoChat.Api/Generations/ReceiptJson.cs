using System.Text.Json;
using System.Text.Json.Serialization;

namespace TahoChat.Api.Generations;

/// <summary>A receipt as its column has it: what Entity Framework reads there as a complex type, and the figures by its properties' names.</summary>
[JsonSerializable(typeof(Receipt))]
internal sealed partial class ReceiptJson : JsonSerializerContext
{
    private static readonly ReceiptJson _column = new(new JsonSerializerOptions { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) } });

    public static string? Write(Receipt? receipt) => receipt is null ? null : JsonSerializer.Serialize(receipt, _column.Receipt);
}
