using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using TahoChat.Api.Access;
using TahoChat.Api.Docs;
using TahoChat.Api.Errors;
using TahoChat.Api.Frontend;
using TahoChat.Api.Settings;

namespace TahoChat.Tests.Access;

/// <summary>A real Kestrel with the entry rules, errors, docs and frontend, and a few endpoints to be protected.</summary>
internal sealed class AccessHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DirectoryInfo? _ownFolder;

    private AccessHost(WebApplication app, DirectoryInfo? ownFolder)
    {
        _app = app;
        _ownFolder = ownFolder;
        Port = new Uri(app.Urls.Single()).Port;
    }

    public int Port { get; }

    public Uri Address => new($"http://127.0.0.1:{Port}");

    public static async Task<AccessHost> StartAsync(
        CancellationToken cancellationToken,
        string? password = null,
        string[]? hosts = null,
        string[]? origins = null,
        string? keysFolder = null,
        string? frontend = null)
    {
        var own = keysFolder is null ? Directory.CreateTempSubdirectory("taho-access-") : null;
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.AddErrors();
        builder.AddAccess(new AccessSettings
        {
            AllowedHosts = hosts ?? [],
            Origins = [.. (origins ?? ["http://localhost:3000"]).Select(Origin.Parse)],
            Password = password,
            KeysFolder = Path.Combine(keysFolder ?? own!.FullName, "keys"),
        });
        builder.AddApiDocs();
        builder.AddFrontend();
        var app = builder.Build();
        app.UseErrors();
        app.UseAccess();
        app.UseFrontend(frontend);
        Map(app);
        app.MapApiDocs();
        await app.StartAsync(cancellationToken);
        return new AccessHost(app, own);
    }

    /// <summary>A client that keeps no cookies and follows no redirects.</summary>
    public HttpClient Client() =>
        new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Address };

    /// <summary>Sends exactly these lines and reads the answer to its end. Null leaves a header out.</summary>
    public async Task<RawResponse> SendAsync(string requestLine, CancellationToken cancellationToken, params string[] headers)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", Port, cancellationToken);
        var text = $"{requestLine}\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n";
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text), cancellationToken);
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        var status = await reader.ReadLineAsync(cancellationToken) ?? throw new IOException("The server closed without an answer.");
        var isUpgrade = status.Contains(" 101 ", StringComparison.Ordinal);
        var rest = isUpgrade ? "" : await reader.ReadToEndAsync(cancellationToken);
        return new RawResponse(int.Parse(status.Split(' ')[1], null), rest);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
        _ownFolder?.Delete(recursive: true);
    }

    private static void Map(WebApplication app)
    {
        app.UseWebSockets();
        app.MapGet("/conversations", (int limit = 10) => new { LastMessage = "", Limit = limit });
        app.MapGet("/conversations/{id}", (int id) =>
            id == 1 ? Results.Ok(new { Id = id }) : Problems.NotFound("There is no conversation with this id."));
        app.MapPost("/conversations", (Titled body) => Results.Json(body, statusCode: 201));
        app.MapDelete("/conversations/{id}", (int id) => Results.NoContent());
        app.MapGet("/health", () => new { Status = "healthy" });
        app.MapGet("/alive", () => "alive");
        app.MapGet("/fails", string () => throw new InvalidOperationException("the inner secret"));
        app.MapGet("/ws/chat", async (HttpContext context) =>
        {
            if (!context.WebSockets.IsWebSocketRequest) throw new BadHttpRequestException("This address speaks WebSocket.", 426);
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await socket.CloseOutputAsync(System.Net.WebSockets.WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
        });
    }

    internal sealed record Titled(string Title, Mood? Mood);

    internal enum Mood
    {
        VeryGood,
    }
}

/// <summary>What came back; <paramref name="Rest"/> is headers and body.</summary>
internal sealed record RawResponse(int Status, string Rest);
