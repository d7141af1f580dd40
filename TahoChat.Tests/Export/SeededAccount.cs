using System.Security.Cryptography;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TahoChat.Api.Attachments;
using TahoChat.Api.Conversations;
using TahoChat.Api.Data;
using TahoChat.Api.Generations;
using TahoChat.Api.Prompts;
using TahoChat.Api.Tools;
using TahoChat.Tests.Attachments;

namespace TahoChat.Tests.Export;

/// <summary>An account of whatever may be in one, made by chance: trees of all shapes, statuses, receipts, tool calls, attachments that
/// several messages share, settings, pins, tags, presets; with something in the trash and something taken out of a queue, which are not exported.</summary>
internal static class SeededAccount
{
    private static readonly Gen<string> _text = Gen.Frequency(
        (4, Gen.String[1, 60].Select(Valid)),
        (1, Gen.Const("“Quoted” <b>& \\\"'\n\n```html\n<script>alert(1)</script>\n```")),
        (1, Gen.Const("مرحبا 世界 👩‍👩‍👧 \u202Eevil")),
        (1, Gen.Int[1, 3].Select(count => string.Concat(Enumerable.Repeat("the same again ", count * 8_000)))),
        (1, Gen.Const(" \t\r\n trimmed by nobody \n")),
        (1, Gen.Const("\0")),
        (1, Gen.Const(" be\0fore and\0")));

    private static readonly Gen<string?> _maybe = Gen.Frequency((2, Gen.Const((string?)null)), (1, Gen.String[Gen.Char.AlphaNumeric, 1, 20].Select(text => (string?)text)));

    private static readonly Gen<DateTime> _time = Gen.Long[new DateTime(2020, 1, 1).Ticks, new DateTime(2026, 1, 1).Ticks].Select(ticks => new DateTime(ticks, DateTimeKind.Utc));

    private static readonly Gen<Receipt?> _receipt = Gen.Select(Gen.Bool, Gen.Int[0, 100_000], Gen.Double[0, 100], Gen.Bool).Select((has, tokens, seconds, phases) => !has ? null : new Receipt
    {
        PromptTokens = tokens,
        TotalTokens = tokens + 1,
        ElapsedTime = seconds,
        Cost = seconds / 7919,
        CostIsPartial = phases ? true : null,
        Phases = phases ? [new ReceiptPhase { Kind = PhaseKind.Request, Seconds = seconds / 3, QueueTime = 0.1 }, new ReceiptPhase { Kind = PhaseKind.Writing, Seconds = seconds }] : null,
    });

    private static readonly Gen<Seed> _message = Gen.Select(
        Gen.Select(Gen.Int[-1, 30], _text, _time, Gen.Enum<MessageStatus>(), _maybe, Gen.Bool),
        Gen.Select(_receipt, _text, _maybe, Gen.Int[0, 7], _time)).Select((one, two) => new Seed(
            one.Item1, one.Item2, one.Item3, one.Item4 is MessageStatus.Streaming or MessageStatus.Queued ? MessageStatus.Interrupted : one.Item4, one.Item5, one.Item6,
            two.Item1, two.Item2, two.Item3, two.Item4, two.Item5));

    private static readonly Gen<SeededConversation> _conversation = Gen.Select(
        Gen.Select(_text, Gen.Enum<TitleSource>(), _time, Gen.Bool, Gen.Bool, Gen.Bool),
        Gen.Select(_maybe, _maybe, Gen.Double[0, 2], Gen.Int[1, 5000], Gen.String[Gen.Char["abcÄ鬼🙂-"], 1, 8].Array[0, 3], Gen.Int[0, 30]),
        _message.Array[0, 12], Gen.Int).Select((one, two, messages, order) => new SeededConversation(
            one.Item1, one.Item2, one.Item3, one.Item4, one.Item5, one.Item6, two.Item1, two.Item2, two.Item3, two.Item4, two.Item5, two.Item6, messages, order));

    public static Gen<SeededConversation[]> Any { get; } = _conversation.Array[0, 5];

    /// <summary>Writes it, and a preset for each conversation. The attachments are uploaded.</summary>
    public static async Task WriteAsync(TestApi api, SeededConversation[] account, CancellationToken cancellationToken)
    {
        var files = new List<long>();
        for (byte i = 0; i < 3; i++) files.Add(await api.AttachAsync(SampleFiles.Png(3, 2, i), $"picture {i}.png", cancellationToken));
        files.Add(await api.AttachAsync(SampleFiles.Text(new string('x', 2_000_000)), "far too regular.txt", cancellationToken));
        await api.Services.GetRequiredService<DatabaseWriter>().WriteAsync(context =>
        {
            foreach (var (index, conversation) in account.Index())
            {
                Write(context, conversation, files, index == 3);
                context.Prompts.Add(new Prompt
                {
                    Uid = NewUid(),
                    Name = $"Preset {index}",
                    Key = $"preset {index}",
                    Kind = PromptKind.System,
                    Text = Prompt(conversation.Title),
                    UpdatedAt = conversation.Time,
                });
            }

            context.SaveChanges();
        }, cancellationToken);
    }

