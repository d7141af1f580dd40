using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using TahoChat.Api.Errors;

namespace TahoChat.Api.Attachments;

/// <summary>A file as a client sent it; of its name and type nothing is believed.</summary>
internal sealed record Upload(string? Name, string? MediaType, byte[] Bytes);

/// <summary>Reads the one file of a <c>multipart/form-data</c> body, bounded.</summary>
internal static class UploadReader
{
    /// <summary>What a body holds beside its file: boundaries, headers, small fields.</summary>
    private const int Envelope = 64 * 1024;

    private const int LongestBoundary = 256;

    /// <summary>The file, or why there is none: 413 beyond <paramref name="cap"/> bytes, 415 where the body is no form,
    /// 422 where it holds no file, or more than one, or an empty one, or breaks off.</summary>
    /// <param name="request">Its body is read.</param>
    /// <param name="cap">Bytes of the file.</param>
    /// <param name="tooLarge">What is said beyond it.</param>
    public static async Task<(Upload? Upload, ProblemHttpResult? Problem)> ReadAsync(
        HttpRequest request, int cap, string tooLarge, CancellationToken cancellationToken)
    {
        if (Boundary(request.ContentType) is not { } boundary)
            return (null, Problems.Problem(StatusCodes.Status415UnsupportedMediaType, "The body has to be a form (multipart/form-data) with one file."));
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = (2L * cap) + Envelope;
        try
        {
            var (upload, problem) = await ReadFormAsync(new MultipartReader(boundary, request.Body), cap, cancellationToken);
            return (upload, problem is null ? null : Problems.Invalid(problem));
        }
        catch (FileTooLargeException)
        {
            await DrainAsync(request, cancellationToken);
            return (null, TooLarge(tooLarge));
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, TooLarge(tooLarge));
        }
        catch (Exception exception) when (exception is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            return (null, Problems.Invalid("The form could not be read: it breaks off, or is not what its boundary says."));
        }
    }

    private static async Task<(Upload? Upload, string? Problem)> ReadFormAsync(MultipartReader form, int cap, CancellationToken cancellationToken)
    {
        Upload? upload = null;
        while (await form.ReadNextSectionAsync(cancellationToken) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) || !disposition.IsFileDisposition()) continue;
            if (upload is not null) return (null, "One file a call, please.");
            var name = disposition.FileNameStar is { Length: > 0 } encoded ? encoded : disposition.FileName;
            upload = new Upload(HeaderUtilities.RemoveQuotes(name).Value, section.ContentType, await ReadBytesAsync(section.Body, cap, cancellationToken));
        }

        return upload switch
        {
            null => (null, "The form holds no file."),
            { Bytes.Length: 0 } => (null, "The file is empty."),
            _ => (upload, null),
        };
    }

    private static async Task<byte[]> ReadBytesAsync(Stream body, int cap, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await body.ReadAsync(buffer, cancellationToken) is var count and > 0)
        {
            if (bytes.Length + count > cap) throw new FileTooLargeException();
            bytes.Write(buffer, 0, count);
        }

        return bytes.ToArray();
    }

    /// <summary>Reads what still comes, up to the limit: who is answered while it sends sees a broken connection.</summary>
    private static async Task DrainAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await request.Body.CopyToAsync(Stream.Null, cancellationToken);
        }
        catch (IOException)
        {
            // It is far too large, or gives up.
        }
    }

    private static string? Boundary(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 and <= LongestBoundary } boundary
            ? boundary.Value
            : null;

    private static ProblemHttpResult TooLarge(string words) => Problems.Problem(StatusCodes.Status413PayloadTooLarge, words, "file_too_large");

    private sealed class FileTooLargeException : Exception;
}
