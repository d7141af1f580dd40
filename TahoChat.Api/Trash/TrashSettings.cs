namespace TahoChat.Api.Trash;

/// <summary>What becomes of conversations in the trash.</summary>
/// <param name="Days">How long one is kept there; 0 for as long as nobody deletes it by hand.</param>
public sealed record TrashSettings(int Days = TrashSettings.UsualDays)
{
    public const int UsualDays = 30;

    /// <summary>When a conversation goes for good that came to the trash then; null where time does not decide that.</summary>
    public DateTime? GoneAt(DateTime deletedAt) => Days == 0 ? null : deletedAt.AddDays(Days);
}
