using TahoChat.Api.Export;

namespace TahoChat.Api.Import;

/// <summary>A conversation of a file, and where the bytes of its attachments are, by their uids.</summary>
internal sealed record ImportItem(PortableConversation Conversation, Func<Guid, CancellationToken, Task<byte[]>> BytesAsync)
{
    /// <summary>Why it is not taken, though the rest of the file is; null where it is.</summary>
    public string? LeftOut { get; init; }

    public static Func<Guid, CancellationToken, Task<byte[]>> NoBytes { get; } =
        (uid, _) => Task.FromException<byte[]>(new ImportRefusedException($"The attachment {uid} is not in the file."));
}

/// <summary>A file that was recognised. It is read twice: to see whether all of it can be taken, and to take it.</summary>
internal abstract class ImportSource : IAsyncDisposable
{
    /// <summary>Whose export it is: <c>tahochat</c>, <c>chatgpt</c>, <c>open_webui</c>, <c>librechat</c> or <c>fastapi</c>.</summary>
    public abstract string Format { get; }

    /// <summary>How much of the file was read, 0 to 1.</summary>
    public abstract double Read { get; }

    /// <summary>The conversations, checked, one at a time.</summary>
    /// <exception cref="ImportRefusedException">Where and why one cannot be taken.</exception>
    public abstract IAsyncEnumerable<ImportItem> ReadAsync(CancellationToken cancellationToken);

    public virtual Task<IReadOnlyList<PortablePrompt>> PromptsAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PortablePrompt>>([]);

    public abstract ValueTask DisposeAsync();
}
