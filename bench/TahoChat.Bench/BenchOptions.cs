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

    /// <summary>Reads <c>--streams N --rate N --rounds N --seconds N</c>; what is left out is as <paramref name="options"/> have it.</summary>
    /// <exception cref="FormatException">An option is none of these, or no number.</exception>
    public static BenchOptions Parse(string[] args, BenchOptions options)
    {
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? int.Parse(args[i + 1], CultureInfo.InvariantCulture) : throw new FormatException($"{args[i]} needs a number.");
            options = args[i] switch
            {
                "--streams" => options with { Streams = value },
                "--rate" => options with { Rate = value },
                "--rounds" => options with { Rounds = value },
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
            Usage, of the program that ./bench.sh builds:
              TahoChat.Bench run [--quick] [--rounds 3] [--only PART,PART] [--subjects NAME,NAME] [--api FILE] [--relay FILE] [--peers FOLDER] [--fastapi FOLDER] [--database FILE] [--write FILE]
                  parts: replies, idle, start, limit, rest, promises, search, browser
              TahoChat.Bench telemetry [--streams 500] [--rate 20] [--rounds 5] [--seconds 15]
              TahoChat.Bench generate API FILE MESSAGES
            """);
        return 2;
    }
}
