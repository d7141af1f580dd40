using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using CsCheck;
using TahoChat.Api.Chat;
using TahoChat.Api.Conversations;
using TahoChat.Api.Generations;
using TahoChat.Api.Groq;
using TahoChat.Tests.Promises;

namespace TahoChat.Tests.Properties;

/// <summary>Resume as a state machine: whatever happens to the reply and to its tabs, in whatever order, what a tab shows is a
/// beginning of the text, and all of it at the end.</summary>
public sealed class ResumeTests
{
    private static readonly Gen<string> _piece = Gen.String[Gen.Frequency(
        (6, Gen.Char['a', 'z']), (3, Gen.Char['\uD83C', '\uD83E']), (3, Gen.Char['\uDC00', '\uDFFF']), (1, Gen.Const('\0'))), 0, 30];

    private static readonly Gen<Step> _step = Gen.Frequency(
        (8, Gen.Select(Gen.Bool, _piece, (reasoning, piece) => (Step)new Append(reasoning, piece))),
        (3, Gen.Int[0, 3].Select(tab => (Step)new Lose(tab))),
        (2, Gen.Select(Gen.Int[0, 3], Gen.Int[0, 40], (tab, units) => (Step)new Keep(tab, units))),
        (1, Gen.Const((Step)new Open())),
        (1, Gen.Int[0, 60].Select(units => (Step)new Kill(units))));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task Every_tab_shows_a_beginning_of_the_text_and_all_of_it_at_the_end() =>
        _step.Array[1, 30].SampleAsync(
            async steps =>
            {
                await using var machine = new Machine();
                await machine.DoAsync(new Open());
                foreach (var step in steps) await machine.DoAsync(step);
                await machine.FinishAsync();
            },
            iter: 150, threads: 2, print: steps => string.Join(", ", steps.Select(step => step.ToString())));

    private abstract record Step;

    private sealed record Append(bool Reasoning, string Piece) : Step;

    /// <summary>A tab's connection breaks, with whatever was on its way; it watches again from what it has.</summary>
    private sealed record Lose(int Tab) : Step;

    /// <summary>The same, but the tab kept only so much of its text; that may be in the middle of a pair.</summary>
    private sealed record Keep(int Tab, int Units) : Step;

    /// <summary>Another tab, which has nothing.</summary>
    private sealed record Open : Step;

    /// <summary>The server dies, had saved only so much, and the reply goes on from there.</summary>
    private sealed record Kill(int Units) : Step;

    private sealed class Machine : IAsyncDisposable
    {
        // It was told that the reply grows.
        private static readonly ReferenceClient _nothing = new(1)
        {
            Messages = ImmutableSortedDictionary<long, KnownMessage>.Empty.Add(3, new KnownMessage(3, "assistant", "streaming")),
        };

        private readonly List<Tab> _tabs = [];
        private Generation _reply = New();

        public async Task DoAsync(Step step)
        {
            switch (step)
            {
                case Append append:
                    _reply.Append(append.Reasoning ? GroqDeltaKind.Reasoning : GroqDeltaKind.Content, append.Piece);
                    break;
                case Open when _tabs.Count < 4:
                    _tabs.Add(await Tab.OpenAsync(_reply, _nothing));
                    break;
                case Lose lose:
                    await ReplaceAsync(lose.Tab % _tabs.Count, int.MaxValue);
                    break;
                case Keep keep:
                    await ReplaceAsync(keep.Tab % _tabs.Count, keep.Units);
                    break;
                case Kill kill:
                    await KillAsync(kill.Units);
                    break;
            }
        }

        public async Task FinishAsync()
        {
            _reply.Finish();
            _reply.Announce(new GenerationEnd(MessageStatus.Complete, "stop", null, null));
            var text = _reply.Read(default);
            foreach (var tab in _tabs)
            {
                await tab.UntilAsync(view => view.HasEnded);
                Assert.Equal((text.Reasoning, text.Content), (tab.View.Reply!.Reasoning, tab.View.Reply.Content));
            }
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var tab in _tabs) await tab.DisposeAsync();
            _reply.Dispose();
        }

        private static Generation New() => new(new TurnIds("local", 1, 2, 3), "m");

        private async Task ReplaceAsync(int number, int units)
        {
            var view = await _tabs[number].CloseAsync();
            if (view.Reply is { } reply)
            {
                var kept = reply with { Content = Begin(reply.Content, units), Reasoning = Begin(reply.Reasoning, units) };
                view = view with { Messages = view.Messages.SetItem(reply.Id, kept) };
            }

            _tabs[number] = await Tab.OpenAsync(_reply, view);
        }

