using ModelContextProtocol.Client;

namespace TahoChat.Api.Tools.Mcp;

/// <summary>How a server is reached.</summary>
internal static class McpTransports
{
    /// <summary>How long a program may take to end by itself once its input is closed.</summary>
    private static readonly TimeSpan _longestEnd = TimeSpan.FromSeconds(1.5);

    public static IClientTransport Create(McpServerSettings settings, ILoggerFactory loggers) =>
        settings.Url is { } url ? Http(settings, url, loggers) : Program(settings, loggers);

    /// <summary>A program of ours: it ends with us, and is not handed our environment, which holds keys.</summary>
    private static StdioClientTransport Program(McpServerSettings settings, ILoggerFactory loggers)
    {
        var environment = StdioClientTransportOptions.GetDefaultEnvironmentVariables();
        foreach (var (name, value) in settings.Environment) environment[name] = value;
        return new StdioClientTransport(
            new StdioClientTransportOptions
            {
                Name = settings.Name,
                Command = settings.Command!,
                Arguments = [.. settings.Arguments],
                WorkingDirectory = settings.WorkingDirectory,
                InheritEnvironmentVariables = false,
                EnvironmentVariables = environment,
                ShutdownTimeout = _longestEnd,
            },
            loggers);
    }

    private static HttpClientTransport Http(McpServerSettings settings, Uri url, ILoggerFactory loggers) => new(
        new HttpClientTransportOptions
        {
            Name = settings.Name,
            Endpoint = url,
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = new Dictionary<string, string>(settings.Headers),
        },
        // A redirect would carry the headers elsewhere; a call to this machine goes through no proxy.
        new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = !url.IsLoopback,
            ConnectTimeout = TimeSpan.FromSeconds(5),
        })
        { Timeout = Timeout.InfiniteTimeSpan },
        loggers,
        ownsHttpClient: true);
}
