using System.Globalization;
using TahoChat.Bench;
using TahoChat.Bench.LargeDatabase;
using TahoChat.Bench.Load;
using TahoChat.Bench.Provider;
using TahoChat.Bench.Runs;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
return args switch
{
    ["run", .. var rest] => await FullRun.RunAsync(RunOptions.Parse(rest), stop.Token),
    ["load", var order] => await LoadProgram.RunAsync(order, stop.Token),
    ["provider", var port] => await FastProvider.RunAsync(int.Parse(port, CultureInfo.InvariantCulture), stop.Token),
    ["telemetry", .. var rest] => await TelemetryCost.RunAsync(BenchOptions.Parse(rest, BenchOptions.ForTelemetry), stop.Token),
    ["generate", var api, var file, var messages] => await Generator.MakeAsync(api, file, int.Parse(messages, CultureInfo.InvariantCulture), stop.Token),
    _ => BenchOptions.Usage(),
};
