using TahoChat.Bench;

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
    _ => BenchOptions.Usage(),
};
