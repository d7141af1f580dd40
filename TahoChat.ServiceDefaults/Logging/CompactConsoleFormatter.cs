using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace TahoChat.ServiceDefaults.Logging;

/// <summary>A line of the console for a line of the log, with the trace that it belongs to:
/// <c>2026-11-23T08:15:30.123Z info: TahoChat.Api.Generations.TurnRunner[100] … trace=4bf92f…</c>. An exception follows, indented.</summary>
internal sealed class CompactConsoleFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "compact";

    private const string Indent = "      ";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        textWriter.Write(time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        textWriter.Write(' ');
        textWriter.Write(NameOf(logEntry.LogLevel));
        textWriter.Write(": ");
        textWriter.Write(logEntry.Category);
        textWriter.Write(string.Create(CultureInfo.InvariantCulture, $"[{logEntry.EventId.Id}] "));
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        textWriter.Write(message);
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity && activity.TraceId.ToHexString() is var trace && !message.Contains(trace, StringComparison.Ordinal))
        {
            textWriter.Write(" trace=");
            textWriter.Write(trace);
        }

        textWriter.WriteLine();
        if (logEntry.Exception is not { } exception) return;
        textWriter.Write(Indent);
        textWriter.WriteLine(exception.ToString().ReplaceLineEndings(Environment.NewLine + Indent));
    }

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
