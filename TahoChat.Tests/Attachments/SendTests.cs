using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TahoChat.Api.Attachments;
using TahoChat.Api.Data;

namespace TahoChat.Tests.Attachments;

/// <summary>Files that go with messages, from the send to what the model is given.</summary>
public sealed class SendTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private const string Seeing = "qwen/qwen3.8-27b";
    private const string Prompt = "[emulator echo=\"Seen\" first=0 reasoning=0] ";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TestApi Api => fixture.Api;

    [Fact]
    public async Task A_picture_and_a_text_are_given_to_the_model_and_kept_with_the_message()
    {
        var picture = await Api.AttachAsync(SampleFiles.Png(), "chart.png", Cancel);
        var text = await Api.AttachAsync(SampleFiles.Text("One\n````\nTwo"), "no\"tes.md", Cancel);
        await using var socket = await Api.ConnectAsync(Cancel);

        var frames = await socket.TurnAsync(new { message = Prompt + "first", model = Seeing, attachment_ids = new[] { text, picture } }, Cancel);

        Assert.Equal("complete", frames[^1].Text("status"));
        var (content, images) = Given("first")[^1];
        Assert.Contains("File \"no%22tes.md\":\n`````\nOne\n````\nTwo\n`````\n\n" + Prompt, content, StringComparison.Ordinal);
        Assert.Equal($"data:image/png;base64,{Convert.ToBase64String(SampleFiles.Png())}", Assert.Single(images));
        var asked = (await Api.ConversationAsync(frames[0].Number("conversation_id"), Cancel)).Messages()[0];
        Assert.Equal([text, picture], Ids(asked));
        Assert.Equal("chart.png", asked["attachments"]![1]!.AsObject().Text("name"));
        Assert.Equal(HttpStatusCode.Conflict, (await Api.CallAsync("DELETE", $"/attachments/{picture}", Cancel)).Status);
    }

    [Fact]
    public async Task A_message_may_be_a_file_alone_and_its_conversation_is_called_by_it()
    {
        var text = await Api.AttachAsync(SampleFiles.Text("[emulator echo=\"Read\" first=0 reasoning=0]"), "letter.txt", Cancel);
        await using var socket = await Api.ConnectAsync(Cancel);

        var frames = await socket.TurnAsync(new { message = "", attachment_ids = new[] { text } }, Cancel);

        Assert.Equal("complete", frames[^1].Text("status"));
        var asked = (await Api.ConversationAsync(frames[0].Number("conversation_id"), Cancel)).Messages()[0];
        Assert.Equal(("", text), (asked.Text("content"), Assert.Single(Ids(asked))));
        Assert.Contains(Api.Replies(), request => request.Body.Contains("letter.txt", StringComparison.Ordinal));
        var nothing = await socket.TurnAsync(new { message = " ", attachment_ids = Array.Empty<long>() }, Cancel);
        Assert.Equal("empty_message", nothing[^1].Text("code"));
    }

    [Fact]
    public async Task A_model_that_cannot_see_is_not_asked_and_the_refusal_names_one_that_can()
    {
        var picture = await Api.AttachAsync(SampleFiles.Png(), "a.png", Cancel);
        await using var socket = await Api.ConnectAsync(Cancel);
        var before = Api.Replies().Count;

        var refusal = (await socket.TurnAsync(new { message = "Look", attachment_ids = new[] { picture }, client_message_id = "blind" }, Cancel))[^1];

        Assert.Equal(("model_cannot_see", "blind"), (refusal.Text("code"), refusal.Text("client_message_id")));
        Assert.Contains(Seeing, refusal.Text("error"), StringComparison.Ordinal);
        Assert.Equal(before, Api.Replies().Count);
        var seen = await socket.TurnAsync(new { message = Prompt, attachment_ids = new[] { picture }, model = Seeing, client_message_id = "seeing" }, Cancel);
        Assert.Equal("complete", seen[^1].Text("status"));
        // The same conversation goes on with a model that cannot see: it is told that there was a picture.
        var on = await socket.TurnAsync(new { message = Prompt + "goes on", model = "openai/gpt-oss-120b", conversation_id = seen[0].Number("conversation_id") }, Cancel);
        Assert.Equal("complete", on[^1].Text("status"));
        var (content, images) = Given("goes on")[0];
        Assert.Empty(images);
        Assert.StartsWith("[Picture \"a.png\": this model cannot see it]", content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_newest_five_pictures_are_given_and_the_older_ones_are_noted()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var ids = new List<long>();
        for (byte number = 0; number < 6; number++) ids.Add(await Api.AttachAsync(SampleFiles.Png(red: number), $"{number}.png", Cancel));

        var tooMany = await socket.TurnAsync(new { message = "six", model = Seeing, attachment_ids = ids }, Cancel);
        Assert.Equal("too_many_attachments", tooMany[^1].Text("code"));
        var first = await socket.TurnAsync(new { message = Prompt + "old", model = Seeing, attachment_ids = ids[..2] }, Cancel);
        var conversation = first[0].Number("conversation_id");
        await socket.TurnAsync(new { message = Prompt + "four newer", model = Seeing, conversation_id = conversation, attachment_ids = ids[2..] }, Cancel);

        var given = Given("four newer");
        Assert.StartsWith("[Picture \"0.png\": not given again", given[0].Content, StringComparison.Ordinal);
        Assert.Equal((1, 4), (given[0].Images.Count, given[^1].Images.Count));
    }

    [Fact]
    public async Task The_caps_of_a_message_hold_to_the_one()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var ids = new List<long>();
        for (var number = 0; number <= AttachmentLimits.PerMessage; number++) ids.Add(await Api.AttachAsync(SampleFiles.Text($"text {number}"), "t.txt", Cancel));

        Assert.Equal("too_many_attachments", (await socket.TurnAsync(new { message = "a", attachment_ids = ids }, Cancel))[^1].Text("code"));
        Assert.Equal("complete", (await socket.TurnAsync(new { message = Prompt, attachment_ids = ids[1..] }, Cancel))[^1].Text("status"));
        var room = AttachmentLimits.ImageBase64 / 4 * 3;
        var fits = await Api.AttachAsync(Padded(room), "fits.png", Cancel);
        var large = await Api.AttachAsync(Padded(room + 1), "large.png", Cancel);
        Assert.Equal("attachments_too_large", (await socket.TurnAsync(new { message = "a", model = Seeing, attachment_ids = new[] { large } }, Cancel))[^1].Text("code"));
        Assert.NotEqual("attachments_too_large", (await socket.TurnAsync(new { message = Prompt, model = Seeing, attachment_ids = new[] { fits } }, Cancel))[^1].Text("code"));
        var book = await Api.AttachAsync(SampleFiles.Text(new string('a', 131_073 * 4)), "book.txt", Cancel);
        var refusal = (await socket.TurnAsync(new { message = "Sum it up", attachment_ids = new[] { book } }, Cancel))[^1];
        Assert.Equal("context_too_long", refusal.Text("code"));
        Assert.Contains("131,072", refusal.Text("error"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_is_not_there_is_told_by_its_number()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var refusal = (await socket.TurnAsync(new { message = "a", attachment_ids = new[] { 4711 } }, Cancel))[^1];
        Assert.Equal("attachment_not_found", refusal.Text("code"));
        Assert.Contains("4711", refusal.Text("error"), StringComparison.Ordinal);
        var rest = await Api.CallAsync("POST", "/chat", Cancel, """{"message":"a","attachment_ids":[4711]}""");
        Assert.Equal((HttpStatusCode.NotFound, "attachment_not_found"), (rest.Status, rest.Json.Text("code")));
    }

    [Fact]
    public async Task The_same_id_with_other_files_is_a_conflict()
    {
        var (one, two) = (await Api.AttachAsync(SampleFiles.Text("1"), "1.txt", Cancel), await Api.AttachAsync(SampleFiles.Text("2"), "2.txt", Cancel));
        await using var socket = await Api.ConnectAsync(Cancel);
        var frame = new { message = Prompt, client_message_id = "once-with-files", attachment_ids = new[] { one } };

        var first = await socket.TurnAsync(frame, Cancel);
        var again = await socket.TurnAsync(frame, Cancel);
        var other = await socket.TurnAsync(frame with { attachment_ids = [two] }, Cancel);

        Assert.Equal(first[0].Number("message_id"), again[0].Number("message_id"));
        Assert.Equal("conflict", other[^1].Text("code"));
    }

    [Fact]
    public async Task An_edit_keeps_the_files_unless_it_names_others_and_another_reply_is_given_them_too()
    {
        var (one, two) = (await Api.AttachAsync(SampleFiles.Text("first file"), "1.txt", Cancel), await Api.AttachAsync(SampleFiles.Text("second file"), "2.txt", Cancel));
        await using var socket = await Api.ConnectAsync(Cancel);
        var sent = await socket.TurnAsync(new { message = Prompt + "sent", attachment_ids = new[] { one } }, Cancel);
        var (conversation, message) = (sent[0].Number("conversation_id"), sent[0].Number("user_message_id"));

        var kept = await socket.TurnAsync(Edit("kept"), Cancel);
        Assert.Contains("first file", Given("kept")[^1].Content, StringComparison.Ordinal);
        await socket.TurnAsync(new { type = "regenerate", conversation_id = conversation, message_id = kept[0].Number("message_id") }, Cancel);
        Assert.Equal(2, Api.Replies("] kept").Count(request => request.Body.Contains("first file", StringComparison.Ordinal)));
        await socket.TurnAsync(Edit("changed", two), Cancel);
        Assert.Equal(two, Assert.Single(Ids((await Api.ConversationAsync(conversation, Cancel)).Messages()[0])));
        await socket.TurnAsync(Edit("bare", []), Cancel);
        Assert.Null((await Api.ConversationAsync(conversation, Cancel)).Messages()[0]["attachments"]);
        Assert.Equal("empty_message", (await socket.TurnAsync(new { type = "edit", conversation_id = conversation, message_id = message, message = "", attachment_ids = Array.Empty<long>() }, Cancel))[^1].Text("code"));

        object Edit(string text, params long[]? ids) => ids is null || text == "kept"
            ? new { type = "edit", conversation_id = conversation, message_id = message, message = Prompt + text }
            : new { type = "edit", conversation_id = conversation, message_id = message, message = Prompt + text, attachment_ids = ids };
    }

    [Fact]
    public async Task Files_go_with_their_conversation_and_those_of_another_stay()
    {
        var (gone, shared) = (await Api.AttachAsync(SampleFiles.Text("gone"), "1.txt", Cancel), await Api.AttachAsync(SampleFiles.Text("shared"), "2.txt", Cancel));
        await using var socket = await Api.ConnectAsync(Cancel);
        var first = await socket.TurnAsync(new { message = Prompt, attachment_ids = new[] { gone, shared } }, Cancel);
        await socket.TurnAsync(new { message = Prompt, attachment_ids = new[] { shared } }, Cancel);

        await Api.CallAsync("DELETE", $"/conversations/{first[0].Number("conversation_id")}", Cancel);
        await Api.CallAsync("DELETE", $"/trash/{first[0].Number("conversation_id")}", Cancel);

        Assert.Equal(HttpStatusCode.NotFound, (await Api.CallAsync("GET", $"/attachments/{gone}", Cancel)).Status);
        Assert.Equal(HttpStatusCode.OK, (await Api.CallAsync("GET", $"/attachments/{shared}", Cancel)).Status);
        await using var scope = Api.Services.CreateAsyncScope();
        var contents = scope.ServiceProvider.GetRequiredService<ChatDbContext>().AttachmentContents;
        Assert.False(await contents.AnyAsync(content => content.AttachmentId == gone, Cancel));
    }

    [Fact]
    public async Task A_watcher_is_told_the_files_of_a_message()
    {
        var text = await Api.AttachAsync(SampleFiles.Text("seen by others"), "1.txt", Cancel);
        await using var socket = await Api.ConnectAsync(Cancel);
        var first = await socket.TurnAsync(new { message = Prompt }, Cancel);
        await using var other = await Api.ConnectAsync(Cancel);
        await other.SendAsync(new { type = "watch", conversation_id = first[0].Number("conversation_id"), revision = 0 }, Cancel);
        await other.ReceiveFirstAsync(frame => frame.Text("type") == "watching", Cancel);

        await socket.TurnAsync(new { message = Prompt, conversation_id = first[0].Number("conversation_id"), attachment_ids = new[] { text } }, Cancel);

        var told = await other.ReceiveFirstAsync(frame => frame.Text("type") == "message" && frame["message"]!["attachments"] is not null, Cancel);
        Assert.Equal(text, Assert.Single(Ids(told["message"]!.AsObject())));
    }

    private static List<long> Ids(JsonObject message) => [.. message["attachments"]!.AsArray().Select(file => file!.AsObject().Number("id"))];

    private static byte[] Padded(int size) => [.. SampleFiles.Png(), .. new byte[size - SampleFiles.Png().Length]];

    /// <summary>The user's messages in the completion request of the turn that says <paramref name="with"/>.</summary>
    private List<(string Content, List<string> Images)> Given(string with)
    {
        var messages = JsonNode.Parse(Api.Replies($"] {with}")[^1].Body)!["messages"]!.AsArray();
        return [.. messages.Where(message => (string?)message!["role"] == "user").Select(message => message!["content"] switch
        {
            JsonArray parts => (
                string.Concat(parts.Select(part => (string?)part!["text"])),
                parts.Where(part => part!["image_url"] is not null).Select(part => (string)part!["image_url"]!["url"]!).ToList()),
            var text => ((string)text!, new List<string>()),
        })];
    }
}
