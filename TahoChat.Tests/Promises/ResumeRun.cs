using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using TahoChat.Api.Generations;

namespace TahoChat.Tests.Promises;

/// <summary>What happens to the tabs of one run.</summary>
/// <param name="Text">The reply, which the provider sends in small pieces.</param>
/// <param name="TokensPerSecond">How fast.</param>
/// <param name="Tabs">For each tab where its connections are cut; the first one sends the message.</param>
internal sealed record ResumeScript(string Text, int TokensPerSecond, IReadOnlyList<IReadOnlyList<Cut>> Tabs);

/// <summary>What came of it.</summary>
internal sealed record ResumeOutcome(IReadOnlyList<ReferenceClient> Tabs, string Kept, int Cuts, IReadOnlyList<TimeSpan> Replays);

/// <summary>One reply, watched by tabs whose connections are cut: each connects again and watches from what it has.</summary>
internal sealed class ResumeRun(TestApi api, long conversation, ResumeScript script)
{
    private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(60);

    private readonly ConcurrentBag<TimeSpan> _replays = [];
    private readonly string _key = Guid.NewGuid().ToString();

    public static async Task<ResumeOutcome> RunAsync(TestApi api, ResumeScript script, CancellationToken cancellationToken)
    {
        // A person's title: the provider is not asked for one.
        var created = await api.CallAsync("POST", "/conversations", cancellationToken, """{"title":"Resume"}""");
        return await new ResumeRun(api, created.Json.Number("id"), script).RunAsync(cancellationToken);
    }

    private async Task<ResumeOutcome> RunAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_deadline);
        var proxies = script.Tabs.Select(cuts => new CuttingProxy(api.Address, cuts)).ToList();
        try
        {
            var tabs = await Task.WhenAll(proxies.Select((proxy, number) => FollowAsync(proxy, sends: number == 0, limit.Token)));
            var kept = (await api.ConversationAsync(conversation, cancellationToken)).Messages()[^1].Text("content")!;
            return new ResumeOutcome(tabs, kept, proxies.Sum(proxy => proxy.Made), [.. _replays]);
        }
        finally
        {
            foreach (var proxy in proxies) await proxy.DisposeAsync();
        }
    }

    /// <summary>One tab, from connection to connection, until the reply has ended.</summary>
    private async Task<ReferenceClient> FollowAsync(CuttingProxy proxy, bool sends, CancellationToken cancellationToken)
    {
        var view = new ReferenceClient(conversation);
        var attempts = 0;
        while (!view.HasEnded && view.Fault is null)
        {
            if (view.NeedsLoad) view = view.Loaded(await api.ConversationAsync(conversation, cancellationToken));
            var tab = new Connection(this, view, sends, isAgain: attempts++ > 0);
            await tab.RunAsync(proxy.Address, cancellationToken);
            view = tab.View;
        }

        return view;
    }

    /// <summary>How long the reply is now, as the server has it.</summary>
    private int Length() =>
        api.Services.GetRequiredService<GenerationHub>().In(conversation).Select(generation => (int?)generation.Length.Content).Max() ?? script.Text.Length;

    private sealed class Connection(ResumeRun run, ReferenceClient view, bool sends, bool isAgain)
    {
        private readonly long _started = Stopwatch.GetTimestamp();
        private readonly int _length = view.Reply is null ? 0 : run.Length();
        private bool _replayed = view.Reply is null || !isAgain;

        public ReferenceClient View { get; private set; } = view;

        public async Task RunAsync(Uri address, CancellationToken cancellationToken)
        {
            try
            {
                await using var socket = await TestSocket.ConnectAsync(address, cancellationToken);
                await socket.SendAsync(View.Watch(), cancellationToken);
                // Sent again until a reply is known: the same id, so that it is one send however often it arrives.
                if (sends && View.Reply is null) await socket.SendAsync(run.Send(), cancellationToken);
                while (!View.HasEnded && !View.NeedsLoad && View.Fault is null && await socket.ReceiveAsync(cancellationToken) is { } frame) Take(frame);
                if (View.HasEnded) await socket.CloseAsync(cancellationToken);
            }
            catch (Exception exception) when (exception is WebSocketException or HttpRequestException or IOException)
            {
                // Cut; the next connection goes on.
            }
        }

        private void Take(JsonObject frame)
        {
            View = View.Saw(frame);
            if (View.Reply is { } reply && !run.IsPrefix(reply.Content)) View = View with { Fault = $"Not a prefix: {frame}" };
            if (_replayed || View.Reply!.Content.Length < _length) return;
            _replayed = true;
            run._replays.Add(Stopwatch.GetElapsedTime(_started));
        }
    }

    private bool IsPrefix(string view) => script.Text.StartsWith(view, StringComparison.Ordinal);

    private object Send() => new
    {
        message = $"[emulator echo=\"{script.Text}\" speed={script.TokensPerSecond} first=0 reasoning=5]",
        conversation_id = conversation,
        client_message_id = _key,
    };
}
