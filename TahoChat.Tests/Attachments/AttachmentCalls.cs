using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace TahoChat.Tests.Attachments;

internal static class AttachmentCalls
{
    /// <summary>Uploads as a browser does: the name is as it is, in UTF-8, but for quotes and line breaks.</summary>
    public static async Task<RestAnswer> UploadAsync(
        this TestApi api, byte[] bytes, string name, CancellationToken cancellationToken, string type = "application/octet-stream", string path = "/attachments")
    {
        using var form = new MultipartFormDataContent();
        using var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        file.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"file\"; filename=\"{name.Replace("\"", "%22", StringComparison.Ordinal)}\"");
        form.Add(file);
        form.HeaderEncodingSelector = (_, _) => Encoding.UTF8;
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = form };
        var response = await api.Http.SendAsync(request, cancellationToken);
        return new RestAnswer(
            response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync(cancellationToken), response);
    }

    /// <summary>Uploads what is taken; returns its id.</summary>
    public static async Task<long> AttachAsync(this TestApi api, byte[] bytes, string name, CancellationToken cancellationToken)
    {
        var answer = await api.UploadAsync(bytes, name, cancellationToken);
        Assert.True(answer.Status == HttpStatusCode.Created, answer.Text);
        return answer.Json.Number("id");
    }
}
