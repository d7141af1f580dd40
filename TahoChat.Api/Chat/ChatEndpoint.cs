using System.Net;
using Microsoft.EntityFrameworkCore;
using TahoChat.Api.Conversations;
using TahoChat.Api.Data;
using TahoChat.Api.Generations;

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
            if (context.WebSockets.IsWebSocketRequest) await sessions.RunAsync(context);
            else await Results.Problem("This address speaks WebSocket only.", statusCode: StatusCodes.Status426UpgradeRequired).ExecuteAsync(context);
        }).ExcludeFromDescription();
}

/// <summary>The open sockets.</summary>
public sealed class ChatSessions(
    GenerationHub hub,
    QueueKeeper queue,
    ConversationWriter conversations,
    ChangeFeed feed,
    IDbContextFactory<ChatDbContext> contexts,
    TimeProvider time,
    ILoggerFactory loggers)
    : IDisposable
{
    private readonly CancellationTokenSource _serverEnds = new();

    /// <summary>Runs one socket's session to its end.</summary>
    public async Task RunAsync(HttpContext context)
    {
        using var webSocket = await context.WebSockets.AcceptWebSocketAsync();
        using var socket = new ChatSocket(webSocket, time, context.RequestAborted);
        using var session = new ChatSession(socket, ChatIdentity.Of(context), hub, queue, conversations, feed, contexts, loggers.CreateLogger<ChatSession>());
        await session.RunAsync(_serverEnds.Token);
    }

    /// <summary>Says goodbye (1001) on every socket; each ends within seconds.</summary>
    public Task CloseAsync() => _serverEnds.CancelAsync();

    public void Dispose() => _serverEnds.Dispose();
}
