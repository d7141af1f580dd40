using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TahoChat.Api.Chat;
using TahoChat.Api.Conversations;
using TahoChat.Api.Data;
using TahoChat.Api.Errors;

namespace TahoChat.Api.Export;

/// <summary>What a conversation is exported as.</summary>
public enum ExportFormat
{
    /// <summary>The path that it shows, to be read.</summary>
    Markdown,

    /// <summary>All of it, to be imported again.</summary>
    Json,

    /// <summary>The path that it shows, as a page that needs nothing else.</summary>
    Html,
}

/// <summary>Everything can be taken along.</summary>
public static class ExportApi
{
    private const int LongestId = 64;

    public static void AddExport(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Exports>();
        builder.Services.AddSingleton<AccountZip>();
    }

    public static void MapExport(this WebApplication app)
    {
        app.MapGet("/conversations/{id}/export", ConversationAsync).WithTags("Export and import")
            .WithSummary("A conversation as a file: Markdown, JSON or a page");
        app.MapGet("/export", AccountAsync).WithTags("Export and import").WithSummary("The whole account as a zip");
        app.MapGet("/export/{id}", ProgressOf).WithTags("Export and import").WithSummary("How far an export is");
    }

    private static async Task<Results<EmptyHttpResult, ProblemHttpResult>> ConversationAsync(
        long id,
        HttpContext http,
        IDbContextFactory<ChatDbContext> contexts,
        TimeProvider time,
        [Description("markdown, json or html")] string format = "markdown",
        CancellationToken cancellationToken = default)
    {
        if (!Enum.TryParse<ExportFormat>(format, ignoreCase: true, out var kind) || !Enum.IsDefined(kind) || char.IsAsciiDigit(format[0]))
            return Problems.Invalid("format has to be markdown, json or html.");
        await using var snapshot = await Snapshot.OpenAsync(contexts, ChatIdentity.Of(http).OwnerId, cancellationToken);
        if (await snapshot.ConversationAsync(id, cancellationToken) is not { } conversation)
            return Problems.NotFound(ConversationErrors.NotFound(id).Message, "not_found");
        var (ending, type) = kind switch
        {
            ExportFormat.Markdown => (".md", "text/markdown; charset=utf-8"),
            ExportFormat.Json => (".json", "application/json; charset=utf-8"),
            _ => (".html", "text/html; charset=utf-8"),
        };
        Prepare(http.Response, type, ExportName.Of(conversation.Title, ending));
        await (kind switch
        {
            ExportFormat.Markdown => MarkdownFile.WriteAsync(http.Response.Body, snapshot, conversation, cancellationToken),
            ExportFormat.Json => ConversationFile.WriteAsync(http.Response.Body, snapshot, conversation, time.GetUtcNow().UtcDateTime, cancellationToken),
            _ => HtmlFile.WriteAsync(http.Response.Body, snapshot, conversation, cancellationToken),
        });
        return TypedResults.Empty;
    }

    private static async Task<Results<EmptyHttpResult, ProblemHttpResult>> AccountAsync(
        HttpContext http,
        AccountZip zip,
        Exports exports,
        TimeProvider time,
        [Description("Any name, under which GET /export/{id} tells how far it is")] string? id = null,
        CancellationToken cancellationToken = default)
    {
        if (id is { Length: 0 or > LongestId }) return Problems.Invalid("id has to have 1 to 64 characters.");
        if (exports.TryBegin(id ?? Guid.CreateVersion7().ToString()) is not { } progress)
            return Problems.Problem(StatusCodes.Status429TooManyRequests, "Two exports are under way. Please wait until one is done.", "overloaded");
        var state = ExportState.Failed;
        try
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"tahochat-{time.GetUtcNow():yyyyMMdd-HHmmss}.zip");
            Prepare(http.Response, "application/zip", name);
            await zip.WriteAsync(http.Response.Body, ChatIdentity.Of(http).OwnerId, progress, cancellationToken);
            state = ExportState.Done;
            return TypedResults.Empty;
        }
        finally
        {
            exports.End(progress, state);
        }
    }

    private static Results<Ok<ExportProgressResponse>, ProblemHttpResult> ProgressOf(string id, Exports exports) =>
        exports.Find(id) is { } found ? TypedResults.Ok(found.Now) : Problems.NotFound("There is no such export.", "not_found");

    /// <summary>What a person wrote, from the origin that the chat has: saved, and never shown there.</summary>
    private static void Prepare(HttpResponse response, string type, string name)
    {
        response.ContentType = type;
        response.Headers.ContentDisposition = ExportName.Disposition(name);
        response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        response.Headers.CacheControl = "no-store";
    }
}
