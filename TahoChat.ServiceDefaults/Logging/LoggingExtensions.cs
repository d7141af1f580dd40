using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace TahoChat.ServiceDefaults.Logging;

/// <summary>Registers how a service logs.</summary>
public static class LoggingExtensions
{
    /// <summary>No log of this service, wherever it goes, is to hold these.</summary>
    public static void AddSecrets(this IServiceCollection services, params IEnumerable<string?> secrets) =>
        services.Configure<RedactionOptions>(options =>
        {
            foreach (var secret in secrets.OfType<string>()) options.Secrets.Add(secret);
        });

    /// <summary>Every line redacted, with its trace; on the console in one line unless <c>Logging:Console:FormatterName</c> says
    /// otherwise, and over OTLP.</summary>
    internal static void AddRedactedLogging(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSecrets(HeaderValues(builder.Configuration["OTEL_EXPORTER_OTLP_HEADERS"]));
        builder.Services.AddSingleton(services => new Redactor(services.GetRequiredService<IOptions<RedactionOptions>>().Value.Secrets));
        builder.Services.AddSingleton<LoggerFactory>();
        builder.Services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(services =>
            new RedactingLoggerFactory(services.GetRequiredService<LoggerFactory>(), services.GetRequiredService<Redactor>())));
        builder.Logging.AddConsoleFormatter<CompactConsoleFormatter, ConsoleFormatterOptions>();
        builder.Services.PostConfigure<ConsoleLoggerOptions>(options => options.FormatterName ??= CompactConsoleFormatter.FormatterName);
        // Without scopes: what they have, the trace has, and the trace's id would come twice.
        builder.Logging.AddOpenTelemetry(logging => logging.IncludeFormattedMessage = true);
    }

    // name=value,name=value: keys of the collector, mostly.
    private static IEnumerable<string> HeaderValues(string? headers) =>
        (headers ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(header => header.Split('=', 2)).Where(pair => pair.Length == 2).Select(pair => Uri.UnescapeDataString(pair[1]));
}
