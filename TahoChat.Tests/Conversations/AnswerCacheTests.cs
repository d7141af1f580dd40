using System.Net;
using Microsoft.Data.Sqlite;

namespace TahoChat.Tests.Conversations;

/// <summary>Answers that are kept until something is committed are never older than what is there.</summary>
public sealed class AnswerCacheTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_repeated_read_has_the_same_body_and_headers()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        await api.CallAsync("POST", "/conversations", Cancel, """{"title":"Tides"}""");
        await api.CallAsync("POST", "/conversations", Cancel, """{"title":"Stars"}""");
        // Somebody else may commit between two of them: the third has to be like the second.
        foreach (var path in (string[])["/conversations?limit=1", "/conversations?cursor=&limit=1", "/conversations/1", "/conversations/1?limit=5"])
        {
            var answers = new List<string>();
            for (var i = 0; i < 3; i++)
            {
                using var answer = await api.Http.GetAsync(new Uri(path, UriKind.Relative), Cancel);
                Assert.Equal((HttpStatusCode.OK, "application/json; charset=utf-8"), (answer.StatusCode, answer.Content.Headers.ContentType!.ToString()));
                answers.Add(await answer.Content.ReadAsStringAsync(Cancel) + Header(answer, "X-Revision") + Header(answer, "X-Next-Cursor"));
            }

            Assert.Equal(answers[1], answers[2]);
            Assert.Equal(answers[0], answers[1]);
        }
    }

    [Fact]
    public async Task Whatever_is_committed_is_in_the_next_answer()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        for (var number = 0; number < 50; number++)
        {
            await api.CallAsync("PUT", "/conversations/" + (number == 0 ? await NewAsync(api) : 1) + "/title", Cancel, $$"""{"title":"Title {{number}}"}""");
            Assert.Equal($"Title {number}", (await api.CallAsync("GET", "/conversations/1", Cancel)).Json.Text("title"));
            Assert.Equal($"Title {number}", (await api.CallAsync("GET", "/conversations", Cancel)).List[0].Text("title"));
        }
    }

    [Fact]
    public async Task What_another_program_commits_is_in_the_next_answer()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        await NewAsync(api);
        await api.CallAsync("GET", "/conversations/1", Cancel);
        await using var other = new SqliteConnection($"Data Source={Path.Combine(api.Folder, "chat.db")};Pooling=False");
        await other.OpenAsync(Cancel);
        await using var command = other.CreateCommand();
        command.CommandText = "UPDATE conversations SET title = 'From elsewhere'";
        await command.ExecuteNonQueryAsync(Cancel);

        Assert.Equal("From elsewhere", (await api.CallAsync("GET", "/conversations/1", Cancel)).Json.Text("title"));
    }

    [Fact]
    public async Task What_is_not_there_is_asked_for_anew()
    {
        await using var api = await TestApi.StartAsync(Cancel);
        Assert.Equal(HttpStatusCode.NotFound, (await api.CallAsync("GET", "/conversations/1", Cancel)).Status);
        await NewAsync(api);
        Assert.Equal(HttpStatusCode.OK, (await api.CallAsync("GET", "/conversations/1", Cancel)).Status);
        await api.CallAsync("DELETE", "/conversations/1", Cancel);
        Assert.Equal(HttpStatusCode.NotFound, (await api.CallAsync("GET", "/conversations/1", Cancel)).Status);
        Assert.Empty((await api.CallAsync("GET", "/conversations", Cancel)).List);
    }

    private static async Task<long> NewAsync(TestApi api) =>
        (await api.CallAsync("POST", "/conversations", Cancel, """{"title":"New"}""")).Json.Number("id");

    private static string Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : "";
}
