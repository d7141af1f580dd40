namespace TahoChat.Api.Settings;

/// <summary>Where the server listens and how much it says.</summary>
/// <param name="Urls">Kestrel addresses such as <c>http://localhost:8000</c>, at least one.</param>
/// <param name="LogLevel">The least level that is logged.</param>
public sealed record ServerSettings(IReadOnlyList<string> Urls, LogLevel LogLevel);
