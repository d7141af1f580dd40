using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace TahoChat.Api.Attachments;

/// <summary>Describes the body of an upload. Said to the routing instead, a body of another type would be refused there, in
/// words about JSON.</summary>
internal static class UploadDocs
{
    /// <summary>An operation transformer; it needs nothing but the operation.</summary>
    public static Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext _, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var file = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" };
        var form = new OpenApiSchema { Type = JsonSchemaType.Object, Properties = new Dictionary<string, IOpenApiSchema> { ["file"] = file } };
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType> { ["multipart/form-data"] = new() { Schema = form } },
        };
        return Task.CompletedTask;
    }
}
