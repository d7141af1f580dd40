using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace TahoChat.Api.Tools.Mcp;

/// <summary>Whether a server can be called.</summary>
public enum McpState
{
    /// <summary>The first connection is being made.</summary>
    Connecting,

    Ready,

    /// <summary>It could not be reached, or went away; it is tried again.</summary>
    Down,
}

/// <summary>One MCP server: connected in the background, connected again when it went away.</summary>
public sealed partial class McpServer(McpServerSettings settings, ILoggerFactory loggers, TimeProvider time)
{
    /// <summary>How long the start of a program may take: npx may have to fetch it first.</summary>
    private static readonly TimeSpan _longestStart = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan _firstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _longestPause = TimeSpan.FromMinutes(1);

    private readonly ILogger<McpServer> _logger = loggers.CreateLogger<McpServer>();
    private volatile Connection? _connection;

    public string Name => settings.Name;

    public McpState State { get; private set; }

    /// <summary>Why it is down, in words for people; null while it is not.</summary>
    public string? Error { get; private set; }

    /// <summary>What it offers; those of the last connection while it is down.</summary>
    public IReadOnlyList<Tool> Tools { get; private set; } = [];

    /// <summary>Keeps it connected until <paramref name="stopping"/>; then ends the program that it started.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        var pause = _firstPause;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await ConnectAndStayAsync(stopping);
                pause = _firstPause;
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                Error = McpErrors.InWords(exception);
                Log.Unreachable(_logger, Name, Error, McpErrors.ForLog(exception));
            }
            catch (Exception)
            {
                // The server ends: whatever breaks now is of no interest.
                return;
            }

            State = McpState.Down;
            await Task.Delay(pause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 > _longestPause ? _longestPause : pause * 2;
        }
    }

    /// <summary>Calls a tool by the server's own name for it.</summary>
    /// <exception cref="ToolException">It failed, or the server is down.</exception>
    public async Task<string> CallAsync(string tool, IReadOnlyDictionary<string, object?> arguments, CancellationToken cancellationToken)
    {
        if (_connection is not { } connection) throw new ToolException($"The MCP server {Name} is not connected.");
        try
        {
            var result = await connection.Client.CallToolAsync(tool, arguments, cancellationToken: cancellationToken);
            var text = McpResult.TextOf(result);
            return result.IsError is true ? throw new ToolException(text) : text;
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or ObjectDisposedException)
        {
            connection.Lost.TrySetResult();
            throw new ToolException($"The connection to the MCP server {Name} broke off.", exception);
        }
        catch (ModelContextProtocol.McpException exception)
        {
            throw new ToolException(exception.Message, exception);
        }
    }

    private async Task ConnectAndStayAsync(CancellationToken stopping)
    {
        var changed = new SemaphoreSlim(1, 1);
        using var limit = new CancellationTokenSource(_longestStart, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        await using var client = await McpClient.CreateAsync(
            McpTransports.Create(settings, loggers), Options(changed), loggers, either.Token);
        await changed.WaitAsync(stopping);
        var connection = new Connection(client);
        Tools = await ListAsync(client, either.Token);
        try
        {
            _connection = connection;
            (State, Error) = (McpState.Ready, null);
            Log.Connected(_logger, Name, Tools.Count);
            while (await IsChangedAsync(connection, changed, stopping)) Tools = await ListAsync(client, stopping);
        }
        finally
        {
            _connection = null;
        }

        Error = "The connection broke off.";
        Log.Unreachable(_logger, Name, Error, "");
    }

    /// <summary>True where its tools are to be listed again, false where the connection is over.</summary>
    private static async Task<bool> IsChangedAsync(Connection connection, SemaphoreSlim changed, CancellationToken stopping)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var change = changed.WaitAsync(over.Token);
        var first = await Task.WhenAny(change, connection.Client.Completion, connection.Lost.Task);
        stopping.ThrowIfCancellationRequested();
        await over.CancelAsync();
        return first == change;
    }

    private async Task<IReadOnlyList<Tool>> ListAsync(McpClient client, CancellationToken cancellationToken)
    {
        var tools = await client.ListToolsAsync(cancellationToken: cancellationToken);
        return ToolNames.Unique(settings.Name, tools.Select(tool => tool.ProtocolTool.Name))
            .Zip(tools, (name, tool) => new Tool(
                name,
                tool.Title is { Length: > 0 } title ? title : tool.ProtocolTool.Annotations?.Title is { Length: > 0 } other ? other : tool.ProtocolTool.Name,
                tool.Description,
                Name,
                // What a server says of itself (readOnlyHint) is no leave: only the configuration gives it.
                settings.Safe.Contains(tool.ProtocolTool.Name),
                new McpFunction(this, name, tool)))
            .ToList();
    }

    private static McpClientOptions Options(SemaphoreSlim changed) => new()
    {
        ClientInfo = new Implementation { Name = "TahoChat", Version = Health.HealthApi.Version },
        InitializationTimeout = _longestStart,
        Handlers = new McpClientHandlers
        {
            NotificationHandlers =
            [
                new(NotificationMethods.ToolListChangedNotification, (_, _) =>
                {
                    if (changed.CurrentCount == 0) changed.Release();
                    return default;
                }),
            ],
        },
    };

    private sealed record Connection(McpClient Client)
    {
        public TaskCompletionSource Lost { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private static partial class Log
    {
        [LoggerMessage(402, LogLevel.Information, "MCP server {Server} is connected and offers {Count} tools")]
        public static partial void Connected(ILogger logger, string server, int count);

        [LoggerMessage(403, LogLevel.Warning, "MCP server {Server} is down: {Reason} {Detail}")]
        public static partial void Unreachable(ILogger logger, string server, string reason, string detail);
    }
}