        private async Task KillAsync(int units)
        {
            var views = new List<ReferenceClient>();
            foreach (var tab in _tabs) views.Add(await tab.CloseAsync());
            var saved = _reply.Clamp(new Cursor(units, units));
            var text = _reply.Read(default);
            _reply.Dispose();
            _reply = New();
            _reply.Append(GroqDeltaKind.Reasoning, text.Reasoning[..saved.Reasoning]);
            _reply.Append(GroqDeltaKind.Content, text.Content[..saved.Content]);
            for (var i = 0; i < views.Count; i++) _tabs[i] = await Tab.OpenAsync(_reply, views[i]);
            // Only then it goes on, with other text than was lost: a tab that still had that would contradict it.
            foreach (var tab in _tabs)
            {
                await tab.UntilAsync(view => (view.Reply?.Content ?? "") == text.Content[..saved.Content]
                    && (view.Reply?.Reasoning ?? "") == text.Reasoning[..saved.Reasoning]);
            }
        }

        private static string Begin(string text, int units) => text[..Math.Min(units, text.Length)];
    }

    /// <summary>A tab: the server's end of its socket with its pumps, and the client that reads.</summary>
    private sealed class Tab : IAsyncDisposable
    {
        private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(10);

        private readonly Generation _reply;
        private readonly WebSocket _client;
        private readonly ChatSocket _server;
        private readonly ReplyPumps _pumps;
        private readonly Task _reading;
        private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private bool _isClosed;

        private Tab(Generation reply, Socket client, Socket server, ReferenceClient view)
        {
            (_reply, View) = (reply, view);
            _client = WebSocket.CreateFromStream(new NetworkStream(client, ownsSocket: true), new WebSocketCreationOptions());
            _server = new ChatSocket(
                WebSocket.CreateFromStream(new NetworkStream(server, ownsSocket: true), new WebSocketCreationOptions { IsServer = true }),
                new Limits(), new SocketCounts(), TimeProvider.System, CancellationToken.None);
            _pumps = new ReplyPumps(_server) { WithReasoning = true };
            _reading = Task.Run(ReadAsync, Cancel);
        }

        public ReferenceClient View { get; private set; }

        public static async Task<Tab> OpenAsync(Generation reply, ReferenceClient view)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var client = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await client.ConnectAsync(listener.LocalEndpoint, Cancel);
            var tab = new Tab(reply, client, await listener.AcceptSocketAsync(Cancel), view);
            if (view.Reply!.Content.Length + view.Reply.Reasoning.Length > 0) tab._pumps.Restart(reply, new Cursor(view.Reply.Reasoning.Length, view.Reply.Content.Length));
            else tab._pumps.Ensure(reply, default);
            return tab;
        }

        public async Task UntilAsync(Func<ReferenceClient, bool> fits)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            limit.CancelAfter(_deadline);
            while (true)
            {
                var changed = _changed.Task;
                if (fits(View)) return;
                if (_reading.IsCompleted) await _reading;
                await Task.WhenAny(changed, _reading).WaitAsync(limit.Token);
            }
        }

        /// <summary>The connection breaks; what the tab had by then.</summary>
        public async Task<ReferenceClient> CloseAsync()
        {
            await DisposeAsync();
            return View;
        }

        public async ValueTask DisposeAsync()
        {
            if (_isClosed) return;
            _isClosed = true;
            _client.Abort();
            await _reading;
            await _pumps.EndAsync();
            _pumps.Dispose();
            _server.Dispose();
            _client.Dispose();
        }

        private async Task ReadAsync()
        {
            var buffer = new byte[128 * 1024];
            try
            {
                while (true)
                {
                    var length = 0;
                    ValueWebSocketReceiveResult received;
                    do
                    {
                        received = await _client.ReceiveAsync(buffer.AsMemory(length), Cancel);
                        length += received.Count;
                    }
                    while (!received.EndOfMessage);
                    Take(JsonNode.Parse(buffer.AsSpan(0, length))!.AsObject());
                }
            }
            catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException)
            {
                // Closed.
            }
        }

        private void Take(JsonObject frame)
        {
            View = View.Saw(frame);
            Assert.Null(View.Fault);
            var text = _reply.Read(default);
            Assert.StartsWith(View.Reply!.Content, text.Content, StringComparison.Ordinal);
            Assert.StartsWith(View.Reply.Reasoning, text.Reasoning, StringComparison.Ordinal);
            var changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            changed.TrySetResult();
        }
    }
}
