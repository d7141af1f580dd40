using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using TahoChat.Api.Generations;

namespace TahoChat.Api.Errors;

/// <summary>How REST answers are written, the errors among them.</summary>
public static class ErrorExtensions
{
    /// <summary>Snake case JSON and problem details.</summary>
    public static void AddErrors(this WebApplicationBuilder builder)
    {
        builder.Services.ConfigureHttpJsonOptions(options => Configure(options.SerializerOptions));
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services.AddProblemDetails(options =>
            options.CustomizeProblemDetails = problem => Problems.AddTraceId(problem.HttpContext, problem.ProblemDetails));
        builder.Services.AddExceptionHandler<ProblemExceptionHandler>();
    }

    /// <summary>Goes first, so that whatever follows fails in words.</summary>
    public static void UseErrors(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages(context =>
            Problems.WriteAsync(context.HttpContext, context.HttpContext.Response.StatusCode, detail: null, context.HttpContext.RequestAborted));
    }

    /// <summary>The REST interface's JSON: snake_case names and enums, ids as numbers, text as it is.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.MaxDepth = Limits.JsonDepth;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
    }
}
