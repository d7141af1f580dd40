using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using TahoChat.Tests.Attachments;

namespace TahoChat.Tests.Import;

/// <summary>A bad file is refused with where and why, nothing of it is kept, and the server goes on.</summary>
public sealed class RefusedImportTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private const string Uid = "0196a4c0-0000-7000-8000-000000000001";

    private TestApi Api => fixture.Api;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_zip_bomb_is_refused_before_it_is_unpacked()
    {
        var nothing = new byte[64 * 1024 * 1024];
        var (code, detail) = await Api.RefusalAsync(ImportCalls.Zip(("conversations.json", nothing)), Cancel);
        Assert.Equal(("zip_bomb", "conversations.json in the zip is packed more than 100 times smaller than it is."), (code, detail));

        // One that says that it is small.
        var lying = ImportCalls.Zip(("conversations.json", nothing));
        var at = lying.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BinaryPrimitives.WriteInt32LittleEndian(lying.AsSpan(at + 24), 1000);
        Assert.Contains((await Api.RefusalAsync(lying, Cancel)).Code, (string[])["zip_bomb", "damaged_file", "invalid_import"]);

        // Very many, and a directory that says so falsely.
        var many = new byte[22];
        "PK\u0005\u0006"u8.CopyTo(many);
        BinaryPrimitives.WriteUInt16LittleEndian(many.AsSpan(10), 60_000);
        BinaryPrimitives.WriteUInt32LittleEndian(many.AsSpan(16), 0);
        Assert.Equal("damaged_file", (await Api.RefusalAsync(many, Cancel)).Code);
        await using var small = await TestApi.StartAsync(Cancel, new Dictionary<string, string?> { ["Import:Limits:Entries"] = "3", ["Import:Limits:Unpacked"] = "10000" });
        Assert.Equal("zip_bomb", (await small.RefusalAsync(ImportCalls.Zip(("a", []), ("b", []), ("c", []), ("d", [])), Cancel)).Code);
        Assert.Equal("zip_bomb", (await small.RefusalAsync(ImportCalls.Zip(("a", new byte[6000]), ("b", new byte[6000])), Cancel)).Code);
    }

    [Theory]
    [InlineData("../conversations.json")]
    [InlineData("conversations/../../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("..\\windows\\win.ini")]
    [InlineData("C:/conversations.json")]
    [InlineData("conversations/\u0001.json")]
    [InlineData("..")]
    public async Task A_name_that_leads_out_of_the_zip_is_refused(string name)
    {
        var zip = ImportCalls.Zip(("conversations.json", ImportCalls.Fixture("chatgpt.json")), (name, "x"u8.ToArray()));
        Assert.Equal(("unsafe_name", "Entry 2 of the zip has a name that leads out of it."), await Api.RefusalAsync(zip, Cancel));
    }

    [Fact]
    public async Task A_file_of_2_GB_is_refused_at_once_when_it_says_so_and_at_the_limit_when_it_does_not()
    {
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(Api.Address.Host, Api.Address.Port, Cancel);
            await using var stream = socket.GetStream();
            await stream.WriteAsync(ImportCalls.Utf8($"POST /import HTTP/1.1\r\nHost: {Api.Address.Authority}\r\nContent-Length: 2147483648\r\n\r\n"), Cancel);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            Assert.StartsWith("HTTP/1.1 413 ", await reader.ReadLineAsync(Cancel), StringComparison.Ordinal);
        }

        await using var small = await TestApi.StartAsync(Cancel, new Dictionary<string, string?> { ["Import:Limits:File"] = "1048576" });
        using var endless = new StreamContent(new EndlessStream(4 * 1024 * 1024));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/import") { Content = endless };
        request.Headers.TransferEncodingChunked = true;
        using var response = await small.Http.SendAsync(request, Cancel);
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancel))!.AsObject();
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "file_too_large", "The file has more than 1 MiB."), (response.StatusCode, problem.Text("code"), problem.Text("detail")));
        Assert.False(Directory.Exists(Path.Combine(small.Folder, "chat.db.imports")));
        var atTheLimit = new byte[1048576];
        Array.Fill(atTheLimit, (byte)' ');
        Assert.Equal("invalid_import", (await small.RefusalAsync(atTheLimit, Cancel)).Code);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await small.PostImportAsync([.. atTheLimit, 1], Cancel)).Status);
    }

    [Fact]
    public async Task A_zip_that_is_cut_off_anywhere_is_refused()
    {
        await using var other = await TestApi.StartAsync(Cancel);
        await other.ImportAsync(ImportCalls.Fixture("chatgpt.json"), Cancel);
        var whole = await other.ExportAsync(Cancel);
        foreach (var length in (int[])[5, 30, whole.Length / 2, whole.Length - 22, whole.Length - 1])
            Assert.Equal("damaged_file", (await Api.RefusalAsync(whole[..length], Cancel)).Code);

        // A byte in the middle of a conversation.
        var at = whole.AsSpan().IndexOf("conversations/"u8) + 90;
        whole[at] ^= 0xFF;
        Assert.Contains((await Api.RefusalAsync(whole, Cancel)).Code, (string[])["damaged_file", "invalid_import"]);
    }

    [Fact]
    public async Task Wrong_JSON_is_refused_with_its_place_and_nothing_of_what_came_before_it_is_kept()
    {
        var good = JsonNode.Parse(ImportCalls.Fixture("chatgpt.json"))![1]!.ToJsonString();
        Assert.Equal(
            ("invalid_import", "The file, conversation 2: it is no JSON at line 2, byte 6."), await Api.RefusalAsync(ImportCalls.Utf8($"[{good},\n{{\"a\":}}]"), Cancel));
        Assert.StartsWith("The file, conversation 2: it ", (await Api.RefusalAsync(ImportCalls.Utf8($"[{good},{{\"title\":\"half"), Cancel)).Detail, StringComparison.Ordinal);
        Assert.Equal(
            "The file, conversation 2 (“No tree”): it is not as chatgpt exports it.", (await Api.RefusalAsync(ImportCalls.Utf8($$"""[{{good}},{"title":"No tree"}]"""), Cancel)).Detail);
        Assert.Equal("The file: there is something after the end of the JSON.", (await Api.RefusalAsync(ImportCalls.Utf8($"[{good}] more"), Cancel)).Detail);
        Assert.Equal("unknown_format", (await Api.RefusalAsync("[]"u8.ToArray(), Cancel)).Code);
        Assert.Equal("unknown_format", (await Api.RefusalAsync("""{"hello":"world"}"""u8.ToArray(), Cancel)).Code);
        Assert.Equal("unknown_format", (await Api.RefusalAsync("Dear diary"u8.ToArray(), Cancel)).Code);
        Assert.Equal("unknown_format", (await Api.RefusalAsync(SampleFiles.Png(), Cancel)).Code);
        Assert.Equal("unknown_format", (await Api.RefusalAsync(ImportCalls.Zip(("readme.txt", "x"u8.ToArray())), Cancel)).Code);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Api.PostImportAsync([], Cancel)).Status);
        Assert.Equal("invalid_import", (await Api.RefusalAsync(ImportCalls.Utf8(new string('[', 100_000)), Cancel)).Code);
        Assert.Contains("circle", (await Api.RefusalAsync(
            """{"conversation_id":"c","mapping":{"root":{"message":null},"a":{"parent":"b","children":["b"]},"b":{"parent":"a","children":["a"]}}}"""u8.ToArray(), Cancel)).Detail, StringComparison.Ordinal);
        Assert.Contains("circle", (await Api.RefusalAsync(
            """{"conversationId":"c","messages":[{"messageId":"a","parentMessageId":"b"},{"messageId":"b","parentMessageId":"a"}]}"""u8.ToArray(), Cancel)).Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"\ud800":1}""", "The file, conversation 1")]
    [InlineData("""[GOOD,{"\ud800":1}]""", "The file, conversation 2")]
    [InlineData("""[GOOD,{"conversation_id":"x","mapping":{"a":{"\ud800\ud800":1}}}]""", "The file, conversation 2")]
    [InlineData("""[GOOD,{"conversation_id":"x","mapping":{"\ud800":{"message":null}}}]""", "The file, conversation 2")]
    public async Task A_name_of_half_a_character_is_refused_with_its_place(string file, string where)
    {
        var good = JsonNode.Parse(ImportCalls.Fixture("chatgpt.json"))![1]!.ToJsonString();
        var (code, detail) = await Api.RefusalAsync(ImportCalls.Utf8(file.Replace("GOOD", good, StringComparison.Ordinal)), Cancel);
        Assert.Equal("invalid_import", code);
        Assert.StartsWith(where, detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"role":"user","content":"x","created_at":"2026-01-01T00:00:00Z"}""", "no JSON of this format")]
    [InlineData("""{"uid":"0196a4c0-0000-7000-8000-000000000002","role":"robot","content":"x","created_at":"2026-01-01T00:00:00Z"}""", "no JSON of this format")]
    [InlineData("""{"uid":"0196a4c0-0000-7000-8000-000000000002","role":"user","content":null,"created_at":"2026-01-01T00:00:00Z"}""", "no JSON of this format")]
    [InlineData("""{"uid":"0196a4c0-0000-7000-8000-000000000002","parent":"0196a4c0-0000-7000-8000-000000000003","role":"user","content":"x","created_at":"2026-01-01T00:00:00Z"}""", "message 1: it follows a message that is not there")]
    [InlineData("""{"uid":"0196a4c0-0000-7000-8000-000000000002","role":"user","status":"removed","content":"x","created_at":"2026-01-01T00:00:00Z"}""", "message 1: its role or status is not known")]
    [InlineData("""{"uid":"0196a4c0-0000-7000-8000-000000000002","role":"user","content":"x","created_at":"2026-01-01T00:00:00Z","attachments":[{"uid":"0196a4c0-0000-7000-8000-000000000004","name":"x","media_type":"image/png","kind":"image","size":3,"created_at":"2026-01-01T00:00:00Z"}]}""", "the attachment 0196a4c0-0000-7000-8000-000000000004 is not in the zip")]
    public async Task An_export_of_this_program_that_was_changed_by_hand_is_refused_with_its_place(string message, string why)
    {
        var (code, detail) = await Api.RefusalAsync(Own(message), Cancel);
        Assert.Equal("invalid_import", code);
        Assert.StartsWith($"conversations/{Uid}.json", detail, StringComparison.Ordinal);
        Assert.Contains(why, detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_newer_version_an_incomplete_zip_and_a_false_picture_are_refused()
    {
        Assert.Equal("newer_version", (await Api.RefusalAsync(Own(null, version: 2), Cancel)).Code);
        Assert.Contains("tells of 2 conversations", (await Api.RefusalAsync(Own(null, conversations: 2), Cancel)).Detail, StringComparison.Ordinal);
        const string Attachment = "0196a4c0-0000-7000-8000-000000000004";
        const string Message =
            $$"""{"uid":"0196a4c0-0000-7000-8000-000000000002","role":"user","content":"x","created_at":"2026-01-01T00:00:00Z","attachments":[{"uid":"{{Attachment}}","name":"x.png","media_type":"image/png","kind":"image","size":21,"created_at":"2026-01-01T00:00:00Z"}]}""";
        var (_, detail) = await Api.RefusalAsync(Own(Message, files: [($"attachments/{Attachment}.png", "<script>1</script>..."u8.ToArray())]), Cancel);
        Assert.Equal($"The attachment {Attachment} is not the picture or the text that its message says.", detail);

        string Of(byte[] picture, string size) => Message.Replace("\"size\":21", $"\"size\":{picture.Length},{size}", StringComparison.Ordinal);
        var small = SampleFiles.Png(3, 2);
        Assert.Contains("is not the picture", (await Api.RefusalAsync(Own(Of(small, "\"width\":300,\"height\":2"), files: [($"attachments/{Attachment}.png", small)]), Cancel)).Detail, StringComparison.Ordinal);
        var huge = SampleFiles.Png(3, 2);
        BinaryPrimitives.WriteInt32BigEndian(huge.AsSpan(16), 40_000);
        BinaryPrimitives.WriteInt32BigEndian(huge.AsSpan(20), 40_000);
        Assert.Contains("megapixels", (await Api.RefusalAsync(Own(Of(huge, "\"width\":40000,\"height\":40000"), files: [($"attachments/{Attachment}.png", huge)]), Cancel)).Detail, StringComparison.Ordinal);
        var many = string.Join(',', Enumerable.Range(0, 11).Select(number =>
            $$"""{"uid":"0196a4c0-0000-7000-8000-0000000001{{number:00}}","name":"x","media_type":"image/png","kind":"image","size":3,"created_at":"2026-01-01T00:00:00Z"}"""));
        Assert.Contains("more than 10 attachments", (await Api.RefusalAsync(
            Own($$"""{"uid":"0196a4c0-0000-7000-8000-000000000002","role":"user","content":"x","created_at":"2026-01-01T00:00:00Z","attachments":[{{many}}]}"""), Cancel)).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_up_to_a_mebibyte_is_kept_and_a_longer_one_leaves_out_its_conversation()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        var longest = new string('m', 1024 * 1024);
        string Export(string text) => $$"""{"conversationId":"long{{text.Length}}","title":"Long {{text.Length}}","messages":[{"messageId":"a","isCreatedByUser":true,"text":"{{text}}","createdAt":"2024-06-01T10:00:00Z"}]}""";
        var job = await api.ImportAsync(ImportCalls.Utf8($"[{Export(longest + "m")},{Export(longest)}]"), Cancel);
        Assert.Equal(("done", 2L, 2L, 1L), (job.Text("state"), job.Number("total"), job.Number("done"), job.Number("imported")));
        Assert.Equal(("Long 1048577", "message_too_long"), (job["left_alone"]![0]!["title"]!.ToString(), job["left_alone"]![0]!["reason"]!.ToString()));
        Assert.Equal("Long 1048576", (await api.CallAsync("GET", "/conversations", Cancel)).List.Single().Text("title"));

        // One of our own was never that long.
        var own = $$"""{"uid":"0196a4c0-0000-7000-8000-000000000002","role":"user","content":"{{longest}}m","created_at":"2026-01-01T00:00:00Z"}""";
        var refused = await api.ImportAsync(ImportCalls.Utf8(
            $$$"""{"format":"tahochat","version":1,"conversation":{"uid":"{{{Uid}}}","title":"By hand","created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-01T00:00:00Z","head":"0196a4c0-0000-7000-8000-000000000002","messages":[{{{own}}}]}}"""), Cancel);
        Assert.Equal(("refused", "The conversation, message 1: it has more than 1 MiB of text."), (refused.Text("state"), refused["problem"]!["detail"]!.ToString()));
    }

    private static byte[] Own(string? message, int version = 1, int conversations = 1, params ReadOnlySpan<(string Name, byte[] Bytes)> files)
    {
        var manifest = $$$"""{"format":"tahochat","version":{{{version}}},"exported_at":"2026-01-01T00:00:00Z","counts":{"conversations":{{{conversations}}},"messages":1,"attachments":{{{files.Length}}},"prompts":0}}""";
        var head = message is null ? "" : ""","head":"0196a4c0-0000-7000-8000-000000000002" """;
        var conversation = $$"""{"uid":"{{Uid}}","title":"By hand","created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-01T00:00:00Z"{{head}},"messages":[{{message}}]}""";
        return ImportCalls.Zip([("manifest.json", ImportCalls.Utf8(manifest)), ("prompts.json", "[]"u8.ToArray()), ($"conversations/{Uid}.json", ImportCalls.Utf8(conversation)), .. files]);
    }

    /// <summary>Zeros, as many as that, without a length.</summary>
    private sealed class EndlessStream(long length) : Stream
    {
        private long _left = length;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var taken = (int)Math.Min(count, _left);
            _left -= taken;
            return taken;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
