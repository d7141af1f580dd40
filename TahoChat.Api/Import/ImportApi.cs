using Microsoft.AspNetCore.Http.HttpResults;
using TahoChat.Api.Attachments;
using TahoChat.Api.Chat;
using TahoChat.Api.Errors;

namespace TahoChat.Api.Import;

/// <summary>What was exported, here or elsewhere, comes in.</summary>
public static class ImportApi
{
    public static void AddImport(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(builder.Configuration.GetSection("Import:Limits").Get<ImportLimits>() ?? new ImportLimits());
        builder.Services.AddSingleton<ImportFiles>();
        builder.Services.AddSingleton<ImportWriter>();
        builder.Services.AddSingleton<ImportRunner>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ImportRunner>());
    }

    public static void MapImport(this WebApplication app)
    {
        var imports = app.MapGroup("/import").WithTags("Export and import");
        imports.MapPost("/", BeginAsync)
            .AddOpenApiOperationTransformer(UploadDocs.DescribeAsync)
            .WithSummary("Import an export of this program, ChatGPT, Open WebUI or LibreChat, or a chat.db of the FastAPI application");
        imports.MapGet("/{id:guid}", Find).WithName("GetImport").WithSummary("How far an import is, and what came of it");
    }

    /// <summary>Answers when the file is here and was recognised; what follows goes on beside.</summary>
    private static async Task<Results<AcceptedAtRoute<ImportResponse>, ProblemHttpResult>> BeginAsync(
        HttpContext http, ImportRunner runner, ImportFiles files, ImportLimits limits, CancellationToken cancellationToken)
    {
        if (!runner.TryEnter()) return Problems.Conflict("Another import is under way. Please wait until it is done.", "conflict");
        string? path = null;
        var begun = false;
        try
        {
            await using (var file = files.Create())
            {
                path = file.Name;
                if (await ImportUpload.SaveAsync(http.Request, file, limits, cancellationToken) is { } problem) return problem;
            }

            var owner = ChatIdentity.Of(http).OwnerId;
            var source = await ImportSources.OpenAsync(path, owner, limits, cancellationToken);
            var job = runner.Begin(owner, source, path);
            begun = true;
            return TypedResults.AcceptedAtRoute(job, "GetImport", new { id = job.Id });
        }
        catch (ImportRefusedException exception)
        {
            return Problems.Invalid(exception.Message, exception.Code);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException && !cancellationToken.IsCancellationRequested)
        {
            return Problems.Problem(StatusCodes.Status503ServiceUnavailable, "The file could not be kept: there is no room for it.", "storage_failed");
        }
        finally
        {
            if (!begun)
            {
                if (path is not null) files.Delete(path);
                runner.Leave();
            }
        }
    }

    private static Results<Ok<ImportResponse>, ProblemHttpResult> Find(Guid id, HttpContext http, ImportRunner runner) =>
        runner.Find(ChatIdentity.Of(http).OwnerId, id) is { } found
            ? TypedResults.Ok(found)
            : Problems.NotFound("There is no such import. The server may have been started anew: import the file again, nothing comes twice.", "not_found");
}
