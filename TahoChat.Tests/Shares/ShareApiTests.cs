using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TahoChat.Api.Data;
using TahoChat.Api.Generations;
using TahoChat.Tests.Attachments;

namespace TahoChat.Tests.Shares;

/// <summary>A server where conversations can be shared.</summary>
public sealed class SharingApi : ApiFixture
{
    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?> { ["SHARES"] = "true" };
}

/// <summary>A conversation as it was, for whoever has the address.</summary>
public sealed class ShareApiTests(SharingApi fixture) : IClassFixture<SharingApi>
{
    private TestApi Api => fixture.Api;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_share_shows_its_branch_as_it_was_and_nothing_of_the_owner()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var picture = await Api.AttachAsync(SampleFiles.Text("inside of the note"), "note.txt", Cancel);
        var first = await socket.TurnAsync(new { message = "Asked first [emulator echo=\"**Answered** first\" reasoning=20]", attachment_ids = new[] { picture } }, Cancel);
        var id = first[0].Number("conversation_id");
        await Api.CallAsync("PATCH", $"/conversations/{id}", Cancel, """{"system_prompt":"A secret prompt"}""");
        await Api.CallAsync("PUT", $"/conversations/{id}/title", Cancel, """{"title":"The <title> as it was"}""");

        var made = await Api.CallAsync("POST", $"/conversations/{id}/shares", Cancel);
        await Api.CallAsync("PUT", $"/conversations/{id}/title", Cancel, """{"title":"A later title"}""");
        await socket.TurnAsync(new { message = "Asked later", conversation_id = id }, Cancel);
        await socket.TurnAsync(new { message = "Another branch", conversation_id = id, parent_id = (long?)null, client_message_id = "branch" }, Cancel);
        var page = await Api.CallAsync("GET", PathOf(made), Cancel);

