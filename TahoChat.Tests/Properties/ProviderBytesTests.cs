using System.Net;
using System.Text;
using System.Text.Json;
using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;
using TahoChat.Api.Groq;
using TahoChat.Api.Settings;
using TahoChat.Tests.Groq;

namespace TahoChat.Tests.Properties;

/// <summary>Whatever bytes a provider sends, its answer is read to an end or to a failure that has a name.</summary>
public sealed class ProviderBytesTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    // What is not random: enough of the grammar to get past the first byte.
    private static readonly Gen<byte[]> _piece = Gen.Frequency(
        (3, Gen.Byte.Array[0, 12]),
        (3, Words("data: ", "event: error\n", "\n\n", "\r\n\r\n", "\r", "[DONE]", ":", "data: {\"choices\":[{\"delta\":{\"content\":\"", "\"}}]}", "\\ud83d", "\\u00", "\"finish_reason\":\"stop\"")),
        (3, Words(Recording.ContentEvent("text"), Recording.Event("""{"reasoning":"hm"}"""), Recording.Ending, "data: {\"error\":{}}\n\n")),
        (1, Words("{\"usage\":{\"prompt_tokens\":1e999}}", "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"x\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}]}}]}\n\n", "[[[[", "\uFEFF", "\0")));

    [Fact]
    public Task Arbitrary_bytes_end_or_fail_with_a_name() => _piece.Array[0, 14].SampleAsync(
        async pieces =>
        {
            var settings = new GroqSettings();
            using var watchdog = new Watchdog(TimeSpan.FromMinutes(1), settings.Gap, TimeProvider.System, TestContext.Current.CancellationToken);
            using var response = new HttpResponseMessage(HttpStatusCode.OK);
            await using var stream = new GroqStream(
                response, new MemoryStream([.. pieces.SelectMany(piece => piece)]), watchdog, new GroqFailures(settings, TimeProvider.System, NullLogger.Instance));
            await ReadToEndAsync(stream, watchdog).WaitAsync(_patience, TestContext.Current.CancellationToken);
        },
        iter: 3000);

    [Fact]
    public void Arbitrary_bodies_are_an_error_or_a_list_of_models_or_not_json() => Gen.Select(_piece.Array[0, 6], Gen.Bool).Sample(
        (pieces, isObject) =>
        {
            byte[] body = [.. isObject ? "{\"data\":["u8 : "{\"error\":"u8, .. pieces.SelectMany(piece => piece)];
            try
            {
                if (isObject) Assert.All(GroqModelReader.Read(body), model => Assert.NotEmpty(model.Id));
                else new GroqChunkReader().Read("", body);
            }
            catch (JsonException)
            {
                // That is what it says of what is no JSON.
            }
        },
        iter: 5000);

    private static async Task ReadToEndAsync(GroqStream stream, Watchdog watchdog)
    {
        var ended = false;
        Func<ValueTask<GroqDelta?>> next = stream.ReadAsync;
        try
        {
            while (await GroqFailures.GuardAsync(next, watchdog, call: null) is { } delta)
            {
                Assert.False(ended, "Something came after the end.");
                ended = delta.Kind == GroqDeltaKind.End;
                _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(delta.Text);
            }

            Assert.True(ended);
        }
        catch (GroqException failure)
        {
            Assert.StartsWith("provider_", failure.Code, StringComparison.Ordinal);
        }
    }

    private static Gen<byte[]> Words(params string[] words) => Gen.Int[0, words.Length - 1].Select(number => Encoding.UTF8.GetBytes(words[number]));
}
