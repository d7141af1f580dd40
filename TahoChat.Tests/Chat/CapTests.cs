using System.Text;
using System.Text.Json.Nodes;
using TahoChat.GroqEmulator;
using TahoChat.Tests.Groq;

namespace TahoChat.Tests.Chat;

/// <summary>The caps of docs/protocol.md, at the cap and one beyond.</summary>
public sealed class CapTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_of_48_KiB_is_taken_and_a_byte_more_is_refused()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        await using var socket = await api.ConnectAsync(Cancel);
        var longest = "[emulator echo=\"short\"] ".PadRight(48 * 1024, 'x');

        var taken = await socket.TurnAsync(new { message = longest }, Cancel);
        var refused = await socket.TurnAsync(new { message = longest + "x", client_message_id = "long" }, Cancel);
        var inBytes = await socket.TurnAsync(new { message = longest[2..] + "é" + "é" }, Cancel);

        Assert.Equal("complete", taken[^1].Text("status"));
        Assert.Equal(("error", "message_too_long", "long"), (refused[0].Text("status"), refused[0].Text("code"), refused[0].Text("client_message_id")));
        Assert.Equal("message_too_long", inBytes[0].Text("code"));
        Assert.Single((await api.CallAsync("GET", "/conversations", Cancel)).List);
    }

    [Fact]
    public async Task A_socket_has_32_watches()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        await using var socket = await api.ConnectAsync(Cancel);
        var ids = new List<long>();
        for (var i = 0; i < 33; i++) ids.Add((await api.CallAsync("POST", "/conversations", Cancel, "{}")).Json.Number("id"));

        foreach (var id in ids.Take(32)) await WatchAsync(id, "watching");
        await WatchAsync(ids[32], "too_many_watches");
        await WatchAsync(ids[0], "watching");
        await socket.SendAsync(new { type = "unwatch", conversation_id = ids[0] }, Cancel);
        await WatchAsync(ids[32], "watching");

        async Task WatchAsync(long id, string answer)
        {
            await socket.SendAsync(new { type = "watch", conversation_id = id }, Cancel);
            var last = await socket.ReceiveFirstAsync(frame => frame.Text("type") == "watching" || frame.Text("status") == "error", Cancel);
            Assert.Equal(answer, last.Text("type") ?? last.Text("code"));
        }
    }

    [Fact]
    public async Task Of_21_sends_in_a_minute_the_last_is_told_when_to_come_again()
    {
        await using var api = await TestApi.StartAsync(Cancel, new Dictionary<string, string?> { ["Limits:SendsPerMinute"] = "20" });
        await using var socket = await api.ConnectAsync(Cancel);
        var acknowledged = new List<long>();
        var answer = await SendAsync(0);
        for (var i = 1; answer.Text("status") == "streaming" && i < 30; i++)
        {
            acknowledged.Add(answer.Number("message_id"));
            answer = await SendAsync(i);
        }

        // One more comes every three seconds: some may have while the first 20 were answered.
        Assert.InRange(acknowledged.Count, 20, 26);
        Assert.Equal(("rate_limited", true), (answer.Text("code"), (bool)answer["retryable"]!));
        Assert.Equal($"send-{acknowledged.Count}", answer.Text("client_message_id"));
        Assert.InRange(answer.Number("retry_after_ms"), 1, 60_000);
        Assert.Equal(acknowledged[0], (await SendAsync(0)).Number("message_id"));

        async Task<JsonObject> SendAsync(int number) =>
            (await socket.TurnAsync(new { message = "[emulator echo=\"x\"]", client_message_id = $"send-{number}" }, Cancel))[0];
    }

    [Fact]
    public async Task Three_replies_of_a_client_grow_and_a_fourth_waits_for_one_of_them()
    {
        await using var api = await TestApi.StartAsync(Cancel, new Dictionary<string, string?> { ["Limits:GrowingReplies"] = "3" });
        var sockets = new List<TestSocket>();
        for (var i = 0; i < 4; i++) sockets.Add(await api.ConnectAsync(Cancel));
        var begun = new List<long>();
        foreach (var socket in sockets.Take(3)) begun.Add((await socket.GrowAsync(Cancel)).Number("conversation_id"));

        var refused = (await sockets[3].TurnAsync(new { message = "Too many" }, Cancel))[0];
        Assert.Equal(("overloaded", true), (refused.Text("code"), (bool)refused["retryable"]!));
        Assert.True(refused.Number("retry_after_ms") > 0);
        await sockets[3].SendAsync(new { message = "Waits", conversation_id = begun[0] }, Cancel);
        Assert.Equal("queued", (await sockets[3].ReceiveAsync(Cancel)).Text("message_status"));

        await sockets[3].SendAsync(new { type = "stop", conversation_id = begun[1] }, Cancel);
        await sockets[1].ReceiveTurnAsync(Cancel);
        Assert.Equal("complete", (await sockets[3].TurnAsync(new { message = "Now [emulator echo=\"x\"]" }, Cancel))[^1].Text("status"));
        foreach (var socket in sockets) await socket.DisposeAsync();
    }

    [Fact]
    public async Task A_reply_beyond_1_MiB_is_ended_and_kept_as_far_as_it_came()
    {
        await using var api = await TestApi.StartAsync(
            Cancel,
            new Dictionary<string, string?> { ["GROQ_MAX_COMPLETION_TOKENS"] = "65536" },
            provider: new GroqEmulatorOptions { TokensPerSecond = 0, FirstToken = TimeSpan.Zero, ShortestToken = 200, LongestToken = 200 });
        await using var socket = await api.ConnectAsync(Cancel);

        var turn = await socket.TurnAsync(new { message = "[emulator tokens=8000 reasoning=0]" }, Cancel);

        Assert.Equal(("error", "reply_too_long", "interrupted"), (turn[^1].Text("status"), turn[^1].Text("code"), turn[^1].Text("message_status")));
        var text = turn.Content();
        Assert.InRange(Encoding.UTF8.GetByteCount(text), (1024 * 1024) - 1000, 1024 * 1024);
        Assert.Equal(text, (await api.MessageAsync(turn[0].Number("conversation_id"), turn[0].Number("message_id"), Cancel)).Text("content"));
        Assert.Single(api.Replies());
    }

    [Theory]
    [InlineData(0, "complete", "complete")]
    [InlineData(1, "error", "interrupted")]
    public async Task A_reply_of_1_MiB_is_complete_and_a_byte_more_is_too_long(int more, string status, string messageStatus)
    {
        const int Cap = 1024 * 1024;
        await using var provider = new ScriptedServer(exchange => exchange.Request.Line switch
        {
            var line when line.StartsWith("GET", StringComparison.Ordinal) => exchange.AnswerAsync(404, "{}"),
            _ when !exchange.Request.Body.Contains("\"stream\":true", StringComparison.Ordinal) => exchange.AnswerAsync(500, "{}"),
            _ => StreamAsync(exchange, Cap + more),
        });
        await using var api = await TestApi.StartAsync(Cancel, new Dictionary<string, string?> { ["GROQ_BASE_URL"] = $"{provider.BaseUrl}" });
        await using var socket = await api.ConnectAsync(Cancel);

        var turn = await socket.TurnAsync(new { message = "Write and write" }, Cancel);

        Assert.Equal((status, messageStatus), (turn[^1].Text("status"), turn[^1].Text("message_status")));
        Assert.Equal(more == 0 ? null : "reply_too_long", turn[^1].Text("code"));
        Assert.Equal(Cap, turn.Content().Length);
    }

    [Theory]
    [InlineData("client_message_id", 64)]
    [InlineData("model", 200)]
    public async Task A_field_of_a_send_has_its_longest_value(string field, int cap)
    {
        await using var api = await TestApi.StartAsync(Cancel);
        await using var socket = await api.ConnectAsync(Cancel);

        Assert.Equal("streaming", (await SendAsync(1)).Text("status"));
        Assert.Equal("streaming", (await SendAsync(cap)).Text("status"));
        Assert.Equal("invalid_frame", (await SendAsync(cap + 1)).Text("code"));
        Assert.Equal("invalid_frame", (await SendAsync(0)).Text("code"));
        Assert.Equal(2, (await api.CallAsync("GET", "/conversations", Cancel)).List.Count);

        async Task<JsonObject> SendAsync(int length) => (await socket.TurnAsync(
            new Dictionary<string, string> { ["message"] = "[emulator echo=\"x\"]", [field] = new string('m', length) }, Cancel))[0];
    }

    private static async Task StreamAsync(Exchange exchange, int length)
    {
        await exchange.HeadAsync();
        var events = new StringBuilder();
        for (var left = length; left > 0; left -= 1024)
            events.Append("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"").Append('x', Math.Min(1024, left)).Append("\"}}]}\n\n");
        events.Append("data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");
        await exchange.WriteAsync(events.ToString());
    }
}
