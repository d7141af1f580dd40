using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TahoChat.Api.Attachments;
using TahoChat.Api.Conversations;
using TahoChat.Api.Data;
using TahoChat.Api.Errors;
using TahoChat.Api.Generations;

namespace TahoChat.Api.Chat;

/// <summary>A message for <c>POST /chat</c>; without <paramref name="ConversationId"/> it opens a new conversation.
/// <paramref name="AttachmentIds"/> are those of <c>POST /attachments</c>.</summary>
public sealed record ChatRequest(string? Message, long? ConversationId = null, IReadOnlyList<long>? AttachmentIds = null);

/// <summary>A whole turn.</summary>
public sealed record ChatResponse(long ConversationId, MessageResponse UserMessage, MessageResponse AiResponse);

/// <summary><c>POST /chat</c>: a turn in one call, for clients without a WebSocket.</summary>
public static class ChatApi
{
    public static void MapChatApi(this WebApplication app) =>
        app.MapPost("/chat", SendAsync).WithTags("Chat").WithSummary("Send a message and wait for the whole reply");

    private static async Task<Results<Ok<ChatResponse>, ProblemHttpResult>> SendAsync(
        ChatRequest request, GenerationHub hub, ChatDbContext context, HttpContext http, CancellationToken cancellationToken)
    {
        var identity = ChatIdentity.Of(http);
        var outcome = await hub.BeginAsync(
            new SendRequest(identity.OwnerId, identity.Client, request.Message ?? "")
            {
                ConversationId = request.ConversationId,
                AttachmentIds = request.AttachmentIds,
                AwaitsReply = true,
            },
            cancellationToken);
        if (outcome.Turn is not { } turn) return Refuse(http, outcome.Refusal!);
        GenerationEnd? end = null;
        if (turn.Generation is { } generation)
        {
            // The end is what is waited for; the text is read from the database, where it was saved first.
            await foreach (var slice in generation.WatchAsync(generation.Length, cancellationToken)) end = slice.End;
        }

        var rows = await context.Messages
            .Where(message => message.Id == turn.Ids.UserMessageId || message.Id == turn.Ids.ReplyId)
            .OrderBy(message => message.Depth)
            .ToListAsync(cancellationToken);
        await context.WithAttachmentsAsync(rows, cancellationToken);
        if (rows is not [var asked, var reply] || context.FindConversation(turn.Ids.OwnerId, turn.Ids.ConversationId) is null)
            return Refuse(http, ConversationErrors.NotFound(turn.Ids.ConversationId));
        if (end?.Error is { } error) return Refuse(http, error);
        return TypedResults.Ok(new ChatResponse(
            turn.Ids.ConversationId, MessageResponse.From(asked), MessageResponse.From(reply)));
    }

    /// <summary>A refusal, or a failed reply, as REST tells it.</summary>
    internal static ProblemHttpResult Refuse(HttpContext http, ChatError error)
    {
        if (error.RetryAfter is { } wait)
            http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var problem = Problems.Problem(Status(error.Code), error.Message, error.Code);
        problem.ProblemDetails.Extensions["retryable"] = error.Retryable;
        return problem;
    }

    private static int Status(string code) => code switch
    {
        "empty_message" => StatusCodes.Status400BadRequest,
        "message_too_long" or "attachments_too_large" => StatusCodes.Status413PayloadTooLarge,
        "not_found" or "attachment_not_found" => StatusCodes.Status404NotFound,
        "conflict" or "gone" => StatusCodes.Status409Conflict,
        "invalid_frame" or "too_many_attachments" or "model_cannot_see" => StatusCodes.Status422UnprocessableEntity,
        "rate_limited" => StatusCodes.Status429TooManyRequests,
        "overloaded" or "queue_full" or "busy" or "storage_failed" or "shutting_down" or "server_restarted" => StatusCodes.Status503ServiceUnavailable,
        "provider_rate_limited" or "provider_daily_limit" or "provider_overloaded" or "provider_unreachable" or "provider_timeout" =>
            StatusCodes.Status503ServiceUnavailable,
        "internal" => StatusCodes.Status500InternalServerError,
        _ => StatusCodes.Status502BadGateway,
    };
}
