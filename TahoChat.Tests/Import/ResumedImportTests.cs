using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TahoChat.Api.Data;

namespace TahoChat.Tests.Import;

/// <summary>What is left of an import whose server ended, and whose uids those are.</summary>
public sealed class ResumedImportTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_half_written_conversation_is_seen_by_nobody_and_gone_after_a_start_and_the_import_goes_on()
    {
        var folder = Directory.CreateTempSubdirectory("tahochat-").FullName;
        try
        {
            var file = ImportCalls.Fixture("chatgpt.json");
            await using (var api = await TestApi.StartAsync(Cancel, folder: folder))
            {
                await api.ImportAsync(file, Cancel);
                // As it is in the middle of an import: nobody's.
                await WriteAsync(api, context => context.Conversations.Where(row => row.Title == "Tides and moons").ExecuteUpdate(set => set.SetProperty(row => row.OwnerId, "importing")));
                Assert.Single((await api.CallAsync("GET", "/conversations?archived=true", Cancel)).List);
                Assert.Empty((await api.CallAsync("GET", "/conversations", Cancel)).List);
                Directory.CreateDirectory(Path.Combine(folder, "chat.db.imports"));
                await File.WriteAllTextAsync(Path.Combine(folder, "chat.db.imports", "left.part"), "half", Cancel);
            }

            await using var again = await TestApi.StartAsync(Cancel, folder: folder);
            Assert.False(Directory.Exists(Path.Combine(folder, "chat.db.imports")));
            await ApiCalls.UntilAsync(async () => await CountAsync(again, context => context.Conversations) == 1 && await CountAsync(again, context => context.Messages) == 1, Cancel);
            var job = await again.ImportAsync(file, Cancel);
            Assert.Equal((1L, 1L), (job.Number("imported"), job.Number("unchanged")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_uid_that_somebody_else_has_here_becomes_another_one_and_always_the_same()
    {
        await using var here = await TestApi.StartAsync(Cancel);
        await here.ImportAsync(ImportCalls.Fixture("open-webui.json"), Cancel);
        var file = await here.ExportAsync(Cancel);
        await WriteAsync(here, context =>
        {
            context.Conversations.ExecuteUpdate(set => set.SetProperty(row => row.OwnerId, "other"));
            context.Attachments.ExecuteUpdate(set => set.SetProperty(row => row.OwnerId, "other"));
        });

        var job = await here.ImportAsync(file, Cancel);
        var again = await here.ImportAsync(file, Cancel);

        Assert.Equal((1L, 0L), (job.Number("imported"), job.Number("unchanged")));
        Assert.Equal((0L, 1L), (again.Number("imported"), again.Number("unchanged")));
        Assert.Equal(2, await CountAsync(here, context => context.Conversations));
        Assert.Equal(2, await CountAsync(here, context => context.Attachments));
    }

    private static Task WriteAsync(TestApi api, Action<ChatDbContext> work) => api.Services.GetRequiredService<DatabaseWriter>().WriteAsync(work, Cancel);

    private static async Task<int> CountAsync<T>(TestApi api, Func<ChatDbContext, IQueryable<T>> rows)
    {
        await using var context = await api.Services.GetRequiredService<IDbContextFactory<ChatDbContext>>().CreateDbContextAsync(Cancel);
        return await rows(context).CountAsync(Cancel);
    }
}
