using TahoChat.Bench.Relay;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);

using var provider = new Provider(builder.Configuration["GROQ_BASE_URL"], builder.Configuration["GROQ_API_KEY"]);
var app = builder.Build();
app.UseWebSockets();
app.MapGet("/health", () => TypedResults.Ok());
app.Map("/ws/chat", async (HttpContext context) =>
{
    if (!context.WebSockets.IsWebSocketRequest)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return;
    }

    using var socket = await context.WebSockets.AcceptWebSocketAsync();
    using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, app.Lifetime.ApplicationStopping);
    await new ChatSocket(socket, provider, end).RunAsync();
});
app.Run($"http://127.0.0.1:{app.Configuration["PORT"]}");
