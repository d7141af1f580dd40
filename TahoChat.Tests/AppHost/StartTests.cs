using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Aspire.Hosting.Testing;

namespace TahoChat.Tests.AppHost;

/// <summary>The whole application, started by the AppHost.</summary>
[Collection(AppHostAlone.Name)]
public sealed class StartTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Everything_starts_and_the_emulator_answers_in_the_chat()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Deadline);
        using var settings = new AppHostSettings();
        await using var builder = await AppHostSettings.CreateAsync(limit.Token);
        await using var app = await builder.BuildAsync(limit.Token);
        await app.StartAsync(limit.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("api", limit.Token);

        var (conversation, reply) = await ChatAsync(app.GetEndpoint("api", "http"), "Hello, how can you help me?", limit.Token);

        Assert.NotEmpty(reply);
        using var api = app.CreateHttpClient("api", "http");
        var saved = await api.GetFromJsonAsync<JsonElement>($"conversations/{conversation}", limit.Token);
        var messages = saved.GetProperty("messages").EnumerateArray().ToArray();
        Assert.Equal(["user", "assistant"], messages.Select(message => message.GetProperty("role").GetString()));
        Assert.Equal(reply, messages[1].GetProperty("content").GetString());

        foreach (var (resource, command) in (IEnumerable<(string, string)>)[("emulator", "fault-503"), ("emulator", "fault-off"), ("emulator", "reset"), ("api", "back-up")])
        {
            var result = await app.ResourceCommands.ExecuteCommandAsync(resource, command, limit.Token);
            Assert.True(result.Success, $"{command}: {result.Message}");
        }

        await app.ResourceNotifications.WaitForResourceHealthyAsync("frontend", limit.Token);
        Assert.Contains("<html", await PageAsync(app.GetEndpoint("frontend", "http"), limit.Token), StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<(long Conversation, string Reply)> ChatAsync(Uri api, string message, CancellationToken cancellationToken)
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(api) { Scheme = "ws", Path = "/ws/chat" }.Uri, cancellationToken);
        await socket.SendAsync(
            JsonSerializer.SerializeToUtf8Bytes(new { message }), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        var reply = new StringBuilder();
        while (true)
        {
            var frame = await ReceiveAsync(socket, cancellationToken);
            switch (frame.GetProperty("status").GetString())
            {
                case "streaming":
                    reply.Append(frame.GetProperty("text").GetString());
                    break;
                case "complete":
                    return (frame.GetProperty("conversation_id").GetInt64(), reply.ToString());
                default:
                    throw new InvalidOperationException($"Unexpected frame: {frame}");
            }
        }
    }

    private static async Task<JsonElement> ReceiveAsync(ClientWebSocket socket, CancellationToken cancellationToken)
    {
        using var frame = new MemoryStream();
        var buffer = new byte[16 * 1024];
        ValueWebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
            frame.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return JsonSerializer.Deserialize<JsonElement>(frame.ToArray());
    }

    /// <summary>The dev server's process runs before it listens: ask until it does.</summary>
    private static async Task<string> PageAsync(Uri frontend, CancellationToken cancellationToken)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = frontend };
        while (true)
        {
            try
            {
                return await client.GetStringAsync("/", cancellationToken);
            }
            catch (HttpRequestException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(250), cancellationToken);
            }
        }
    }
}
