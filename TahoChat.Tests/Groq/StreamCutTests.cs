using System.Diagnostics;
using CsCheck;

namespace TahoChat.Tests.Groq;

/// <summary>The network cuts and joins events where it likes.</summary>
public sealed class StreamCutTests
{
    private static readonly byte[] _head = Recording.Bytes(Exchange.Head(200, "text/event-stream"));
    private static readonly byte[] _chunkedHead = Recording.Bytes(Exchange.Head(200, "text/event-stream", "Transfer-Encoding: chunked\r\n"));

    [Fact]
    public async Task A_stream_arrives_whole_wherever_its_bytes_are_cut()
    {
        var body = Recording.Bytes(Recording.Everything);
        GroqHost? host = null;
        await using var server = new ScriptedServer(exchange => SendAsync(exchange, host!, _head, body, [exchange.Number - 1]));
        await using var running = host = new GroqHost(server.BaseUrl);

        for (var cut = 0; cut <= body.Length; cut++) Recording.AssertEverything(await host.ReadAllAsync());

        Assert.Equal(body.Length + 1, server.Requests.Count);
    }

    [Fact]
    public async Task A_stream_in_http_chunks_of_one_byte_arrives_whole()
    {
        var body = Recording.Bytes(Recording.Everything);
        await using var server = new ScriptedServer(async exchange =>
        {
            await exchange.WriteAsync(_chunkedHead);
            foreach (var value in body) await exchange.WriteAsync(new byte[] { (byte)'1', 13, 10, value, 13, 10 });
            await exchange.WriteAsync("0\r\n\r\n");
        });
        await using var host = new GroqHost(server.BaseUrl);

        Recording.AssertEverything(await host.ReadAllAsync());
    }

    [Fact]
    public async Task Any_cutting_of_any_stream_gives_the_same_text()
    {
        var pieces = Gen.String[Gen.OneOf(Gen.Char[' ', '~'], Gen.Char['\u00a0', '\ud7ff']), 0, 12].List[1, 8];
        var cuts = Gen.Int[0, 4000].List[0, 12];
        (byte[] Body, int[] Cuts) next = ([], []);
        GroqHost? host = null;
        await using var server = new ScriptedServer(exchange => SendAsync(exchange, host!, _head, next.Body, next.Cuts));
        await using var running = host = new GroqHost(server.BaseUrl);

        await Gen.Select(pieces, cuts, Gen.Bool).SampleAsync(
            async (texts, places, carriageReturns) =>
            {
                var stream = string.Concat(texts.Select(Recording.ContentEvent)) + Recording.Ending;
                next = (Recording.Bytes(carriageReturns ? stream.ReplaceLineEndings("\r\n") : stream), [.. places.Order()]);
                Assert.Equal(string.Concat(texts), Recording.Text(await host.ReadAllAsync()));
            },
            iter: 200,
            threads: 1);
    }

    [Fact]
    public async Task A_thousand_events_a_second_arrive_whole_and_ten_thousand_at_once_too()
    {
        var texts = Enumerable.Range(0, 10_000).Select(number => $" {number}").ToArray();
        await using var server = new ScriptedServer(async exchange =>
        {
            await exchange.HeadAsync();
            await (exchange.Number == 1 ? PaceAsync(exchange, texts[..2000]) : exchange.WriteAsync(string.Concat(texts.Select(Recording.ContentEvent))));
            await exchange.WriteAsync(Recording.Ending);
        });
        await using var host = new GroqHost(server.BaseUrl);

        Assert.Equal(string.Concat(texts[..2000]), Recording.Text(await host.ReadAllAsync()));
        var started = Stopwatch.GetTimestamp();
        Assert.Equal(string.Concat(texts), Recording.Text(await host.ReadAllAsync()));
        TestContext.Current.TestOutputHelper?.WriteLine($"10,000 events in {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms");
    }

    // One event a millisecond, as gpt-oss-20b streams; more at once where the timer is late.
    private static async Task PaceAsync(Exchange exchange, string[] texts)
    {
        var started = Stopwatch.GetTimestamp();
        for (var sent = 0; sent < texts.Length;)
        {
            var due = Math.Min((int)Stopwatch.GetElapsedTime(started).TotalMilliseconds + 1, texts.Length);
            for (; sent < due; sent++) await exchange.WriteAsync(Recording.ContentEvent(texts[sent]));
            await Task.Delay(1, exchange.Over);
        }
    }

    private static async Task SendAsync(Exchange exchange, GroqHost host, byte[] head, byte[] body, int[] cuts)
    {
        await exchange.WriteAsync(head);
        var sent = 0;
        foreach (var cut in cuts.Where(cut => cut <= body.Length))
        {
            await exchange.WriteAsync(body.AsMemory(sent..cut));
            sent = cut;
            // Only once the client has read up to here does the rest come: this is where its read ends.
            await host.BytesRead.ReachedAsync(head.Length + sent).WaitAsync(TimeSpan.FromSeconds(10), exchange.Over);
        }

        await exchange.WriteAsync(body.AsMemory(sent));
    }
}
