namespace TahoChat.Api.Figures;

/// <summary>Makes the figures of a period, model by model and day by day.</summary>
internal sealed class FigureCollector(FigureQueries queries, FigurePeriod period)
{
    /// <summary>How many numbers of a model percentiles are made of, about: exactly all up to here, and evenly chosen ones beyond, which puts
    /// a median within a hundredth of its rank.</summary>
    private const int MostNumbers = 20_000;

    /// <summary>How many of the slowest are told of.</summary>
    public const int MostSlow = 10;

    private readonly Span _all = new(period.StartOf(period.From), period.StartOf(period.To.AddDays(1)));
    private readonly Span _before = new(period.Before, period.StartOf(period.From));
    private readonly List<Tally> _days = [];
    private readonly List<ModelFigures> _models = [];
    private readonly Dictionary<string, (int Count, DateTime LastAt)> _failures = new(StringComparer.Ordinal);

    public List<SlowOne> SlowestToEnd { get; private set; } = [];

    public List<SlowOne> SlowestToBegin { get; private set; } = [];

    /// <summary>All figures but for what has to be told of the slowest.</summary>
    public FiguresResponse Collect(CancellationToken cancellationToken)
    {
        var spans = Spans();
        _days.AddRange(spans.Select(_ => new Tally()));
        var (totals, before) = (new Totals(), new Totals());
        foreach (var model in queries.Models(_all, _before))
        {
            var tally = new Tally();
            for (var day = 0; day < spans.Count; day++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var sums = queries.Sums(model, spans[day]);
                _days[day].Add(sums);
                tally.Add(sums);
            }

            if (tally.Count > 0) Collect(model, tally, totals);
            cancellationToken.ThrowIfCancellationRequested();
            Take(before, model, queries.Sums(model, _before), _before);
        }

        return ToResponse(totals, before);
    }

    private void Collect(string model, Tally tally, Totals totals)
    {
        var (speeds, waits) = Take(totals, model, tally, _all);
        _models.Add(new ModelFigures(model, tally.Replies, tally.Tokens, tally.Cost, speeds.ToSpread(), waits.ToSpread()));
        SlowestToEnd = [.. SlowestToEnd.Concat(queries.SlowestToEnd(model, _all))
            .OrderByDescending(slow => slow.Duration).ThenBy(slow => slow.Id).Take(MostSlow)];
        SlowestToBegin = [.. SlowestToBegin.Concat(queries.SlowestToBegin(model, _all))
            .OrderByDescending(slow => slow.TimeToFirstToken).ThenBy(slow => slow.Id).Take(MostSlow)];
        foreach (var (code, count, lastAt) in queries.Failures(model, _all))
        {
            var known = _failures.GetValueOrDefault(code);
            _failures[code] = (known.Count + count, lastAt > known.LastAt ? lastAt : known.LastAt);
        }
    }

    private (Numbers Speeds, Numbers Waits) Take(Totals totals, string model, Tally tally, Span span)
    {
        var stride = tally.Count / MostNumbers / 2 * 2 + 1;
        var (speeds, waits) = tally.Count == 0 ? (new Numbers(), new Numbers()) : queries.Speeds(model, span, stride);
        totals.Tally.Add(tally);
        totals.Speeds.Add(speeds);
        totals.Waits.Add(waits);
        return (speeds, waits);
    }

    private List<Span> Spans()
    {
        var spans = new List<Span>(period.Days);
        for (var day = period.From; day <= period.To; day = day.AddDays(1)) spans.Add(new Span(period.StartOf(day), period.StartOf(day.AddDays(1))));
        return spans;
    }

    private FiguresResponse ToResponse(Totals totals, Totals before)
    {
        var failures = _failures.Values.Sum(failure => failure.Count);
        return new FiguresResponse(
            period.From,
            period.To,
            period.ZoneName,
            totals.ToFigures(),
            before.ToFigures(),
            [.. _days.Select((day, i) => new DayFigures(period.From.AddDays(i), day.Replies, day.Tokens, day.Cost))],
            [.. _models.OrderByDescending(model => model.Replies.All).ThenBy(model => model.Model, StringComparer.Ordinal)],
            new SlowestReplies([], []),
            [.. _failures.OrderByDescending(failure => failure.Value.Count).ThenBy(failure => failure.Key, StringComparer.Ordinal)
                .Select(failure => new FailureFigures(
                    failure.Key, failure.Value.Count, Math.Round((double)failure.Value.Count / failures, 4), failure.Value.LastAt))]);
    }

    private sealed class Totals
    {
        public Tally Tally { get; } = new();

        public Numbers Speeds { get; } = new();

        public Numbers Waits { get; } = new();

        public TotalFigures ToFigures() => new(Tally.Replies, Tally.Tokens, Tally.Cost, Speeds.ToSpread(), Waits.ToSpread());
    }
}
