using System.Net;

namespace TahoChat.Tests.Chat;

/// <summary>Frames that no client of ours sends. After each of them another socket still chats.</summary>
public sealed class BadFrameTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TestApi Api => fixture.Api;

    [Theory]
    [MemberData(nameof(BrokenFrames.All), MemberType = typeof(BrokenFrames))]
    public async Task A_broken_frame_closes_its_socket_alone(string name, byte[] bytes, int code)
    {
        await using var socket = await RawSocket.ConnectAsync(Api.Address, Cancel);

        await socket.WriteAsync(bytes, Cancel);

        Assert.Equal((name, code), (name, await socket.ReceiveCloseAsync(Cancel)));
        await Api.LivesAsync(Cancel);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("5")]
    [InlineData("[]")]
    [InlineData("\"send\"")]
    [InlineData("""{"message":""")]
    [InlineData("""{"message":"a"} {"message":"b"}""")]
    [InlineData("""{"message":5}""")]
    [InlineData("""{"message":{"text":"a"}}""")]
    [InlineData("""{"message":"a","conversation_id":"1"}""")]
    [InlineData("""{"message":"a","conversation_id":1.5}""")]
    [InlineData("""{"message":"a","conversation_id":99999999999999999999}""")]
    [InlineData("""{"message":"\ud83d"}""")]
    [InlineData("""{"message":"\udc00 x"}""")]
    [InlineData("""{"type":"dance"}""")]
    [InlineData("""{"type":5}""")]
    [InlineData("""{"type":"stop"}""")]
    [InlineData("""{"type":"stop","conversation_id":null}""")]
    [InlineData("""{"type":"regenerate","message_id":1}""")]
    [InlineData("""{"type":"continue","conversation_id":1}""")]
    [InlineData("""{"type":"edit","conversation_id":1,"message":"a"}""")]
    [InlineData("""{"type":"select","conversation_id":1}""")]
    [InlineData("""{"type":"remove","conversation_id":1}""")]
    [InlineData("""{"type":"resume"}""")]
    [InlineData("""{"type":"ping"},""")]
    [InlineData("""{"type":"ping"} // pong""")]
    [InlineData("""{'type':'ping'}""")]
    [InlineData("""{"type":"ping",}""")]
    [InlineData("""{"type":"ping" "x":1}""")]
    [InlineData("""{"message":NaN}""")]
    [InlineData("{\"message\":\"a\nb\"}")]
    [InlineData("\uFEFF{\"type\":\"ping\"}")]
    [InlineData("""{"type":"regenerate","conversation_id":1}""")]
    [InlineData("""{"type":"watch","conversation_id":1,"offset":1e99}""")]
    [InlineData("""{"message":"a","attachment_ids":["1"]}""")]
    [InlineData("""{"message":"a","client_message_id":""}""")]
    [InlineData("""{"message":"a","client_message_id":"12345678901234567890123456789012345678901234567890123456789012345"}""")]
    [InlineData("""{"message":"a","reasoning_effort":"extreme"}""")]
    [InlineData("""{"message":"a","model":""}""")]
    public async Task A_frame_that_is_no_command_is_refused_and_the_socket_goes_on(string frame)
    {
        await using var socket = await Api.ConnectAsync(Cancel);

        await socket.SendAsync(frame, Cancel);
        var refusal = await socket.ReceiveAsync(Cancel);

        Assert.Equal(("error", "invalid_frame", 0), (refusal.Text("status"), refusal.Text("code"), refusal.Text("message_id")?.Length ?? 0));
        await socket.SendAsync(new { type = "ping" }, Cancel);
        Assert.Equal("""{"type":"pong"}""", (await socket.ReceiveAsync(Cancel))!.ToJsonString());
    }

    [Fact]
    public async Task The_fifth_bad_frame_closes_the_socket()
    {
        await using var socket = await RawSocket.ConnectAsync(Api.Address, Cancel);
        for (var i = 0; i < 5; i++)
        {
            await socket.WriteAsync(RawSocket.TextFrame, "bad", Cancel);
            Assert.Contains("invalid_frame", (await socket.ReceiveAsync(Cancel))!.Text, StringComparison.Ordinal);
            if (i == 4) break;
            await socket.WriteAsync(RawSocket.TextFrame, """{"type":"ping"}""", Cancel);
            Assert.Contains("pong", (await socket.ReceiveAsync(Cancel))!.Text, StringComparison.Ordinal);
        }

        Assert.Equal(1008, await socket.ReceiveCloseAsync(Cancel));
        await Api.LivesAsync(Cancel);
    }

    [Theory]
    [InlineData(32, "pong")]
    [InlineData(33, "invalid_frame")]
    public async Task Json_is_32_deep_at_most(int depth, string answer)
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var nested = new string('[', depth - 1) + new string(']', depth - 1);

        await socket.SendAsync($$"""{"type":"ping","unknown":{{nested}}}""", Cancel);

        var frame = await socket.ReceiveAsync(Cancel);
        Assert.Equal(answer, frame.Text("type") ?? frame.Text("code"));
    }

    /// <summary>Every field of every command with a value of every other type, beside a command that is right.</summary>
    public static TheoryData<string> WrongFields =>
    [
        .. from name in new[] { "message", "client_message_id", "model", "reasoning_effort", "traceparent" }
           from value in new[] { "5", "true", "[]", "{}" }
           select $$"""{"type":"ping","{{name}}":{{value}}}""",
        .. from name in new[] { "conversation_id", "parent_id", "message_id", "revision", "offset", "reasoning_offset" }
           from value in new[] { "\"1\"", "1.5", "1e99", "99999999999999999999", "true", "[]", "{}" }
           select $$"""{"type":"ping","{{name}}":{{value}}}""",
        .. from value in new[] { "\"1\"", "5", "true", "{}", "[\"5\"]", "[1.5]", "[null]", "[[]]" }
           select $$"""{"type":"ping","attachment_ids":{{value}}}""",
        .. from value in new[] { "5", "true", "[]", "{}", "\"\"", "\"PING\"", "\"ping \"" }
           select $$"""{"type":{{value}}}""",
    ];

    [Theory]
    [MemberData(nameof(WrongFields))]
    public async Task A_field_of_another_type_is_refused_in_every_command(string frame)
    {
        await using var socket = await Api.ConnectAsync(Cancel);

        await socket.SendAsync(frame, Cancel);
        Assert.Equal("invalid_frame", (await socket.ReceiveAsync(Cancel)).Text("code"));
        await socket.SendAsync(new { type = "ping" }, Cancel);
        Assert.Equal("pong", (await socket.ReceiveAsync(Cancel)).Text("type"));
    }

    [Fact]
    public async Task Who_asks_for_the_socket_without_an_upgrade_is_told_so()
    {
        var answer = await Api.CallAsync("GET", "/ws/chat", Cancel);

        Assert.Equal((HttpStatusCode.UpgradeRequired, "application/problem+json"), (answer.Status, answer.MediaType));
    }
}
