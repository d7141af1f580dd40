using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using TahoChat.Api.Attachments;
using TahoChat.Api.Export;

namespace TahoChat.Api.Import;

/// <summary>A single conversation that this program exported.</summary>
internal sealed class OwnFile(ReadOnlyMemory<byte> json) : ImportSource
{
    public override string Format => "tahochat";

    public override double Read => 1;

    public override async IAsyncEnumerable<ImportItem> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        cancellationToken.ThrowIfCancellationRequested();
        var file = OwnFormat.Parse<Content>(json, "The file");
        OwnFormat.Check(file.Format, file.Version, "The file");
        var bytes = new Dictionary<Guid, byte[]>();
        foreach (var attachment in file.Attachments ?? [])
        {
            if (attachment.Content.Length > AttachmentLimits.File || !bytes.TryAdd(attachment.Uid, attachment.Content))
                throw new ImportRefusedException($"The attachment {attachment.Uid} is in the file twice, or has more than 20 MiB.");
        }

        var conversation = ImportRules.Check(file.Conversation, "The conversation");
        foreach (var attachment in conversation.Messages!.SelectMany(message => message.Attachments ?? []))
        {
            if (!bytes.TryGetValue(attachment.Uid, out var content) || content.Length != attachment.Size)
                throw new ImportRefusedException($"The attachment {attachment.Uid} is not in the file, or of another size.");
        }

        yield return new ImportItem(conversation, (uid, _) => Task.FromResult(bytes[uid]));
    }

    /// <summary>It was read whole.</summary>
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed record Content(string Format, int Version, [property: JsonRequired] PortableConversation Conversation, IReadOnlyList<PortableBytes>? Attachments = null);
}
