using System.Text;
using CsCheck;
using TahoChat.Api.Generations;
using TahoChat.Api.Groq;

namespace TahoChat.Tests.Generations;

/// <summary>Whatever comes in UTF-16, a growing text is valid, only grows, and can be read from everywhere.</summary>
public sealed class GrowingTextTests
{
    private static readonly Gen<char> _unit = Gen.Frequency(
        (6, Gen.Char['a', 'z']),
        (3, Gen.Char['\uD83C', '\uD83E']),
        (3, Gen.Char['\uDC00', '\uDFFF']),
        (1, Gen.Const('\0')),
        (1, Gen.Char));

    private static readonly Gen<string[]> _pieces = _unit.Array[0, 12].Select(units => new string(units)).Array[0, 12];

    private static readonly UnicodeEncoding _strict = new(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Any_chunking_gives_the_same_text() => _pieces.Sample(pieces =>
    {
        var whole = string.Concat(pieces);
        Assert.Equal(Mended(whole), TextOf(pieces));
        Assert.Equal(Mended(whole), TextOf([whole]));
        Assert.Equal(Mended(whole), TextOf(whole.Select(unit => unit.ToString())));
    });

    [Fact]
    public void At_every_length_the_text_is_valid_and_a_prefix_of_what_it_becomes() => _pieces.Sample(pieces =>
    {
        var text = new GrowingText();
        var before = "";
        foreach (var piece in pieces)
        {
            text.Append(piece);
            var now = text.Slice(0);
            Assert.Equal(text.Length, now.Length);
            _strict.GetBytes(now);
            Assert.StartsWith(before, now, StringComparison.Ordinal);
            before = now;
        }

        text.Finish();
        Assert.StartsWith(before, text.Slice(0), StringComparison.Ordinal);
    });

    [Fact]
    public void Slices_of_any_size_from_any_offset_are_valid_and_give_the_rest() => Gen.Select(_pieces, Gen.Int[-5, 200], Gen.Int[2, 9]).Sample((pieces, from, size) =>
    {
        var text = new GrowingText();
        foreach (var piece in pieces) text.Append(piece);
        text.Finish();
        var start = text.Clamp(from);
        Assert.InRange(start, 0, text.Length);
        Assert.Equal(start, text.Clamp(start));
        var rest = new StringBuilder();
        for (var slice = text.Slice(start, size); slice.Length > 0; slice = text.Slice(start + rest.Length, size))
        {
            Assert.InRange(slice.Length, 1, size);
            _strict.GetBytes(slice);
            rest.Append(slice);
        }

        Assert.Equal(text.Slice(0)[start..], rest.ToString());
    });

    [Fact]
    public void Every_watcher_sees_a_prefix_and_all_of_it_at_the_end()
    {
        var steps = Gen.Select(Gen.Bool, _unit.Array[0, 12].Select(units => new string(units)), Gen.Int[-2, 40]);
        steps.Array[0, 20].Sample(script =>
        {
            using var generation = new Generation(new TurnIds("local", 1, 2, 3), "m");
            var views = new List<View> { new(generation, default) };
            foreach (var (isReasoning, piece, from) in script)
            {
                generation.Append(isReasoning ? GroqDeltaKind.Reasoning : GroqDeltaKind.Content, piece);
                views.Add(new View(generation, generation.Clamp(new Cursor(from, from))));
                foreach (var view in views.Where((_, i) => (i + from) % 3 == 0)) view.Take();
            }

            var (reasoning, content) = generation.Finish();
            generation.Announce(new GenerationEnd(Api.Conversations.MessageStatus.Complete, "stop", null, null));
            foreach (var view in views)
            {
                view.Take();
                Assert.NotNull(view.End);
                Assert.Equal((reasoning, content), (view.Reasoning, view.Content));
            }
        });
    }

    [Fact]
    public async Task Watchers_that_come_while_it_grows_all_get_the_rest()
    {
        using var generation = new Generation(new TurnIds("local", 1, 2, 3), "m");
        var pieces = Enumerable.Range(0, 2000).Select(number => $"{number} 🌊").ToList();
        var watchers = new List<Task<string>>();
        for (var i = 0; i < pieces.Count; i++)
        {
            generation.Append(GroqDeltaKind.Content, pieces[i]);
            if (i % 100 == 0) watchers.Add(Task.Run(() => WatchAsync(generation), Cancel));
        }

        generation.Finish();
        generation.Announce(new GenerationEnd(Api.Conversations.MessageStatus.Complete, "stop", null, null));
        Assert.All(await Task.WhenAll(watchers), text => Assert.Equal(string.Concat(pieces), text));
    }

    private static async Task<string> WatchAsync(Generation generation)
    {
        var start = generation.Clamp(new Cursor(0, 77));
        var text = new StringBuilder(generation.Read(default).Content[..start.Content]);
        await foreach (var slice in generation.WatchAsync(start, Cancel)) text.Append(slice.Content);
        return text.ToString();
    }

    private static string Mended(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Replace("\0", "", StringComparison.Ordinal)));

    private static string TextOf(IEnumerable<string> pieces)
    {
        var text = new GrowingText();
        foreach (var piece in pieces) text.Append(piece);
        text.Finish();
        return text.Slice(0);
    }

    /// <summary>A watcher that loaded everything before its cursor and takes slices from there.</summary>
    private sealed class View(Generation generation, Cursor start)
    {
        private Cursor _cursor = start;

        public string Reasoning { get; private set; } = generation.Read(default).Reasoning[..start.Reasoning];

        public string Content { get; private set; } = generation.Read(default).Content[..start.Content];

        public GenerationEnd? End { get; private set; }

        public void Take()
        {
            var slice = generation.Read(_cursor);
            (Reasoning, Content, End, _cursor) = (Reasoning + slice.Reasoning, Content + slice.Content, slice.End, slice.Next);
            _strict.GetBytes(Content);
            Assert.StartsWith(Content, generation.Read(default).Content, StringComparison.Ordinal);
            Assert.Equal(slice.Next, generation.Clamp(slice.Next));
        }
    }
}
