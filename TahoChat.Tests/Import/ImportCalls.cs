using System.IO.Compression;
using System.Linq.Expressions;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TahoChat.Api.Conversations;
using TahoChat.Api.Data;

namespace TahoChat.Tests.Import;

internal static class ImportCalls
{
    /// <summary>Sends a file as the whole body.</summary>
    public static async Task<RestAnswer> PostImportAsync(this TestApi api, byte[] file, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var response = await api.Http.PostAsync(new Uri("/import", UriKind.Relative), content, cancellationToken);
        return new RestAnswer(
            response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync(cancellationToken), response);
    }

    /// <summary>Imports a file and waits for its end.</summary>
    public static async Task<JsonObject> ImportAsync(this TestApi api, byte[] file, CancellationToken cancellationToken)
    {
        var begun = await api.PostImportAsync(file, cancellationToken);
        Assert.True(begun.Status == HttpStatusCode.Accepted, begun.Text);
        return await api.ImportEndAsync(begun.Json.Text("id")!, cancellationToken);
    }

    public static Task<JsonObject> ImportEndAsync(this TestApi api, string id, CancellationToken cancellationToken) => ApiCalls.UntilAsync(
        async () => (await api.CallAsync("GET", $"/import/{id}", cancellationToken)).Json,
        job => job.Text("state") is "done" or "refused" or "failed", cancellationToken);

    /// <summary>Why a file is refused, at once or when all of it was read; nothing of it is there then.</summary>
    public static async Task<(string Code, string Detail)> RefusalAsync(this TestApi api, byte[] file, CancellationToken cancellationToken)
    {
        var answer = await api.PostImportAsync(file, cancellationToken);
        var problem = answer.Json;
        if (answer.Status == HttpStatusCode.Accepted)
        {
            var job = await api.ImportEndAsync(problem.Text("id")!, cancellationToken);
            Assert.Equal("refused", job.Text("state"));
            problem = job["problem"]!.AsObject();
        }
        else
        {
            Assert.Equal("application/problem+json", answer.MediaType);
        }

        Assert.Equal(422, problem.Number("status"));
        Assert.Empty((await api.CallAsync("GET", "/conversations", cancellationToken)).List);
        await ApiCalls.UntilAsync(() => Task.FromResult(!Directory.Exists(Path.Combine(api.Folder, "chat.db.imports"))), cancellationToken);
        return (problem.Text("code")!, problem.Text("detail")!);
    }

    public static byte[] Fixture(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "TahoChat.Tests", "Import", "Fixtures", name);
            if (File.Exists(path)) return File.ReadAllBytes(path);
        }

        throw new FileNotFoundException(name);
    }

    /// <summary>A zip of these entries.</summary>
    public static byte[] Zip(params ReadOnlySpan<(string Name, byte[] Bytes)> entries)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(content);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>The entries of a zip, in their order.</summary>
    public static async Task<List<(string Name, byte[] Bytes)>> UnzipAsync(byte[] file, CancellationToken cancellationToken)
    {
        using var zip = new ZipArchive(new MemoryStream(file));
        var entries = new List<(string, byte[])>();
        foreach (var entry in zip.Entries)
        {
            using var bytes = new MemoryStream();
            await using var stream = await entry.OpenAsync(cancellationToken);
            await stream.CopyToAsync(bytes, cancellationToken);
            entries.Add((entry.FullName, bytes.ToArray()));
        }

        return entries;
    }

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static Task<byte[]> ExportAsync(this TestApi api, CancellationToken cancellationToken) =>
        api.Http.GetByteArrayAsync(new Uri("/export", UriKind.Relative), cancellationToken);

    /// <summary>Moves a conversation to the trash.</summary>
    public static Task TrashAsync(this TestApi api, long id, CancellationToken cancellationToken) =>
        api.Services.GetRequiredService<DatabaseWriter>().WriteAsync(
            context => context.Conversations.Where(conversation => conversation.Id == id)
                .ExecuteUpdate(set => set.SetProperty(conversation => conversation.DeletedAt, DateTime.UtcNow)), cancellationToken);

    /// <summary>The id of the one conversation that fits, wherever it is listed.</summary>
    public static async Task<long> IdOfAsync(this TestApi api, Expression<Func<Conversation, bool>> fits, CancellationToken cancellationToken)
    {
        await using var context = await api.Services.GetRequiredService<IDbContextFactory<ChatDbContext>>().CreateDbContextAsync(cancellationToken);
        return await context.Conversations.Where(fits).Select(conversation => conversation.Id).SingleAsync(cancellationToken);
    }
}
