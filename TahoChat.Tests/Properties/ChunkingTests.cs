using System.Net;
using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;
using TahoChat.Api.Groq;
using TahoChat.Api.Settings;
using TahoChat.Tests.Groq;

namespace TahoChat.Tests.Properties;

/// <summary>However the network cuts a provider's stream, it says the same: text, reasoning, usage, errors and all.</summary>
public sealed class ChunkingTests
{
    private static readonly Gen<string> _text = Gen.String[Gen.Frequency(
        (5, Gen.Char[' ', '~']), (2, Gen.Char['\u00a0', '\ud7ff']), (1, Gen.Const('\u2028')), (1, Gen.Const('\0'))), 0, 10];

    // Escapes that JSON allows: halves of a pair in events of their own, and a lone one.
    private static readonly Gen<string> _escaped = Gen.OneOf(
        Gen.Const("""{"content":"\ud83c"}"""), Gen.Const("""{"content":"\udf89"}"""), Gen.Const("""{"content":"\u003cb\u003e"}"""),
        Gen.Const("""{"content":null,"reasoning":"\ud83c\udf89"}"""), Gen.Const("""{"content":7}"""), Gen.Const(Recording.Role));

    private static readonly Gen<string> _broken = Gen.OneOf(
        Gen.Const("data: {\"choices\":[{\"delta\":\n\n"), Gen.Const("data: [DONE]\n\n"), Gen.Const("data:\n\n"), Gen.Const("data: {}\n\n"),
        Gen.Const("event: error\ndata: {\"error\":{\"message\":\"over capacity\",\"type\":\"server_error\",\"status_code\":503}}\n\n"),
        Gen.Const("data: {\"x_groq\":{\"error\":\"over capacity\"}}\n\n"), Gen.Const("data: {\"choices\":[]}\ndata: \n\n"), Gen.Const(Recording.Ending));

    private static readonly Gen<string> _stream = Gen.Select(
        Gen.Frequency(
            (6, _text.Select(Recording.ContentEvent)),
            (3, _text.Select(text => Recording.ContentEvent(text).Replace("\"content\"", "\"reasoning\"", StringComparison.Ordinal))),
            (2, _escaped.Select(delta => Recording.Event(delta))),
            (1, Gen.Const(": a comment\n\n")),
            (1, _broken)).Array[1, 12],
        Gen.Bool, Gen.Bool, Gen.Int[0, 2],
        (events, ends, mark, lines) =>
        {
            var stream = (mark ? "\uFEFF" : "") + string.Concat(events) + (ends ? Recording.Ending : "");
            return lines switch { 0 => stream, 1 => stream.ReplaceLineEndings("\r\n"), _ => stream.ReplaceLineEndings("\r") };
        });

    [Fact]
    public Task Any_chunking_of_a_provider_s_stream_gives_the_same_events() =>
        Gen.Select(_stream, Gen.Int[1, 40].Array[0, 60]).SampleAsync(
            async (stream, sizes) =>
            {
                var bytes = Recording.Bytes(stream);
                var (whole, failure) = await ReadAsync(bytes, []);
                foreach (var cutting in new[] { sizes, [1], [.. sizes.Select(size => size * 37)] })
                {
                    var (deltas, broken) = await ReadAsync(bytes, cutting);
                    Assert.Equal(whole, deltas);
                    Assert.Equal(failure, broken);
                }
            },
            iter: 300);

    private static async Task<(List<GroqDelta> Deltas, string? Failure)> ReadAsync(byte[] bytes, int[] sizes)
    {
        var settings = new GroqSettings();
        using var watchdog = new Watchdog(TimeSpan.FromMinutes(1), settings.Gap, TimeProvider.System, TestContext.Current.CancellationToken);
        using var response = new HttpResponseMessage(HttpStatusCode.OK);
        await using var stream = new GroqStream(
            response, new ChunkedStream(bytes, sizes), watchdog, new GroqFailures(settings, TimeProvider.System, NullLogger.Instance));
        var deltas = new List<GroqDelta>();
        try
        {
            while (await stream.ReadAsync() is { } delta) deltas.Add(delta);
            return (deltas, null);
        }
        catch (Exception exception)
        {
            return (deltas, $"{exception.GetType().Name} {(exception as GroqException)?.Code}: {exception.Message}");
        }
    }

    /// <summary>Gives as many bytes a read as it is told to, over and over; every second read comes later.</summary>
    private sealed class ChunkedStream(byte[] bytes, int[] sizes) : MemoryStream(bytes)
    {
        private int _reads;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_reads % 2 == 1) await Task.Yield();
            var size = sizes.Length == 0 ? buffer.Length : Math.Min(sizes[_reads % sizes.Length], buffer.Length);
            _reads++;
            return Read(buffer.Span[..size]);
        }
    }
}