    /// <summary>All that the owner has is gone.</summary>
    public static Task ClearAsync(TestApi api, CancellationToken cancellationToken) =>
        api.Services.GetRequiredService<DatabaseWriter>().WriteAsync(context =>
        {
            context.Conversations.ExecuteDelete();
            context.Attachments.ExecuteDelete();
            context.Prompts.ExecuteDelete();
        }, cancellationToken);

    private static void Write(ChatDbContext context, SeededConversation seed, List<long> files, bool inTrash)
    {
        var conversation = context.Conversations.Add(new Conversation
        {
            Uid = NewUid(),
            Title = Title(seed.Title),
            TitleSource = seed.Source,
            CreatedAt = seed.Time,
            UpdatedAt = seed.Time.AddHours(1),
            PinnedAt = seed.Pinned ? seed.Time : null,
            ArchivedAt = seed.Archived ? seed.Time : null,
            DeletedAt = inTrash ? seed.Time : null,
            Model = seed.Model,
            ReasoningEffort = seed.Archived ? "low" : null,
            SystemPrompt = seed.SystemPrompt is { } prompt ? $" {prompt}\0" : null,
            Temperature = seed.Set ? seed.Temperature : null,
            MaxCompletionTokens = seed.Set ? seed.Tokens : null,
        }).Entity;
        context.SaveChanges();
        context.ConversationTags.AddRange(seed.Tags.Select(tag => Valid(tag).Trim()).Where(tag => tag.Length > 0).DistinctBy(ConversationTag.KeyOf)
            .Select(tag => new ConversationTag { ConversationId = conversation.Id, Key = ConversationTag.KeyOf(tag), Name = tag }));
        // In which order they were written is left to chance: a message that waited may follow a later one.
        var rows = seed.Messages.Select((message, index) => Row(conversation, message, index)).ToList();
        foreach (var row in rows.Index().OrderBy(row => (row.Index * 7919) ^ seed.Order).Select(row => row.Item))
        {
            context.Messages.Add(row);
            context.SaveChanges();
        }

        foreach (var (index, row) in rows.Index())
        {
            var parent = seed.Messages[index].Parent;
            if (parent < 0 || index == 0) continue;
            var before = rows[parent % index];
            (row.ParentId, row.Depth, row.Role) = (before.Id, before.Depth + 1, before.Role == MessageRole.User ? MessageRole.Assistant : MessageRole.User);
            // A user's message is complete; what was taken out of the queue has nothing behind it that is shown.
            if (row.Role == MessageRole.User || rows.Skip(index + 1).Select((_, at) => at + index + 1).Any(at => seed.Messages[at].Parent % at == index)) row.Status = MessageStatus.Complete;
        }

        foreach (var (index, row) in rows.Index().Where(row => row.Item.Role == MessageRole.User && seed.Messages[row.Index].Files > 4))
            context.MessageAttachments.AddRange(files.Skip(index % 3).Select((file, position) => new MessageAttachment { MessageId = row.Id, AttachmentId = file, Position = position }));
        var shown = rows.FindAll(row => row.Status != MessageStatus.Removed);
        conversation.HeadId = shown.Count == 0 ? null : shown[seed.Head % shown.Count].Id;
        context.SaveChanges();
    }

    private static Message Row(Conversation conversation, Seed seed, int index)
    {
        var isReply = index > 0;
        return new Message
        {
            Uid = NewUid(),
            ConversationId = conversation.Id,
            Depth = 1,
            Role = MessageRole.User,
            Status = isReply ? seed.Status : MessageStatus.Complete,
            Content = seed.Text,
            Reasoning = seed.HasReasoning ? seed.Reasoning : "",
            CreatedAt = seed.Time,
            CompletedAt = seed.HasReasoning ? seed.Later : null,
            Model = seed.Model,
            Error = seed.Model,
            ErrorCode = seed.Other,
            FinishReason = seed.Other,
            TraceId = seed.Other,
            RetryAt = seed.HasReasoning ? seed.Later : null,
            ClientMessageId = seed.Model,
            Receipt = seed.Receipt,
            ToolCalls = seed.Files % 3 != 0 ? null : [new ToolCall { Id = "1", Name = "sum", Server = seed.Other, Arguments = """{"a":[1,2]}""", State = ToolCallState.Done, Result = seed.Text, Offset = 0, DurationMs = 3 }],
        };
    }

    /// <summary>As earlier versions kept titles: untrimmed, and with NUL.</summary>
    private static string Title(string text) => text.Length == 0 ? "Untitled" : text[..Math.Min(text.Length, 200)];

    private static string Prompt(string text) => string.IsNullOrWhiteSpace(text) ? "Answer." : text[..Math.Min(text.Length, 1000)];

    /// <summary>Whole characters: no message that comes in has half of one.</summary>
    private static string Valid(string text) => new(text.Where(letter => !char.IsSurrogate(letter)).ToArray());

    private static Guid NewUid() => new(RandomNumberGenerator.GetBytes(16));

    public sealed record Seed(
        int Parent, string Text, DateTime Time, MessageStatus Status, string? Model, bool HasReasoning, Receipt? Receipt, string Reasoning, string? Other, int Files, DateTime Later);

    public sealed record SeededConversation(
        string Title, TitleSource Source, DateTime Time, bool Pinned, bool Archived, bool Set, string? Model, string? SystemPrompt, double Temperature, int Tokens,
        string[] Tags, int Head, Seed[] Messages, int Order);
}
