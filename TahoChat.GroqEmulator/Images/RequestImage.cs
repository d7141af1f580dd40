namespace TahoChat.GroqEmulator.Images;

/// <summary>An image of a message.</summary>
/// <param name="MediaType">As the bytes say, else as the data URL does; null for an address, which nobody fetches.</param>
/// <param name="Bytes">Its length; 0 for an address.</param>
/// <param name="Size">In pixels; null where its header does not say.</param>
/// <param name="Host">Of an address; null for a data URL.</param>
internal sealed record RequestImage(string? MediaType, int Bytes, (int Width, int Height)? Size, string? Host = null);
