using System.Text.Json;

namespace TahoChat.Api.Data;

/// <summary>The spelling of names in the database and on the wire.</summary>
internal static class SnakeCase
{
    public static string From(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
