using System.Globalization;

namespace TahoChat.Bench.Runs;

/// <summary>What a run measures, and where things are.</summary>
internal sealed record RunOptions
{
    /// <summary>The published program.</summary>
    public string Api { get; init; } = "";

    /// <summary>The relay's dll.</summary>
    public string Relay { get; init; } = "";

    /// <summary>The folder of the peers.</summary>
    public string Peers { get; init; } = "";

    /// <summary>The folder of the FastAPI application; null where it is not there.</summary>
    public string? FastApi { get; init; }

    /// <summary>A database of a million messages that was made before; null: one is made.</summary>
    public string? Database { get; init; }

    /// <summary>The document whose tables are written; null: they are only printed.</summary>
    public string? Write { get; init; }

    /// <summary>Fewer, shorter rounds, without the million messages and the browser.</summary>
    public bool Quick { get; init; }

    /// <summary>Names of parts; empty: all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Names of subjects; empty: all that are there.</summary>
    public IReadOnlyList<string> Subjects { get; init; } = [];

    public int Rounds { get; init; } = 3;

    /// <summary>Seconds of each measurement.</summary>
    public double Measured => Quick ? 2 : 5;

    /// <summary>Seconds before it.</summary>
    public double WarmUp => Quick ? 1 : 2;

    /// <summary>Reads <c>--quick --rounds N --only PART,PART --subjects NAME,NAME --api FILE --relay FILE --peers FOLDER --fastapi FOLDER --database FILE --write FILE</c>.</summary>
    /// <exception cref="FormatException">An option is none of these, or lacks its value.</exception>
    public static RunOptions Parse(string[] args)
    {
        var options = new RunOptions();
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--quick")
            {
                options = options with { Quick = true, Rounds = 1 };
                continue;
            }

            var (name, value) = (args[i], ++i < args.Length ? args[i] : throw new FormatException($"{args[i - 1]} needs a value."));
            options = name switch
            {
                "--rounds" => options with { Rounds = int.Parse(value, CultureInfo.InvariantCulture) },
                "--only" => options with { Only = value.Split(',') },
                "--subjects" => options with { Subjects = value.Split(',') },
                "--api" => options with { Api = Path.GetFullPath(value) },
                "--relay" => options with { Relay = Path.GetFullPath(value) },
                "--peers" => options with { Peers = Path.GetFullPath(value) },
                "--fastapi" => options with { FastApi = Path.GetFullPath(value) },
                "--database" => options with { Database = Path.GetFullPath(value) },
                "--write" => options with { Write = Path.GetFullPath(value) },
                _ => throw new FormatException($"There is no option {name}."),
            };
        }

        return options;
    }

    /// <summary>Whether what takes long is measured: not where it has to be quick, unless it is asked for.</summary>
    public bool IsLong => !Quick || Only.Count > 0;

    /// <summary>Whether a subject is measured: those that were named; else all, without the tuned relay where it has to be quick.</summary>
    public bool Takes(Subject subject) =>
        Subjects.Count > 0 ? Subjects.Contains(subject.Name) : !Quick || subject.Name != Subject.TunedRelay;

    /// <summary>Whether a part is to be measured.</summary>
    public bool Has(string part) => Only.Count == 0 || Only.Contains(part);
}
