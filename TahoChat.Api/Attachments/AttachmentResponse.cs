using System.Text.Json.Serialization;

namespace TahoChat.Api.Attachments;

/// <summary>An attachment as clients see it. Sizes are bytes and pixels; <paramref name="Width"/> and
/// <paramref name="Height"/> are there for images.</summary>
public sealed record AttachmentResponse(
    long Id,
    string Name,
    string MediaType,
    AttachmentKind Kind,
    long Size,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Width,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Height,
    DateTime CreatedAt)
{
    public static AttachmentResponse From(Attachment attachment) => new(
        attachment.Id, attachment.Name, attachment.MediaType, attachment.Kind, attachment.Size, attachment.Width, attachment.Height,
        attachment.CreatedAt);
}
