using System.Globalization;
using TahoChat.Api.Conversations;
using TahoChat.Api.Data;
using TahoChat.Api.Generations;
using TahoChat.Api.Groq;

namespace TahoChat.Api.Attachments;

/// <summary>What a message may have attached, and how it gets it; each call runs in the transaction that begins the reply.</summary>
internal static class AttachmentRules
{
    // A token of English is 4 bytes and more: a text that is too long by this count is so for certain.
    private const int BytesPerToken = 4;

    public static ChatError NotFound(long id) => new(
        "attachment_not_found",
        string.Create(CultureInfo.InvariantCulture, $"Attachment {id} does not exist. One that is not sent within a day is deleted; please attach the file again."));

    /// <summary>The attachments by their ids, in that order and each once, or that one of them is not the owner's or not there.</summary>
    public static (IReadOnlyList<Attachment> Found, ChatError? Problem) Find(ChatDbContext context, string ownerId, IReadOnlyList<long>? ids)
    {
        if (ids is null or { Count: 0 }) return ([], null);
        if (ids.Count > AttachmentLimits.PerMessage) return ([], TooMany());
        var known = context.AttachmentsFor(ownerId)
            .Where(attachment => ids.Contains(attachment.Id))
            .ToDictionary(attachment => attachment.Id);
        var wanted = ids.Distinct().ToList();
        var missing = wanted.FindIndex(id => !known.ContainsKey(id));
        return missing >= 0 ? ([], NotFound(wanted[missing])) : ([.. wanted.Select(id => known[id])], null);
    }

    /// <summary>Why a model cannot be given a message with these attachments, or null.</summary>
    public static ChatError? Check(IReadOnlyList<Attachment> attachments, string text, string model, IReadOnlyList<GroqModel> models)
    {
        var images = attachments.Where(attachment => attachment.Kind == AttachmentKind.Image).ToList();
        if (attachments.Count > AttachmentLimits.PerMessage || images.Count > AttachmentLimits.Images) return TooMany();
        if (images.Sum(image => AttachmentLimits.Base64Of(image.Size)) > AttachmentLimits.ImageBase64)
            return new ChatError("attachments_too_large", "The pictures of a message can have 2.6 MB together. Please make them smaller.");
        if (images.Count > 0 && !Sees(model, models)) return CannotSee(model, models);
        var bytes = Limits.Size(text) + attachments.Where(attachment => attachment.Kind == AttachmentKind.Text).Sum(attachment => attachment.Size);
        return WindowOf(model, models) is { } window && bytes / BytesPerToken > window
            ? new ChatError("context_too_long", string.Create(
                CultureInfo.InvariantCulture,
                $"The text files are longer than {model} can read: about {bytes / BytesPerToken:N0} tokens of {window:N0}. Please attach less."))
            : null;
    }

    /// <summary>Whether a model takes pictures; one of which the provider does not say so is believed to.</summary>
    public static bool Sees(string model, IReadOnlyList<GroqModel> models) =>
        models.Named(model)?.InputModalities is not { } modalities || modalities.Contains("image");

    /// <summary>What a message says to who gives it a title: one without text is called by what is attached to it.</summary>
    public static string Words(string text, IEnumerable<Attachment> attached) =>
        string.IsNullOrWhiteSpace(text) ? string.Join(", ", attached.Select(attachment => attachment.Name)) : text;

    /// <summary>Gives a message its attachments, in the place of those that it had.</summary>
    public static void Place(ChatDbContext context, Message message, IReadOnlyList<Attachment> attachments)
    {
        context.MessageAttachments.RemoveRange(context.MessageAttachments.Where(place => place.MessageId == message.Id));
        context.SaveChanges();
        context.MessageAttachments.AddRange(attachments.Select((attachment, position) =>
            new MessageAttachment { MessageId = message.Id, AttachmentId = attachment.Id, Position = position }));
        context.SaveChanges();
    }

    private static ChatError CannotSee(string model, IReadOnlyList<GroqModel> models)
    {
        var seeing = models.Where(known => known.InputModalities?.Contains("image") is true).Select(known => known.Id).ToList();
        var wayOut = seeing.Count == 0 ? "The provider has none that can." : $"{string.Join(" or ", seeing)} can.";
        return new ChatError("model_cannot_see", $"{model} cannot see pictures. {wayOut}");
    }

    private static ChatError TooMany() => new(
        "too_many_attachments", $"A message can have {AttachmentLimits.PerMessage} attachments, {AttachmentLimits.Images} of them pictures.");

    private static int? WindowOf(string model, IReadOnlyList<GroqModel> models) =>
        models.Named(model)?.ContextWindow;
}
