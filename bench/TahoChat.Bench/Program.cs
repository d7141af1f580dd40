using TahoChat.Bench;
using TahoChat.Bench.LargeDatabase;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
return args switch
{
    ["telemetry", .. var rest] => await TelemetryCost.RunAsync(BenchOptions.Parse(rest, BenchOptions.ForTelemetry), stop.Token),
    ["browser", .. var rest] => await BrowserSpeed.RunAsync(BenchOptions.Parse(rest, BenchOptions.ForBrowser), stop.Token),
    ["generate", .. var rest] => await Generator.RunAsync(BenchOptions.Parse(rest, BenchOptions.ForSearch), stop.Token),
    ["search", .. var rest] => await SearchSpeed.RunAsync(BenchOptions.Parse(rest, BenchOptions.ForSearch), stop.Token),
    _ => BenchOptions.Usage(),
};
