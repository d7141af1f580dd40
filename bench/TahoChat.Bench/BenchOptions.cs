using System.Globalization;

namespace TahoChat.Bench;

/// <summary>What a scenario is run with.</summary>
/// <param name="Streams">Replies that grow at once, each on a socket of its own.</param>
/// <param name="Rate">Chunks a second of each.</param>
/// <param name="Rounds">Pairs of runs.</param>
/// <param name="Measured">How long each run is measured, after its warm-up.</param>
internal sealed record BenchOptions(int Streams, int Rate, int Rounds, TimeSpan Measured)
{
    /// <summary>Reads <c>--streams 500 --rate 20 --rounds 5 --seconds 15</c>; what is left out has these values.</summary>
    /// <exception cref="FormatException">An option is none of these, or no number.</exception>
    public static BenchOptions Parse(string[] args)
    {
        var options = new BenchOptions(500, 20, 5, TimeSpan.FromSeconds(15));
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
        Console.Error.WriteLine("Usage: dotnet run -c Release --project bench/TahoChat.Bench -- telemetry [--streams 500] [--rate 20] [--rounds 5] [--seconds 15]");
        return 2;
    }
}
