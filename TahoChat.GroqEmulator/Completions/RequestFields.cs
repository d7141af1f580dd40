using System.Text.Json;
using TahoChat.GroqEmulator.Wire;

namespace TahoChat.GroqEmulator.Completions;

/// <summary>Reads single properties of a request; what does not fit is a 400 in Groq's words.</summary>
internal readonly struct RequestFields(JsonElement owner)
{
    private const int LongestValueShown = 100;

    public JsonElement? Find(string name) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public bool? Flag(string name) => Find(name) is not { } value ? null : value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong(name, "value must be a boolean"),
    };

    public double? Number(string name, double least, double most)
    {
        if (Find(name) is not { } value) return null;
        if (value.ValueKind != JsonValueKind.Number) throw Wrong(name, "value must be a number");
        var number = value.GetDouble();
        if (number < least) throw Wrong(name, $"number must be at least {least:0.##}");
        return number > most ? throw Wrong(name, $"number must be at most {most:0.##}") : number;
    }

    public int? Whole(string name, int least = int.MinValue)
    {
        if (Find(name) is not { } value) return null;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var number)) throw Wrong(name, "value must be an integer");
        return number < least ? throw Wrong(name, $"number must be at least {least}") : number;
    }

    public string? Word(string name, params ReadOnlySpan<string> allowed)
    {
        if (Find(name) is not { } value) return null;
        if (value.ValueKind != JsonValueKind.String) throw Wrong(name, "value must be a string");
        var word = value.GetString()!;
        return allowed.IsEmpty || allowed.Contains(word)
            ? word
            : throw Wrong(name, $"value must be one of [{string.Join(", ", allowed)}]");
    }

    public JsonElement? List(string name, int most)
    {
        if (Find(name) is not { } value) return null;
        if (value.ValueKind != JsonValueKind.Array) throw Wrong(name, "value must be an array");
        return value.GetArrayLength() > most ? throw Wrong(name, $"maximum number of items is {most}") : value;
    }

    public JsonElement? Record(string name)
    {
        if (Find(name) is not { } value) return null;
        return value.ValueKind == JsonValueKind.Object ? value : throw Wrong(name, "value must be an object");
    }

    public static GroqErrorException Wrong(string name, string rule) => new($"'{name}' : {rule}", name);

    public static GroqErrorException Unsupported(string name) =>
        new($"property '{(name.Length <= LongestValueShown ? name : name[..LongestValueShown])}' is unsupported");
}
