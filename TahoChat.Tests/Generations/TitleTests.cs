using Microsoft.Extensions.DependencyInjection;

namespace TahoChat.Tests.Generations;

/// <summary>A conversation's title: its first words at once, then the model's, and a person's for good.</summary>
public sealed class TitleTests
{
    private const string Prompt = "Explain spring tides and neap tides to a sailor [emulator echo=\"The Moon\"]";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_words_stand_until_the_model_has_a_title()
    {
        using var gate = new Gate();
        await using var api = await TestApi.StartAsync(Cancel, services: services => Titles(services, gate, fault: null));
        await using var socket = await api.ConnectAsync(Cancel);
        var conversation = (await socket.TurnAsync(new { message = Prompt }, Cancel))[0].Number("conversation_id");
        Assert.StartsWith("Explain spring tides and neap tides", await TitleAsync(api, conversation), StringComparison.Ordinal);
        await socket.SendAsync(new { type = "watch", conversation_id = conversation }, Cancel);
        await socket.ReceiveFirstAsync(frame => frame.Text("type") == "watching", Cancel);

        gate.Open();
        var told = await socket.ReceiveFirstAsync(frame => frame.Text("type") == "conversation", Cancel);

        var title = told["conversation"]!.AsObject().Text("title")!;
        Assert.Equal(title, await TitleAsync(api, conversation));
        Assert.InRange(title.Split(' ').Length, 3, 6);
        Assert.Equal(2, api.Provider.Posts);
        await socket.TurnAsync(new { message = "Second turn", conversation_id = conversation }, Cancel);
        Assert.Equal(title, await TitleAsync(api, conversation));
    }

    [Fact]
    public async Task Without_the_models_title_the_first_words_stay()
    {
        using var gate = new Gate();
        gate.Open();
        await using var api = await TestApi.StartAsync(Cancel, services: services => Titles(services, gate, "401"));
        await using var socket = await api.ConnectAsync(Cancel);

        var conversation = (await socket.TurnAsync(new { message = Prompt }, Cancel))[0].Number("conversation_id");
        await ApiCalls.UntilAsync(() => Task.FromResult(api.Provider.Requests), requests => requests.Any(request => request is { Method: "POST", Stream: false, Status: 401 }), Cancel);

        Assert.StartsWith("Explain spring tides and neap tides", await TitleAsync(api, conversation), StringComparison.Ordinal);
        Assert.Equal("complete", (await socket.TurnAsync(new { message = "Goes on", conversation_id = conversation }, Cancel))[^1].Text("status"));
    }

    [Fact]
    public async Task A_title_that_a_person_gave_is_not_replaced()
    {
        using var gate = new Gate();
        await using var api = await TestApi.StartAsync(Cancel, services: services => Titles(services, gate, fault: null));
        await using var socket = await api.ConnectAsync(Cancel);
        var conversation = (await socket.TurnAsync(new { message = Prompt }, Cancel))[0].Number("conversation_id");

        await gate.ReachedAsync(Cancel);
        await api.CallAsync("PUT", $"/conversations/{conversation}/title", Cancel, """{"title":"Mine"}""");
        gate.Open();
        await ApiCalls.UntilAsync(() => Task.FromResult(api.Provider.Posts), posts => posts == 2, Cancel);
        await socket.TurnAsync(new { message = "Goes on", conversation_id = conversation }, Cancel);

        Assert.Equal("Mine", await TitleAsync(api, conversation));
    }

    [Fact]
    public async Task A_conversation_made_with_a_title_keeps_it()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        await using var socket = await api.ConnectAsync(Cancel);
        var named = (await api.CallAsync("POST", "/conversations", Cancel, """{"title":"Given"}""")).Json.Number("id");

        await socket.TurnAsync(new { message = Prompt, conversation_id = named }, Cancel);
        await socket.TurnAsync(new { message = "Second", conversation_id = named }, Cancel);

        Assert.Equal("Given", await TitleAsync(api, named));
        Assert.DoesNotContain(api.Provider.Requests, request => request is { Method: "POST", Stream: false });
    }

    private static async Task<string> TitleAsync(TestApi api, long conversation) => (await api.ConversationAsync(conversation, Cancel)).Text("title")!;

    private static void Titles(IServiceCollection services, Gate gate, string? fault) =>
        services.AddHttpClient("groq").AddHttpMessageHandler(() => new TitleGate(gate, fault));

    /// <summary>Tells when somebody stands before it, and lets through once it is open.</summary>
    private sealed class Gate : IDisposable
    {
        private readonly SemaphoreSlim _reached = new(0);
        private readonly SemaphoreSlim _open = new(0);

        public void Open() => _open.Release();

        public Task ReachedAsync(CancellationToken cancellationToken) => _reached.WaitAsync(cancellationToken);

        public async Task PassAsync(CancellationToken cancellationToken)
        {
            _reached.Release();
            await _open.WaitAsync(cancellationToken);
            _open.Release();
        }

        public void Dispose()
        {
            _reached.Dispose();
            _open.Dispose();
        }
    }

    /// <summary>Holds a title's request, which does not stream, back and lets it fail.</summary>
    private sealed class TitleGate(Gate gate, string? fault) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            if (request.Method == HttpMethod.Post && !body.Contains("\"stream\":true", StringComparison.Ordinal))
            {
                await gate.PassAsync(cancellationToken);
                if (fault is not null) request.Headers.Add("x-emulator-fault", fault);
            }

            return await base.SendAsync(request, cancellationToken);
        }
    }
}
