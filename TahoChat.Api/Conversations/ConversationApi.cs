using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TahoChat.Api.Chat;
using TahoChat.Api.Data;
using TahoChat.Api.Errors;
using TahoChat.Api.Generations;

namespace TahoChat.Api.Conversations;

/// <summary>A title, as <c>POST /conversations</c> and <c>PUT /conversations/{id}/title</c> take it.</summary>
public sealed record TitleRequest(string? Title = null);

/// <summary>The numbers of <c>GET /stats</c>.</summary>
public sealed record StatsResponse(int TotalConversations, int TotalMessages, double AvgMessagesPerConversation);

/// <summary>The conversations over REST: the classic endpoints.</summary>
public static class ConversationApi
{
    /// <summary>The revision of the list, for a <c>watch</c> that begins where the answer ends.</summary>
    public const string RevisionHeader = "X-Revision";

    public static void AddConversations(this WebApplicationBuilder builder) =>
        builder.Services.AddSingleton<ConversationWriter>().AddSingleton<AnswerCache>();

    public static void MapConversations(this WebApplication app)
    {
        var conversations = app.MapGroup("/conversations").WithTags("Conversations");
        conversations.MapConversationList();
        conversations.MapPost("/", CreateAsync).WithSummary("Create a conversation");
        conversations.MapGet("/{id}", GetAsync).WithName("GetConversation").WithSummary("A conversation with its messages").KeptUntilACommit();
        conversations.MapPut("/{id}/title", RenameAsync).WithSummary("Rename a conversation");
        conversations.MapPatch("/{id}", ChooseAsync).WithSummary("Choose the model, system prompt, parameters, pin, archive and tags of a conversation");
        conversations.MapConversationPages();
        conversations.MapDelete("/{id}", DeleteAsync).WithSummary("Move a conversation to the trash");
        app.MapTags();
        app.MapGet("/history", HistoryAsync).WithTags("Conversations").WithSummary("Whole conversations, latest first");
        app.MapGet("/stats", StatsAsync).WithTags("Conversations").WithSummary("How much there is");
    }

    private static async Task<Results<CreatedAtRoute<ConversationResponse>, ProblemHttpResult>> CreateAsync(
        ConversationWriter writer, HttpContext http, TitleRequest? request, CancellationToken cancellationToken)
    {
        var title = request?.Title is { } given ? KeptText.Title(given) : Conversation.DefaultTitle;
        if (TitleProblem(title) is { } problem) return problem;
        var created = await writer.CreateAsync(ChatIdentity.Of(http).OwnerId, title!, cancellationToken);
        return TypedResults.CreatedAtRoute(ConversationResponse.From(created, []), "GetConversation", new { id = created.Id });
    }

    private static async Task<Results<Ok<ConversationResponse>, ProblemHttpResult>> GetAsync(
        long id,
        ChatDbContext context,
        HttpContext http,
        [Description("1 to 500: the newest messages only, with earlier_id where there are earlier ones, and message_count")] int? limit = null,
        CancellationToken cancellationToken = default)
    {
        if (limit is { } asked && ConversationPageApi.LimitProblem(asked) is { } problem) return problem;
        if (context.FindConversation(ChatIdentity.Of(http).OwnerId, id) is not { } conversation) return NotFound(id);
        return TypedResults.Ok(limit is { } count
            ? await context.EndAsync(conversation, count, cancellationToken)
            : await context.WholeAsync(conversation, cancellationToken));
    }

    private static async Task<Results<Ok<ConversationResponse>, ProblemHttpResult>> RenameAsync(
        long id, ConversationWriter writer, ChatDbContext context, HttpContext http, TitleRequest request, CancellationToken cancellationToken)
    {
        var title = KeptText.Title(request.Title);
        if (TitleProblem(title) is { } problem) return problem;
        var renamed = await writer.RenameAsync(ChatIdentity.Of(http).OwnerId, id, title!, cancellationToken);
        if (renamed is null) return NotFound(id);
        return TypedResults.Ok(await context.WholeAsync(renamed, cancellationToken));
    }

    private static async Task<Results<Ok<ConversationResponse>, ProblemHttpResult>> ChooseAsync(
        long id, ConversationWriter writer, ChatDbContext context, HttpContext http, ChoiceRequest request, CancellationToken cancellationToken)
    {
        if (SendRules.ChoiceProblem(request.Model, request.ReasoningEffort) is { } wrong) return Problems.Invalid(wrong);
        if ((SendRules.SettingsProblem(request.Settings) ?? TagQueries.Problem(request.Tags)) is { } problem) return Problems.Invalid(problem);
        var chosen = await writer.ChooseAsync(ChatIdentity.Of(http).OwnerId, id, request, cancellationToken);
        if (chosen is null) return NotFound(id);
        return TypedResults.Ok(await context.WholeAsync(chosen, cancellationToken));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        long id, ConversationWriter writer, HttpContext http, CancellationToken cancellationToken) =>
        await writer.DeleteAsync(ChatIdentity.Of(http).OwnerId, id, cancellationToken)
            ? TypedResults.NoContent()
            : NotFound(id);

    private static async Task<Results<Ok<List<ConversationResponse>>, ProblemHttpResult>> HistoryAsync(
        ChatDbContext context,
        HttpContext http,
        [Description("1 to 100")] int limit = 10,
        [Description("How many to skip")] int offset = 0,
        CancellationToken cancellationToken = default)
    {
        if (ConversationListApi.PageProblem(limit, offset) is { } problem) return problem;
        var page = await context.Conversations.LatestOf(ChatIdentity.Of(http).OwnerId).Skip(offset).Take(limit).ToListAsync(cancellationToken);
        var history = new List<ConversationResponse>(page.Count);
        foreach (var conversation in page) history.Add(await context.WholeAsync(conversation, cancellationToken));
        return TypedResults.Ok(history);
    }

    private static async Task<Ok<StatsResponse>> StatsAsync(
        ChatDbContext context, HttpContext http, CancellationToken cancellationToken)
    {
        var owner = ChatIdentity.Of(http).OwnerId;
        var conversations = await context.Conversations.Of(owner).CountAsync(cancellationToken);
        var messages = await context.Conversations.Of(owner)
            .Join(context.Messages, conversation => conversation.HeadId, message => message.Id, (_, head) => head.Depth)
            .SumAsync(cancellationToken);
        return TypedResults.Ok(new StatsResponse(
            conversations, messages, conversations == 0 ? 0 : Math.Round((double)messages / conversations, 2)));
    }

    internal static ProblemHttpResult NotFound(long id) =>
        Problems.NotFound(ConversationErrors.NotFoundText(id), "not_found");

    private static ProblemHttpResult? TitleProblem(string? title) =>
        title is null || title.Length > Limits.Title
            ? Problems.Invalid($"title has to have 1 to {Limits.Title} characters.")
            : null;
}
