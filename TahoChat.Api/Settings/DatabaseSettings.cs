namespace TahoChat.Api.Settings;

/// <summary>Where conversations are kept.</summary>
/// <param name="Path">Absolute path of the SQLite file; its folder may be missing.</param>
public sealed record DatabaseSettings(string Path)
{
    /// <summary>Whether a database is made where none is: null only where none was, true even then, false never.</summary>
    public bool? New { get; init; }
}
