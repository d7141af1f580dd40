using System.Net.Http.Json;
using System.Text.Json;
using TahoChat.GroqEmulator.Speech;
using static TahoChat.Tests.GroqEmulator.EmulatorHost;

namespace TahoChat.Tests.GroqEmulator;

public sealed class TranscriptionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static async Task<HttpResponseMessage> SendAsync(
        EmulatorHost emulator, byte[]? audio, string name = "note.wav", string? fault = null, params (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent();
        if (audio is not null) form.Add(new ByteArrayContent(audio), "file", name);
        if (fields.All(field => field.Name != "model")) form.Add(new StringContent("whisper-large-v3-turbo"), "model");
        foreach (var (field, value) in fields) form.Add(new StringContent(value), field);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/openai/v1/audio/transcriptions") { Content = form };
        if (fault is not null) request.Headers.Add("x-emulator-fault", fault);
        return await emulator.Client.SendAsync(request, Cancellation);
    }

    private static async Task<(int Status, JsonElement Error)> FailAsync(HttpResponseMessage response)
    {
        using (response)
        {
            return ((int)response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("error"));
        }
    }

    [Theory]
    [InlineData(2.4, "note.wav", "2.4 seconds of WAV, 38,444 bytes, named note.wav.")]
    [InlineData(0.5, "other.WAV", "0.5 seconds of WAV, 8,044 bytes, named other.WAV.")]
    public async Task The_text_begins_with_a_space_and_tells_of_the_audio(double seconds, string name, string expected)
    {
        await using var emulator = await StartAsync(Cancellation);
        using var response = await SendAsync(emulator, Recordings.Wav(seconds), name);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal(["text", "x_groq"], answer.EnumerateObject().Select(property => property.Name));
        Assert.StartsWith(" This is the offline emulator", answer.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.EndsWith(expected, answer.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("req_", answer.GetProperty("x_groq").GetProperty("id").GetString(), StringComparison.Ordinal);
        Assert.True(response.Headers.Contains("x-ratelimit-remaining-requests"));
    }

    [Fact]
    public async Task It_comes_as_text_and_with_its_times_too()
    {
        await using var emulator = await StartAsync(Cancellation);
        using var text = await SendAsync(emulator, Recordings.Wav(1), fields: ("response_format", "text"));
        Assert.Equal("text/plain", text.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith(" This is the offline", await text.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        using var verbose = await SendAsync(
            emulator, Recordings.Wav(1), fields: [("response_format", "verbose_json"), ("language", "de"), ("timestamp_granularities[]", "word")]);
        var answer = await verbose.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal(("transcribe", "de", 1.0), (
            answer.GetProperty("task").GetString(), answer.GetProperty("language").GetString(), answer.GetProperty("duration").GetDouble()));
        Assert.Equal(1.0, answer.GetProperty("words").EnumerateArray().Last().GetProperty("end").GetDouble());
        Assert.Equal(answer.GetProperty("text").GetString(), answer.GetProperty("segments")[0].GetProperty("text").GetString());
    }

    [Fact]
    public void The_length_is_read_from_every_container()
    {
        Assert.Equal(new AudioFile("WAV", TimeSpan.FromSeconds(2)), AudioFile.Read(Recordings.Wav(2)));
        Assert.Equal(new AudioFile("WebM", TimeSpan.FromSeconds(1.75)), AudioFile.Read(Recordings.WebmOfABrowser()));
        Assert.Equal(new AudioFile("Ogg", TimeSpan.FromSeconds(3)), AudioFile.Read(Recordings.Ogg()));
        Assert.Equal(new AudioFile("FLAC", TimeSpan.FromSeconds(2)), AudioFile.Read(Recordings.Flac()));
        Assert.Equal(new AudioFile("MP4", TimeSpan.FromSeconds(2.5)), AudioFile.Read(Recordings.Mp4()));
        Assert.Equal(new AudioFile("MP3", null), AudioFile.Read([0xFF, 0xFB, 0x90, 0]));
        Assert.Null(AudioFile.Read("no audio"u8));
    }

    [Fact]
    public void A_recording_that_is_cut_off_anywhere_is_still_read()
    {
        foreach (var whole in new[] { Recordings.Wav(0.01), Recordings.WebmOfABrowser(), Recordings.Ogg(), Recordings.Flac(), Recordings.Mp4() })
        {
            var kind = AudioFile.Read(whole)!.Kind;
            for (var length = 12; length < whole.Length; length++) Assert.Equal(kind, AudioFile.Read(whole.AsSpan(0, length))?.Kind);
        }
    }

    [Theory]
    [InlineData("note.txt", 400, "file must be one of the following types: [flac mp3 mp4 mpeg mpga m4a ogg opus wav webm]")]
    [InlineData("note", 400, "file must be one of the following types")]
    public async Task Another_kind_of_file_is_refused(string name, int status, string message)
    {
        await using var emulator = await StartAsync(Cancellation);
        var (actual, error) = await FailAsync(await SendAsync(emulator, Recordings.Wav(1), name));
        Assert.Equal(status, actual);
        Assert.StartsWith(message, error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_missing_empty_or_no_audio_is_refused()
    {
        await using var emulator = await StartAsync(Cancellation);
        foreach (var (audio, message) in new[] { (null, "file is required"), ([], "file is empty"), (new byte[100], "could not process file - is it a valid media file?") })
        {
            var (status, error) = await FailAsync(await SendAsync(emulator, audio));
            Assert.Equal((400, message), (status, error.GetProperty("message").GetString()));
        }

        using var json = await emulator.Client.PostAsJsonAsync("/openai/v1/audio/transcriptions", new { model = "whisper-large-v3" }, Cancellation);
        Assert.Equal(400, (int)json.StatusCode);
    }

    [Theory]
    [InlineData(0, 200)]
    [InlineData(1, 413)]
    public async Task A_file_has_at_most_25_MB(int more, int status)
    {
        await using var emulator = await StartAsync(Cancellation);
        var audio = new byte[25 * 1024 * 1024 + more];
        Recordings.Wav(1).CopyTo(audio, 0);
        using var response = await SendAsync(emulator, audio);
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("model", "openai/gpt-oss-20b", 400, "does not support transcriptions")]
    [InlineData("model", "whisper-1", 404, "does not exist")]
    [InlineData("model", "distil-whisper-large-v3-en", 400, "decommissioned")]
    [InlineData("response_format", "srt", 400, "value must be one of [json, text, verbose_json]")]
    [InlineData("temperature", "2", 400, "'temperature'")]
    [InlineData("timestamp_granularities[]", "letter", 400, "one of [word, segment]")]
    public async Task A_field_that_breaks_a_rule_is_named(string name, string value, int status, string message)
    {
        await using var emulator = await StartAsync(Cancellation);
        var (actual, error) = await FailAsync(await SendAsync(emulator, Recordings.Wav(1), fields: (name, value)));
        Assert.Equal(status, actual);
        Assert.Contains(message, error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faults_and_a_known_text_are_there_for_speech_too()
    {
        await using var emulator = await StartAsync(Cancellation);
        using var echo = await SendAsync(emulator, Recordings.Wav(1), fault: "echo=\"Hello there\"", fields: ("response_format", "text"));
        Assert.Equal(" Hello there", await echo.Content.ReadAsStringAsync(Cancellation));
        var (status, _) = await FailAsync(await SendAsync(emulator, Recordings.Wav(1), fault: "503"));
        Assert.Equal(503, status);
        await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(emulator, Recordings.Wav(1), fault: "reset"));
        var recorded = emulator.Record.Requests[0];
        Assert.Equal(("whisper-large-v3-turbo", "reset"), (recorded.Model, recorded.Fault));
        Assert.Contains("file=note.wav (16044 bytes)", recorded.Body, StringComparison.Ordinal);
        Assert.Equal(0, emulator.Record.Posts);
    }
}
