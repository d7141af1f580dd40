using System.Diagnostics.Metrics;
using TahoChat.Api.Chat;
using TahoChat.Api.Data;
using TahoChat.Api.Generations;

namespace TahoChat.Api.Telemetry;

/// <summary>What there is at the moment; read only when somebody collects it.</summary>
internal sealed class ChatGauges(IMeterFactory meters, TurnRunner turns, SocketCounts sockets, DatabaseWriter writer) : IHostedService
{
    /// <summary>Begins to tell it.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var meter = meters.Create(ChatMetrics.MeterName);
        meter.CreateObservableUpDownCounter("tahochat.sockets", () => sockets.Sockets, "{socket}", "Open chat sockets.");
        meter.CreateObservableUpDownCounter("tahochat.watchers", () => sockets.Pumps, "{watcher}", "Replies that are being sent, once for each socket that they are sent to.");
        meter.CreateObservableUpDownCounter("tahochat.replies.growing", () => turns.All.Count(reply => reply.IsRunning), "{reply}", "Replies that grow.");
        meter.CreateObservableUpDownCounter("tahochat.replies.queued", () => turns.All.Count(reply => !reply.IsRunning), "{reply}", "Replies that wait behind another in their conversation.");
        meter.CreateObservableUpDownCounter("tahochat.database.writes.waiting", () => writer.Waiting, "{write}", "Writes that wait for the writer.");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
