using System.Collections.Immutable;
using CsCheck;
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

        private readonly List<ResumeTab> _tabs = [];
        private Generation _reply = New();

        public async Task DoAsync(Step step)
        {
            switch (step)
            {
                case Append append:
                    _reply.Append(append.Reasoning ? GroqDeltaKind.Reasoning : GroqDeltaKind.Content, append.Piece);
                    break;
                case Open when _tabs.Count < 4:
                    _tabs.Add(await ResumeTab.OpenAsync(_reply, _nothing));
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

            _tabs[number] = await ResumeTab.OpenAsync(_reply, view);
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
            for (var i = 0; i < views.Count; i++) _tabs[i] = await ResumeTab.OpenAsync(_reply, views[i]);
            // Only then it goes on, with other text than was lost: a tab that still had that would contradict it.
            foreach (var tab in _tabs)
            {
                await tab.UntilAsync(view => (view.Reply?.Content ?? "") == text.Content[..saved.Content]
                    && (view.Reply?.Reasoning ?? "") == text.Reasoning[..saved.Reasoning]);
            }
        }

        private static string Begin(string text, int units) => text[..Math.Min(units, text.Length)];
    }
}
