using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using TahoChat.Api.Errors;

namespace TahoChat.Api.Import;

/// <summary>Takes the file of an import: the whole body, or the one file of a form. It goes to disk as it comes.</summary>
internal static class ImportUpload
{
    /// <summary>What a form holds beside its file.</summary>
    private const int Envelope = 64 * 1024;

    /// <summary>What is read on of a file that is too large: who is answered while it sends sees a broken connection.</summary>
    private const int Beyond = 64 * 1024 * 1024;

    private const int LongestBoundary = 256;

    /// <summary>Null where it is there; else why not. 413 beyond the limit, whether the client says how long it is or not.</summary>
    public static async Task<ProblemHttpResult?> SaveAsync(HttpRequest request, FileStream file, ImportLimits limits, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limits.File + Envelope) return TooLarge(limits);
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } most) most.MaxRequestBodySize = limits.File + Beyond;
        try
        {
            if (await BodyAsync(request, cancellationToken) is not { } body) return Problems.Invalid("The form holds no file.");
            var length = await CopyAsync(body, file, limits, cancellationToken);
            if (length <= limits.File) return length == 0 ? Problems.Invalid("The file is empty.") : null;
            await request.Body.CopyToAsync(Stream.Null, cancellationToken);
            return TooLarge(limits);
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return TooLarge(limits);
        }
        catch (Exception exception) when (exception is InvalidDataException or BadHttpRequestException)
        {
            return Problems.Invalid("The file could not be read: it breaks off, or the form is not what its boundary says.");
        }
        catch (IOException exception) when (exception is not BadHttpRequestException && !cancellationToken.IsCancellationRequested)
        {
            return Problems.Problem(StatusCodes.Status503ServiceUnavailable, "The file could not be kept: there is no room for it.", "storage_failed");
        }
    }

    private static async Task<Stream?> BodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)) return request.Body;
        if (HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 and <= LongestBoundary } boundary) return null;
        var form = new MultipartReader(boundary.Value!, request.Body);
        while (await form.ReadNextSectionAsync(cancellationToken) is { } section)
        {
            if (ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) && disposition.IsFileDisposition()) return section.Body;
        }

        return null;
    }

    /// <summary>The length; more than the limit where it is beyond it, and no more than that is read.</summary>
    private static async Task<long> CopyAsync(Stream body, FileStream file, ImportLimits limits, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        var length = 0L;
        while (length <= limits.File && await body.ReadAsync(buffer, cancellationToken) is var count and > 0)
        {
            length += count;
            await file.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
        }

        await file.FlushAsync(cancellationToken);
        return length;
    }

    private static ProblemHttpResult TooLarge(ImportLimits limits) => Problems.Problem(
        StatusCodes.Status413PayloadTooLarge, $"The file has more than {limits.File >> 20} MiB.", ImportRefusedException.TooLarge);
}
