using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TahoChat.Api.Chat;
using TahoChat.Api.Conversations;
using TahoChat.Api.Data;
using TahoChat.Api.Errors;
using TahoChat.Api.Generations;
using TahoChat.Api.Settings;

namespace TahoChat.Api.Shares;

/// <summary>A share as the list has it.</summary>
/// <param name="Title">The conversation's, when it was shared.</param>
public sealed record ShareResponse(long Id, string Title, DateTime CreatedAt);

/// <summary>A share that was made just now.</summary>
/// <param name="Url">Where everybody who knows this address can read it. It is told this once.</param>
public sealed record NewShareResponse(long Id, string Url, string Title, DateTime CreatedAt);

/// <summary>The shares of a conversation over REST; none of it is there while <c>SHARES</c> is off.</summary>
public static class ShareApi
{
    public static void AddShares(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ShareWriter>();
        builder.Services.AddSingleton<SharePage>();
    }

    public static void MapShares(this WebApplication app, ShareSettings settings)
    {
        if (!settings.On) return;
        var shares = app.MapGroup("/conversations/{id}/shares").WithTags("Shares");
        shares.MapPost("/", AddAsync).WithSummary("Share a conversation as it is now, at an address of its own");
        shares.MapGet("/", ListAsync).WithSummary("At how many addresses a conversation is shared, newest first");
        shares.MapDelete("/", RevokeAllAsync).WithSummary("End all shares of a conversation");
        shares.MapDelete("/{shareId}", RevokeAsync).WithSummary("End a share");
        app.MapGet(SharePage.Path + "/{token}", (string token, SharePage page, ChatDbContext context, HttpContext http, CancellationToken cancellationToken) =>
            page.ShowAsync(token, context, http, cancellationToken)).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<Results<Created<NewShareResponse>, ProblemHttpResult>> AddAsync(
        long id, ShareWriter shares, HttpContext http, CancellationToken cancellationToken)
    {
        var token = ShareToken.New();
        var (outcome, share) = await shares.AddAsync(ChatIdentity.Of(http).OwnerId, id, token, cancellationToken);
        if (share is null) return Refuse(outcome, id);
        http.Response.Headers.CacheControl = "no-store";
        var url = $"{http.Request.Scheme}://{http.Request.Host.ToUriComponent()}{SharePage.Path}/{token}";
        return TypedResults.Created((string?)null, new NewShareResponse(share.Id, url, share.Title, share.CreatedAt));
    }

    private static async Task<Results<Ok<List<ShareResponse>>, ProblemHttpResult>> ListAsync(
        long id, ChatDbContext context, HttpContext http, CancellationToken cancellationToken)
    {
        if (context.FindConversation(ChatIdentity.Of(http).OwnerId, id) is not { DeletedAt: null }) return ConversationApi.NotFound(id);
        return TypedResults.Ok(await context.Shares
            .Where(share => share.ConversationId == id)
            .OrderByDescending(share => share.Id)
            .Select(share => new ShareResponse(share.Id, share.Title, share.CreatedAt))
            .ToListAsync(cancellationToken));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAllAsync(
        long id, ShareWriter shares, ChatDbContext context, HttpContext http, CancellationToken cancellationToken)
    {
        var owner = ChatIdentity.Of(http).OwnerId;
        if (context.FindConversation(owner, id) is not { DeletedAt: null }) return ConversationApi.NotFound(id);
        await shares.RevokeAsync(owner, id, null, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        long id, long shareId, ShareWriter shares, ChatDbContext context, HttpContext http, CancellationToken cancellationToken)
    {
        var owner = ChatIdentity.Of(http).OwnerId;
        if (context.FindConversation(owner, id) is not { DeletedAt: null }) return ConversationApi.NotFound(id);
        return await shares.RevokeAsync(owner, id, shareId, cancellationToken) > 0
            ? TypedResults.NoContent()
            : Problems.NotFound($"Share with ID {shareId} not found", "not_found");
    }

    private static ProblemHttpResult Refuse(ShareOutcome outcome, long id) => outcome switch
    {
        ShareOutcome.Empty => Problems.Conflict("Nothing in this conversation is finished yet.", "nothing_to_share"),
        ShareOutcome.TooMany => Problems.Conflict($"The conversation is shared at {Limits.Shares} addresses already. Please end one of them first.", "too_many_shares"),
        _ => ConversationApi.NotFound(id),
    };
}
