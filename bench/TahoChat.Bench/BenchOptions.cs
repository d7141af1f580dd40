using System.Globalization;

namespace TahoChat.Bench;

/// <summary>What a scenario is run with.</summary>
/// <param name="Streams">Replies that grow at once, each on a socket of its own.</param>
/// <param name="Rate">Chunks a second of each.</param>
/// <param name="Rounds">Pairs of runs.</param>
/// <param name="Measured">How long each run is measured, after its warm-up.</param>
internal sealed record BenchOptions(int Streams, int Rate, int Rounds, TimeSpan Measured)
{
    public static BenchOptions ForTelemetry { get; } = new(Streams: 500, Rate: 20, Rounds: 5, TimeSpan.FromSeconds(15));

    public static BenchOptions ForBrowser { get; } = new(Streams: 1, Rate: 1000, Rounds: 5, TimeSpan.FromSeconds(30));

    public static BenchOptions ForSearch { get; } = new(Streams: 1, Rate: 1, Rounds: 3, TimeSpan.Zero);

    /// <summary>How many are made.</summary>
    public int Messages { get; init; } = 1_000_000;

    /// <summary>The database that is made or asked.</summary>
    public string? File { get; init; }

    /// <summary>Reads <c>--streams N --rate N --rounds N --seconds N --messages N FILE</c>; what is left out is as <paramref name="options"/> have it.</summary>
    /// <exception cref="FormatException">An option is none of these, or no number.</exception>
    public static BenchOptions Parse(string[] args, BenchOptions options)
    {
        for (var i = 0; i < args.Length; i += 2)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                options = options with { File = args[i--] };
                continue;
            }

            var value = i + 1 < args.Length ? int.Parse(args[i + 1], CultureInfo.InvariantCulture) : throw new FormatException($"{args[i]} needs a number.");
            options = args[i] switch
            {
                "--streams" => options with { Streams = value },
                "--rate" => options with { Rate = value },
                "--rounds" => options with { Rounds = value },
                "--messages" => options with { Messages = value },
                "--seconds" => options with { Measured = TimeSpan.FromSeconds(value) },
                _ => throw new FormatException($"There is no option {args[i]}."),
            };
        }

        return options;
    }

    public static int Usage()
    {
        Console.Error.WriteLine(
            """
            Usage: dotnet run -c Release --project bench/TahoChat.Bench -- telemetry [--streams 500] [--rate 20] [--rounds 5] [--seconds 15]
                   dotnet run -c Release --project bench/TahoChat.Bench -- browser [--rate 1000] [--rounds 5] [--seconds 30]
                   dotnet run -c Release --project bench/TahoChat.Bench -- generate [--messages 1000000] FILE
                   dotnet run -c Release --project bench/TahoChat.Bench -- search [--rounds 3] FILE
            """);
        return 2;
    }
}
