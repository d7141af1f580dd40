using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using TahoChat.Api.Frontend;

namespace TahoChat.Api.Docs;

/// <summary>The interface, described for programs (OpenAPI) and for people (Swagger UI, ReDoc). Nothing of it asks
/// another host.</summary>
public static class ApiDocsExtensions
{
    private const string DocumentPath = "/openapi/v1.json";

    private const string Description = """
        Conversations with a language model: REST for what is kept, a WebSocket for replies as they grow.

        **WebSocket** `/ws/chat`: send `{"message": "Hello", "conversation_id": 1}` (without `conversation_id` a new
        conversation begins) and receive `{"status": "streaming", "text": "…", "conversation_id": 1}` until
        `{"status": "complete", "conversation_id": 1}`, or `{"status": "error", "error": "…", "conversation_id": 1}`.
        All commands and events are in `docs/protocol.md`.

        **Errors** are problem details (RFC 9457): `detail` is a sentence for people. A value that is not valid is a 422.
        """;

    /// <summary>The OpenAPI document <c>v1</c>.</summary>
    public static void AddApiDocs(this WebApplicationBuilder builder) =>
        builder.Services.AddOpenApi("v1", options => options.AddDocumentTransformer(DescribeAsync));

    /// <summary><c>/openapi/v1.json</c> and <c>/openapi.json</c>, <c>/docs</c>, <c>/redoc</c>.</summary>
    public static void MapApiDocs(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").ExcludeFromDescription();
        app.MapOpenApi("/openapi.json").ExcludeFromDescription();
        app.Use(next => context =>
        {
            if (context.Request.Path.StartsWithSegments("/docs"))
                context.Response.Headers.ContentSecurityPolicy = ContentPolicy.OfScriptedPage("");
            return next(context);
        });
        app.UseSwaggerUI(options =>
        {
            options.RoutePrefix = "docs";
            options.DocumentTitle = "TahoChat API";
            options.SwaggerEndpoint(DocumentPath, "TahoChat API");
            options.ConfigObject.ValidatorUrl = null;
        });

        var redoc = new RedocPage(DocumentPath);
        app.MapGet("/redoc", redoc.ShowAsync).ExcludeFromDescription();
        app.MapGet(RedocPage.ScriptPath, redoc.SendScriptAsync).ExcludeFromDescription();
    }

    private static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo { Title = "TahoChat API", Version = "1.0.0", Description = Description };
        return Task.CompletedTask;
    }
}