        Assert.Equal(HttpStatusCode.Created, made.Status);
        Assert.Matches("/s/[A-Za-z0-9_-]{22}$", made.Json.Text("url"));
        Assert.Equal((HttpStatusCode.OK, "text/html"), (page.Status, page.MediaType));
        Assert.Contains("<h1 dir=\"auto\">The &lt;title&gt; as it was</h1>", page.Text, StringComparison.Ordinal);
        Assert.Contains("Asked first", page.Text, StringComparison.Ordinal);
        Assert.Contains("<strong>Answered</strong> first", page.Text, StringComparison.Ordinal);
        Assert.Contains("<summary>Reasoning</summary>", page.Text, StringComparison.Ordinal);
        Assert.Contains("inside of the note", page.Text, StringComparison.Ordinal);
        var reply = (await Api.MessageAsync(id, first[0].Number("message_id"), Cancel));
        foreach (var hidden in (string?[])["Asked later", "Another branch", "A later title", "secret prompt", reply.Text("trace_id"), reply.Text("uid"), "usage", "cost", "receipt"])
            Assert.DoesNotContain(hidden ?? "never", page.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_page_runs_nothing_fetches_nothing_and_is_kept_nowhere()
    {
        var path = PathOf(await ShareAsync(await TalkAsync()));
        foreach (var address in (string[])[path, "/s/" + new string('A', 22)])
        {
            var page = await Api.CallAsync("GET", address, Cancel);
            var headers = page.Response.Headers.ToDictionary(header => header.Key, header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase);
            var policy = headers["Content-Security-Policy"].Split("; ");
            Assert.Contains("sandbox", policy);
            Assert.Contains("default-src 'none'", policy);
            Assert.Contains("img-src data:", policy);
            Assert.Single(policy, part => part.StartsWith("style-src 'sha256-", StringComparison.Ordinal));
            Assert.DoesNotContain(policy, part => part.Contains("unsafe", StringComparison.Ordinal) || part.StartsWith("script-src", StringComparison.Ordinal));
            Assert.Equal(
                ("no-referrer", "no-store", "DENY", "nosniff"),
                (headers["Referrer-Policy"], headers["Cache-Control"], headers["X-Frame-Options"], headers["X-Content-Type-Options"]));
            Assert.Contains("noindex", headers["X-Robots-Tag"], StringComparison.Ordinal);
            Assert.Contains("<meta name=\"robots\" content=\"noindex", page.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", page.Text, StringComparison.OrdinalIgnoreCase);
            Assert.False(headers.ContainsKey("Set-Cookie"));
        }
    }

    [Fact]
    public async Task What_was_never_shared_what_was_revoked_and_what_is_deleted_is_answered_alike()
    {
        var id = await TalkAsync();
        var shares = new List<RestAnswer>();
        for (var i = 0; i < 4; i++) shares.Add(await ShareAsync(id));
        var other = await TalkAsync();
        var nothing = await Api.CallAsync("GET", "/s/never", Cancel);

        Assert.Equal(HttpStatusCode.NotFound, (await Api.CallAsync("DELETE", $"/conversations/{other}/shares/{shares[0].Json.Number("id")}", Cancel)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await Api.CallAsync("DELETE", $"/conversations/{id}/shares/{shares[0].Json.Number("id")}", Cancel)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Api.CallAsync("DELETE", $"/conversations/{id}/shares/{shares[0].Json.Number("id")}", Cancel)).Status);
        await AssertGoneAsync(shares[0]);
        await AssertThereAsync(shares[1]);
        Assert.Equal(
            shares.Skip(1).Select(share => share.Json.Number("id")).Reverse(),
            (await Api.CallAsync("GET", $"/conversations/{id}/shares", Cancel)).List.Select(share => share.Number("id")));

        await TrashAsync(id, DateTime.UtcNow);
        await AssertGoneAsync(shares[1]);
        foreach (var (method, path) in ((string, string)[])[("GET", ""), ("POST", ""), ("DELETE", ""), ("DELETE", $"/{shares[1].Json.Number("id")}")])
            Assert.Equal(HttpStatusCode.NotFound, (await Api.CallAsync(method, $"/conversations/{id}/shares{path}", Cancel)).Status);
        await TrashAsync(id, null);
        await AssertThereAsync(shares[1]);

        Assert.Equal(HttpStatusCode.NoContent, (await Api.CallAsync("DELETE", $"/conversations/{id}/shares", Cancel)).Status);
        await AssertGoneAsync(shares[2]);
        var last = await ShareAsync(other);
        await using (var context = await ContextAsync())
        {
            await context.Conversations.Where(conversation => conversation.Id == other).ExecuteDeleteAsync(Cancel);
            Assert.False(await context.Shares.AnyAsync(share => share.ConversationId == other, Cancel));
        }

        await AssertGoneAsync(last);

        async Task AssertGoneAsync(RestAnswer share)
        {
            var page = await Api.CallAsync("GET", PathOf(share), Cancel);
            Assert.Equal((HttpStatusCode.NotFound, nothing.Text), (page.Status, page.Text));
        }

        async Task AssertThereAsync(RestAnswer share) => Assert.Equal(HttpStatusCode.OK, (await Api.CallAsync("GET", PathOf(share), Cancel)).Status);
    }

    [Fact]
    public async Task The_token_is_in_the_address_alone()
    {
        var id = await TalkAsync();
        var path = PathOf(await ShareAsync(id));
        var token = path["/s/".Length..];
        Assert.DoesNotContain(token, (await Api.CallAsync("GET", $"/conversations/{id}/shares", Cancel)).Text, StringComparison.Ordinal);
        await using var context = await ContextAsync();
        var kept = await context.Shares.OrderBy(share => share.Id).LastAsync(Cancel);
        Assert.Matches("^[0-9A-F]{64}$", kept.TokenHash);
        foreach (var file in Directory.GetFiles(Api.Folder, "chat.db*").Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            Assert.DoesNotContain(token, await reader.ReadToEndAsync(Cancel), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Of_a_reply_that_grows_nothing_is_shared_and_of_an_empty_conversation_nothing_at_all()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        var growing = await socket.GrowAsync(Cancel, prompt: "Asked and not answered yet " + ApiCalls.Endless);
        var id = growing.Number("conversation_id");
        var page = await Api.CallAsync("GET", PathOf(await ShareAsync(id)), Cancel);
        await socket.TurnAsync(new { type = "stop", conversation_id = id }, Cancel);
        Assert.Contains("Asked and not answered yet", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"assistant\"", page.Text, StringComparison.Ordinal);

        var empty = (await Api.CallAsync("POST", "/conversations", Cancel, "{}")).Json.Number("id");
        var refused = await Api.CallAsync("POST", $"/conversations/{empty}/shares", Cancel);
        Assert.Equal((HttpStatusCode.Conflict, "nothing_to_share"), (refused.Status, refused.Json.Text("code")));
    }

    [Fact]
    public async Task A_conversation_has_no_more_addresses_than_the_cap()
    {
        var id = await TalkAsync();
        for (var i = 0; i < Limits.Shares; i++) Assert.Equal(HttpStatusCode.Created, (await ShareAsync(id)).Status);
        var refused = await ShareAsync(id);
        Assert.Equal((HttpStatusCode.Conflict, "too_many_shares"), (refused.Status, refused.Json.Text("code")));
    }

    [Fact]
    public async Task Switched_off_there_is_no_address_of_a_share_at_all()
    {
        await using var off = await TestApi.StartAsync(Cancel);
        await using var socket = await off.ConnectAsync(Cancel);
        var id = (await socket.TurnAsync(new { message = "Hello" }, Cancel))[0].Number("conversation_id");
        foreach (var (method, path) in ((string, string)[])
            [("POST", $"/conversations/{id}/shares"), ("GET", $"/conversations/{id}/shares"), ("DELETE", $"/conversations/{id}/shares"), ("DELETE", $"/conversations/{id}/shares/1"), ("GET", "/s/token")])
            Assert.Equal(HttpStatusCode.NotFound, (await off.CallAsync(method, path, Cancel)).Status);
        Assert.Equal("""{"password":false,"shares":false}""", (await off.CallAsync("GET", "/access", Cancel)).Text);
        Assert.Equal("""{"password":false,"shares":true}""", (await Api.CallAsync("GET", "/access", Cancel)).Text);
    }

    [Fact]
    public async Task Behind_a_password_shared_pages_are_open_and_nothing_else_and_who_asks_too_often_waits()
    {
        await using var closed = await TestApi.StartAsync(
            Cancel, new Dictionary<string, string?> { ["SHARES"] = "true", ["ACCESS_PASSWORD"] = "correct horse" });
        await using (var context = await closed.Services.GetRequiredService<IDbContextFactory<ChatDbContext>>().CreateDbContextAsync(Cancel))
        {
            // As somebody who signed in would have made it.
            var conversation = context.Conversations.Add(new() { Uid = Guid.NewGuid(), Title = "Shared" }).Entity;
            await context.SaveChangesAsync(Cancel);
            var message = context.Messages.Add(new() { Uid = Guid.NewGuid(), ConversationId = conversation.Id, Depth = 1, Status = TahoChat.Api.Conversations.MessageStatus.Complete, Role = TahoChat.Api.Conversations.MessageRole.User, Content = "Said" }).Entity;
            await context.SaveChangesAsync(Cancel);
            context.Shares.Add(new() { ConversationId = conversation.Id, HeadId = message.Id, Title = "Shared", TokenHash = TahoChat.Api.Shares.ShareToken.HashOf("token") });
            await context.SaveChangesAsync(Cancel);
        }

        Assert.Contains("Said", (await closed.CallAsync("GET", "/s/token", Cancel)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await closed.CallAsync("GET", "/s/wrong", Cancel)).Status);
        foreach (var (method, path) in ((string, string)[])
            [("GET", "/conversations/1/shares"), ("POST", "/conversations/1/shares"), ("DELETE", "/conversations/1/shares"), ("GET", "/conversations/1"), ("GET", "/s"), ("GET", "/s/token/more"), ("GET", "/access")])
            Assert.Equal(HttpStatusCode.Unauthorized, (await closed.CallAsync(method, path, Cancel)).Status);
        using var elsewhere = new HttpRequestMessage(HttpMethod.Get, "/s/token") { Headers = { Host = "evil.example" } };
        Assert.Equal(HttpStatusCode.MisdirectedRequest, (await closed.Http.SendAsync(elsewhere, Cancel)).StatusCode);

        var limited = await ApiCalls.UntilAsync(() => closed.CallAsync("GET", "/s/wrong", Cancel), page => page.Status == HttpStatusCode.TooManyRequests, Cancel);
        Assert.NotNull(limited.Response.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await closed.CallAsync("GET", "/s/token", Cancel)).Status);
    }

    private static string PathOf(RestAnswer made) => new Uri(made.Json.Text("url")!).AbsolutePath;

    private Task<RestAnswer> ShareAsync(long id) => Api.CallAsync("POST", $"/conversations/{id}/shares", Cancel);

    private async Task<long> TalkAsync()
    {
        await using var socket = await Api.ConnectAsync(Cancel);
        return (await socket.TurnAsync(new { message = "Hello [emulator echo=\"<script>alert(1)</script>\"]" }, Cancel))[0].Number("conversation_id");
    }

    private Task<ChatDbContext> ContextAsync() => Api.Services.GetRequiredService<IDbContextFactory<ChatDbContext>>().CreateDbContextAsync(Cancel);

    private async Task TrashAsync(long id, DateTime? at)
    {
        await using var context = await ContextAsync();
        await context.Conversations.Where(conversation => conversation.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(conversation => conversation.DeletedAt, at), Cancel);
    }
}
