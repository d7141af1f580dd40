namespace TahoChat.Api.Import;

/// <summary>A file that is not taken. The message says where in it and why; <see cref="Code"/> is one of <c>docs/protocol.md</c>.</summary>
internal sealed class ImportRefusedException(string message, string code = ImportRefusedException.Invalid, Exception? inner = null)
    : Exception(message, inner)
{
    public const string Invalid = "invalid_import";
    public const string Unknown = "unknown_format";
    public const string TooLarge = "file_too_large";
    public const string Bomb = "zip_bomb";
    public const string UnsafeName = "unsafe_name";
    public const string Damaged = "damaged_file";
    public const string Newer = "newer_version";

    public string Code => code;
}
