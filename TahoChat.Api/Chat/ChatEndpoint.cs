using System.Net;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.EntityFrameworkCore;
using TahoChat.Api.Conversations;
using TahoChat.Api.Data;
using TahoChat.Api.Errors;
using TahoChat.Api.Generations;
using TahoChat.Api.Tools;

namespace TahoChat.Api.Chat;

/// <summary>Who speaks on a connection: whose rows it sees, and whom the caps count.</summary>
public sealed record ChatIdentity(string OwnerId, string Client)
{
    /// <summary>One owner until several people can sign in; clients are told apart by their address.</summary>
    public static ChatIdentity Of(HttpContext context) =>
        new(Owner.Local, (context.Connection.RemoteIpAddress ?? IPAddress.None).ToString());
}

/// <summary><c>/ws/chat</c>.</summary>
public static class ChatEndpoint
{
    public static void AddChat(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ChatSessions>();
        builder.Services.AddSingleton<SocketCounts>();
        builder.Services.AddSingleton<ListChanges>();
        // Each connection's unread bytes: 1 MiB otherwise, for clients that send and do not read.
        builder.Services.Configure<SocketTransportOptions>(options => options.MaxReadBufferSize = 2 * Limits.Frame);
        builder.Services.Configure<WebSocketOptions>(options =>
        {
            // A peer that does not answer for this long is dead; off by default.
            options.KeepAliveInterval = TimeSpan.FromSeconds(15);
            options.KeepAliveTimeout = TimeSpan.FromSeconds(15);
        });
    }

    public static void MapChat(this WebApplication app) =>
        app.Map("/ws/chat", async (HttpContext context, ChatSessions sessions) =>
        {
            // RFC 6455, 4.1: at least HTTP/1.1, which Kestrel does not ask for.
            if (!context.WebSockets.IsWebSocketRequest || HttpProtocol.IsHttp10(context.Request.Protocol)) await NoUpgrade().ExecuteAsync(context);
            else if (!await sessions.TryRunAsync(context)) await Full().ExecuteAsync(context);
        }).ExcludeFromDescription();

    private static ProblemHttpResult NoUpgrade() =>
        TypedResults.Problem("This address speaks WebSocket only.", statusCode: StatusCodes.Status426UpgradeRequired);

    private static ProblemHttpResult Full() =>
        Problems.Problem(StatusCodes.Status503ServiceUnavailable, "Too many connections. Please try again in a moment.", "overloaded");
}

/// <summary>The open sockets.</summary>
public sealed class ChatSessions(
    GenerationHub hub,
    QueueKeeper queue,
    ToolApprovals approvals,
    ConversationWriter conversations,
    ChangeFeed feed,
    ListChanges lists,
    IDbContextFactory<ChatDbContext> contexts,
    Limits limits,
    SocketCounts counts,
    TimeProvider time,
    ILoggerFactory loggers) : IDisposable
{
    /// <summary>The kernel's share of what a reader has not taken. It grows to 4 MB by itself, and a writer that it held
    /// up is woken when a third of it is free: a slow reader would look like one that does not read.</summary>
    private const int SendBuffer = 64 * 1024;

    private readonly CancellationTokenSource _serverEnds = new();

    /// <summary>Runs one socket's session to its end; false where there are too many already.</summary>
    public async Task<bool> TryRunAsync(HttpContext context)
    {
        try
        {
            if (counts.SocketOpened() > limits.Sockets) return false;
            Bound(context.Features);
            using var webSocket = await context.WebSockets.AcceptWebSocketAsync();
            using var socket = new ChatSocket(webSocket, limits, counts, time, context.RequestAborted);
            using var session = new ChatSession(socket, ChatIdentity.Of(context), hub, queue, approvals, conversations, feed, lists, contexts, loggers.CreateLogger<ChatSession>());
            await session.RunAsync(_serverEnds.Token);
            return true;
        }
        finally
        {
            counts.SocketClosed();
        }
    }

    /// <summary>Says goodbye (1001) on every socket; each ends within seconds.</summary>
    public Task CloseAsync() => _serverEnds.CancelAsync();

    public void Dispose() => _serverEnds.Dispose();

    /// <summary>What the server keeps for a slow reader, and that the time limit is ours: Kestrel's own would cut the
    /// connection before it is told why.</summary>
    private static void Bound(IFeatureCollection features)
    {
        if (features.Get<IConnectionSocketFeature>() is { Socket: var transport }) transport.SendBufferSize = SendBuffer;
        if (features.Get<IHttpMinResponseDataRateFeature>() is { } rate) rate.MinDataRate = null;
    }
}
