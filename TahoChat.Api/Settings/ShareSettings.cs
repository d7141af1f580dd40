namespace TahoChat.Api.Settings;

/// <summary>Whether conversations can be shared with people who cannot sign in.</summary>
/// <param name="On">Off, there is no address of a share at all.</param>
public sealed record ShareSettings(bool On = false);
