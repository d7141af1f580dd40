using Microsoft.AspNetCore.Http.HttpResults;
using TahoChat.Api.Errors;

namespace TahoChat.Api.Backups;

/// <summary><c>POST /backups</c>: a copy of the database beside it.</summary>
public static class BackupApi
{
    public static void AddBackups(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<DatabaseBackups>();
        builder.Services.AddSingleton<BackupState>();
        builder.Services.AddHostedService<BackupSchedule>();
    }

    public static void MapBackups(this WebApplication app) =>
        app.MapPost("/backups", CreateAsync).WithTags("Service").WithSummary("Back up the database into the folder backups beside it");

    private static async Task<Results<Created<Backup>, ProblemHttpResult>> CreateAsync(DatabaseBackups backups, CancellationToken cancellationToken) =>
        await backups.CreateAsync(cancellationToken) is { } backup
            ? TypedResults.Created((string?)null, backup)
            : Problems.Problem(StatusCodes.Status409Conflict, "A backup is being made. Please try again when it is done.", "conflict");
}
