namespace TahoChat.Api.Backups;

/// <summary>How the backups of the schedule do.</summary>
public sealed class BackupState
{
    private volatile string _name = "healthy";

    /// <summary><c>healthy</c>, or <c>failing</c> from a backup that could not be made until one is.</summary>
    public string Name => _name;

    /// <summary>Whether that is news.</summary>
    internal bool Is(string name) => Interlocked.Exchange(ref _name, name) != name;
}
