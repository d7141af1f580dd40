using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using TahoChat.Api.Chat;
using TahoChat.Api.Data;
using TahoChat.Api.Errors;

namespace TahoChat.Api.Attachments;

/// <summary>Files that go with messages: uploaded here, named by a send's <c>attachment_ids</c>.</summary>
public static class AttachmentApi
{
    private static readonly SemaphoreSlim _uploads = new(AttachmentLimits.UploadsAtOnce);

    public static void AddAttachments(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<AttachmentWriter>();
        builder.Services.AddHostedService<AttachmentPurge>();
    }

    public static void MapAttachments(this WebApplication app)
    {
        var attachments = app.MapGroup("/attachments").WithTags("Attachments");
        attachments.MapPost("/", UploadAsync)
            .AddOpenApiOperationTransformer(UploadDocs.DescribeAsync)
            .WithSummary("Upload a picture or a text file, to be sent with a message");
        attachments.MapGet("/{id}", GetAsync).WithName("GetAttachment").WithSummary("What is known of an attachment");
        attachments.MapGet("/{id}/content", ContentAsync).WithSummary("An attachment's bytes");
        attachments.MapDelete("/{id}", DeleteAsync).WithSummary("Delete an attachment that no message has");
    }

    private static async Task<Results<CreatedAtRoute<AttachmentResponse>, ProblemHttpResult>> UploadAsync(
        AttachmentWriter attachments, HttpContext http, CancellationToken cancellationToken)
    {
        await _uploads.WaitAsync(cancellationToken);
        try
        {
            var (upload, problem) = await UploadReader.ReadAsync(
                http.Request, AttachmentLimits.File, "The file is larger than 20 MiB.", cancellationToken);
            if (upload is null) return problem!;
            if (FileSniffer.Sniff(upload.Bytes) is not { } file)
                return Problems.Problem(
                    StatusCodes.Status415UnsupportedMediaType,
                    "Only pictures (PNG, JPEG, GIF, WebP) and text files can be attached.",
                    "unsupported_file");
            if (file.HasTooManyPixels)
                return Problems.Invalid("The picture has more than 33 megapixels. Please make it smaller.", "file_too_large");
            if (file.Bytes.Length == 0) return Problems.Invalid("The file is empty.");
            var name = AttachmentName.Clean(upload.Name, file.Kind == AttachmentKind.Image ? "picture" : "file.txt");
            var added = await attachments.AddAsync(ChatIdentity.Of(http).OwnerId, name, file, cancellationToken);
            return TypedResults.CreatedAtRoute(AttachmentResponse.From(added), "GetAttachment", new { id = added.Id });
        }
        finally
        {
            _uploads.Release();
        }
    }

    private static async Task<Results<Ok<AttachmentResponse>, ProblemHttpResult>> GetAsync(
        long id, ChatDbContext context, HttpContext http, CancellationToken cancellationToken) =>
        await FindAsync(context, http, id, cancellationToken) is { } found ? TypedResults.Ok(AttachmentResponse.From(found)) : NotFound(id);

    /// <summary>Bytes that somebody uploaded, from the origin that the chat has: told to be a picture or plain text, and
    /// forbidden to be anything else. Asked for again each time, and then answered with 304: ids begin anew with a new database.</summary>
    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> ContentAsync(
        long id, ChatDbContext context, HttpContext http, CancellationToken cancellationToken)
    {
        if (await FindAsync(context, http, id, cancellationToken) is not { } found) return NotFound(id);
        var content = await context.AttachmentContents.SingleOrDefaultAsync(row => row.AttachmentId == id, cancellationToken);
        if (content is null) return NotFound(id);
        var isImage = found.Kind == AttachmentKind.Image;
        var disposition = new ContentDispositionHeaderValue(isImage ? "inline" : "attachment");
        disposition.SetHttpFileName(found.Name);
        var headers = http.Response.Headers;
        headers.ContentDisposition = disposition.ToString();
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "private, no-cache";
        return TypedResults.Bytes(
            content.Content,
            isImage ? found.MediaType : "text/plain; charset=utf-8",
            enableRangeProcessing: true,
            entityTag: new EntityTagHeaderValue($"\"{found.Uid:N}\""));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        long id, AttachmentWriter attachments, HttpContext http, CancellationToken cancellationToken) =>
        await attachments.DeleteAsync(ChatIdentity.Of(http).OwnerId, id, cancellationToken) switch
        {
            AttachmentDeletion.Deleted => TypedResults.NoContent(),
            AttachmentDeletion.IsSent => Problems.Conflict("A message has this attachment; it is deleted with its conversation."),
            _ => NotFound(id),
        };

    private static Task<Attachment?> FindAsync(ChatDbContext context, HttpContext http, long id, CancellationToken cancellationToken)
    {
        var owner = ChatIdentity.Of(http).OwnerId;
        return context.AttachmentsFor(owner).SingleOrDefaultAsync(attachment => attachment.Id == id, cancellationToken);
    }

    private static ProblemHttpResult NotFound(long id) => Problems.NotFound(AttachmentRules.NotFound(id).Message, "attachment_not_found");
}
