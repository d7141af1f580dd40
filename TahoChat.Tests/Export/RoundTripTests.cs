using System.Net;
using System.Text.Json.Nodes;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TahoChat.Api.Data;
using TahoChat.Tests.Import;

namespace TahoChat.Tests.Export;

/// <summary>An account is taken from one server to another, and taken from there it is the same.</summary>
public sealed class RoundTripTests(RoundTripTests.TwoServers servers) : IClassFixture<RoundTripTests.TwoServers>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task Export_import_export_gives_the_same_bytes_but_for_the_time() => SeededAccount.Any.SampleAsync(
        async account =>
        {
            var (here, there) = (servers.Here, servers.There);
            await SeededAccount.ClearAsync(here, Cancel);
            await SeededAccount.ClearAsync(there, Cancel);
            await SeededAccount.WriteAsync(here, account, Cancel);
            var taken = await here.ExportAsync(Cancel);

            var job = await there.ImportAsync(taken, Cancel);

            Assert.Equal("done", job.Text("state"));
            Assert.Empty(job["left_alone"]!.AsArray());
            // One of four or more is in the trash.
            Assert.Equal(account.Length > 3 ? account.Length - 1 : account.Length, job.Number("imported"));
            Assert.Equal(account.Length, job.Number("prompts_imported"));
            AssertSame(await ImportCalls.UnzipAsync(taken, Cancel), await ImportCalls.UnzipAsync(await there.ExportAsync(Cancel), Cancel));
            await AssertTreesAsync(there);

            var again = await there.ImportAsync(taken, Cancel);
            Assert.Equal((job.Number("imported"), 0L), (again.Number("unchanged"), again.Number("imported")));
            AssertSame(await ImportCalls.UnzipAsync(taken, Cancel), await ImportCalls.UnzipAsync(await there.ExportAsync(Cancel), Cancel));
        },
        iter: 8, threads: 1);

    [Fact]
    public async Task A_conversation_of_a_real_chat_comes_with_all_of_its_branches()
    {
        await using var socket = await servers.Here.ConnectAsync(Cancel);
        var turn = (await socket.TurnAsync(new { message = "[emulator echo=\"one\"] Hello" }, Cancel))[0];
        var id = turn.Number("conversation_id");
        await socket.TurnAsync(new { type = "regenerate", conversation_id = id, message_id = turn.Number("message_id"), client_message_id = "again" }, Cancel);
        var file = await servers.Here.Http.GetByteArrayAsync(new Uri($"/conversations/{id}/export?format=json", UriKind.Relative), Cancel);

        var job = await servers.There.ImportAsync(file, Cancel);

        Assert.Equal((1L, "tahochat"), (job.Number("imported"), job.Text("format")));
        var here = await servers.Here.ConversationAsync(id, Cancel);
        var uid = (Guid)JsonNode.Parse(file)!["conversation"]!["uid"]!;
        var there = await servers.There.ConversationAsync(await servers.There.IdOfAsync(conversation => conversation.Uid == uid, Cancel), Cancel);
        Assert.Equal(here.Messages().ConvertAll(Seen), there.Messages().ConvertAll(Seen));
        Assert.Equal(2, there.Messages()[1]["sibling_ids"]!.AsArray().Count);
        Assert.NotNull(there.Messages()[1]["usage"]);

        static string Seen(JsonObject message) => string.Join('|', message.Text("role"), message.Text("content"), message.Text("status"), message.Text("created_at"), message["timing"]?.ToJsonString());
    }

    [Fact]
    public async Task What_a_person_names_and_tells_is_kept_without_blanks_around_it_and_without_NUL()
    {
        var here = servers.Here;
        var created = (await here.CallAsync("POST", "/conversations", Cancel, """{"title":" Ti\u0000des \n"}""")).Json;
        Assert.Equal("Tides", created.Text("title"));
        var path = $"/conversations/{created.Number("id")}";
        Assert.Equal("Moons", (await here.CallAsync("PUT", $"{path}/title", Cancel, """{"title":"\tMoons\u0000"}""")).Json.Text("title"));
        Assert.Equal("Be kind.", (await here.CallAsync("PATCH", path, Cancel, """{"system_prompt":"Be\u0000 kind."}""")).Json.Text("system_prompt"));
        foreach (var nothing in (string[])["\\u0000", " \\u0000 "])
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await here.CallAsync("POST", "/conversations", Cancel, $$"""{"title":"{{nothing}}"}""")).Status);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await here.CallAsync("PUT", $"{path}/title", Cancel, $$"""{"title":"{{nothing}}"}""")).Status);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await here.CallAsync("POST", "/prompts", Cancel, $$"""{"name":"nothing","kind":"message","text":"{{nothing}}"}""")).Status);
        }

        var prompt = await here.CallAsync("POST", "/prompts", Cancel, """{"name":" clean ","kind":"message","text":" a\u0000b "}""");
        Assert.Equal(("clean", " ab "), (prompt.Json.Text("name"), prompt.Json.Text("text")));
    }

    [Fact]
    public async Task A_reply_that_still_grows_is_exported_as_far_as_it_is_and_imported_as_broken_off()
    {
        await using var here = await TestApi.StartAsync(Cancel);
        await using var socket = await here.ConnectAsync(Cancel);
        var turn = await socket.GrowAsync(Cancel);
        var id = turn.Number("conversation_id");
        await ApiCalls.UntilAsync(async () => (await here.MessageAsync(id, turn.Number("message_id"), Cancel)).Text("content")!.Length > 0, Cancel);

        await using var there = await TestApi.StartAsync(Cancel);
        var job = await there.ImportAsync(await here.ExportAsync(Cancel), Cancel);

        Assert.Equal(1, job.Number("imported"));
        var imported = (await there.CallAsync("GET", "/conversations", Cancel)).List.Single().Number("id");
        var reply = (await there.ConversationAsync(imported, Cancel)).Messages()[1];
        Assert.Equal(("interrupted", "This reply was still growing when it was exported."), (reply.Text("status"), reply.Text("error")));
        Assert.StartsWith("1 2 3", reply.Text("content"), StringComparison.Ordinal);
    }

    private static void AssertSame(List<(string Name, byte[] Bytes)> one, List<(string Name, byte[] Bytes)> other)
    {
        Assert.Equal(one.ConvertAll(entry => entry.Name), other.ConvertAll(entry => entry.Name));
        foreach (var ((name, bytes), (_, others)) in one.Zip(other))
        {
            if (name != "manifest.json") Assert.Equal(bytes, others);
            else Assert.Equal(WithoutTime(bytes), WithoutTime(others));
        }
    }

    private static string WithoutTime(byte[] manifest)
    {
        var json = JsonNode.Parse(manifest)!.AsObject();
        Assert.True(json.Remove("exported_at"));
        return json.ToJsonString();
    }

    /// <summary>Each message is one deeper than what it follows.</summary>
    private static async Task AssertTreesAsync(TestApi api)
    {
        await using var context = await api.Services.GetRequiredService<IDbContextFactory<ChatDbContext>>().CreateDbContextAsync(Cancel);
        var messages = await context.Messages.ToDictionaryAsync(message => message.Id, Cancel);
        Assert.All(messages.Values, message => Assert.Equal(message.ParentId is { } parent ? messages[parent].Depth + 1 : 1, message.Depth));
    }

    public sealed class TwoServers : IAsyncLifetime
    {
        public TestApi Here { get; private set; } = null!;

        public TestApi There { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Here = await TestApi.StartAsync(CancellationToken.None);
            There = await TestApi.StartAsync(CancellationToken.None);
        }

        public async ValueTask DisposeAsync()
        {
            await Here.DisposeAsync();
            await There.DisposeAsync();
        }
    }
}
