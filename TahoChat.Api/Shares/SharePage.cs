using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore;
using TahoChat.Api.Access;
using TahoChat.Api.Conversations;
using TahoChat.Api.Conversations.Html;
using TahoChat.Api.Data;

namespace TahoChat.Api.Shares;

/// <summary><c>GET /s/{token}</c>: a shared conversation, for whoever has the address and for nobody else. The page runs nothing, fetches
/// nothing, sends no referrer, and is kept by no cache and no search engine. An address that never was, one that was revoked and one whose
/// conversation is deleted are answered alike.</summary>
internal sealed class SharePage : IDisposable
{
    public const string Path = "/s";

    /// <summary>The longest thing that is looked for.</summary>
    private const int MostTokenLength = 64;

    /// <summary>Pages a minute and address, right ones and wrong ones.</summary>
    private const int PagesPerMinute = 120;

    /// <summary>Bytes of attachments on a page.</summary>
    private const long MostAttachmentBytes = 8 * 1024 * 1024;

    private static readonly string _policy = ConversationHtml.Policy + "; sandbox";

    private readonly PartitionedRateLimiter<HttpContext> _limiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
        RateLimitPartition.GetFixedWindowLimiter(
            AccessExtensions.PartitionOf(context.Connection.RemoteIpAddress),
            _ => new FixedWindowRateLimiterOptions { PermitLimit = PagesPerMinute, Window = TimeSpan.FromMinutes(1) }));

    public async Task ShowAsync(string token, ChatDbContext context, HttpContext http, CancellationToken cancellationToken)
    {
        // Whoever has the address has the conversation: a trace does not.
        http.Features.Get<IHttpActivityFeature>()?.Activity.SetTag("url.path", Path + "/…");
        using var lease = _limiter.AttemptAcquire(http);
        if (!lease.IsAcquired)
        {
            http.Response.Headers.RetryAfter = "60";
            await WriteAsync(http, StatusCodes.Status429TooManyRequests, Nothing("Too many pages", "Please try again in a minute."), cancellationToken);
        }
        else if (await FindAsync(context, token, cancellationToken) is { } share)
        {
            await WriteAsync(http, StatusCodes.Status200OK, await PageAsync(context, share, cancellationToken), cancellationToken);
        }
        else
        {
            await WriteAsync(http, StatusCodes.Status404NotFound, Nothing("Nothing here", "The address is wrong, or the conversation is no longer shared."), cancellationToken);
        }
    }

    public void Dispose() => _limiter.Dispose();

    private static async Task<Share?> FindAsync(ChatDbContext context, string token, CancellationToken cancellationToken)
    {
        if (token.Length > MostTokenLength) return null;
        var hash = ShareToken.HashOf(token);
        return await context.Shares
            .Where(share => share.TokenHash == hash
                && context.Conversations.Any(conversation => conversation.Id == share.ConversationId && conversation.DeletedAt == null))
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>What was said, without what only the owner has: system prompts, ids, receipts, what tools were given.</summary>
    private static async Task<HtmlPage> PageAsync(ChatDbContext context, Share share, CancellationToken cancellationToken)
    {
        var path = await context.PathAsync(share.HeadId, cancellationToken);
        return new HtmlPage
        {
            Title = share.Title,
            Note = $"A conversation with a language model, shared on {ConversationHtml.When(share.CreatedAt)}",
            Messages = [.. path.Where(message => message.Role != MessageRole.System && message.Status != MessageStatus.Removed)],
            MostAttachmentBytes = MostAttachmentBytes,
            Read = async (attachment, token) => (await context.AttachmentContents.SingleOrDefaultAsync(row => row.AttachmentId == attachment.Id, token))?.Content,
        };
    }

    private static HtmlPage Nothing(string title, string note) => new()
    {
        Title = title,
        Note = note,
        Messages = [],
        Read = (_, _) => Task.FromResult<byte[]?>(null),
    };

    private static async Task WriteAsync(HttpContext http, int status, HtmlPage page, CancellationToken cancellationToken)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        var headers = http.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = _policy;
        headers[SecurityHeaders.ReferrerPolicy] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex, nofollow, noarchive";
        await using var writer = new StreamWriter(http.Response.Body, leaveOpen: true);
        await ConversationHtml.WriteAsync(writer, page, cancellationToken);
    }
}
