using System.Security.Cryptography;
using System.Text;

namespace TahoChat.Api.Import;

/// <summary>The uid of what comes from elsewhere: always the same for the same owner, source and id there.</summary>
internal static class ImportUid
{
    /// <summary>A UUID of version 8 (RFC 9562) from the SHA-256 of its parts.</summary>
    public static Guid Of(params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("tahochat-import"u8);
        foreach (var part in parts)
        {
            // No two lists of parts look the same.
            var bytes = Encoding.UTF8.GetBytes(part);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }

        var uid = hash.GetHashAndReset().AsSpan(0, 16);
        uid[6] = (byte)((uid[6] & 0x0F) | 0x80);
        uid[8] = (byte)((uid[8] & 0x3F) | 0x80);
        return new Guid(uid, bigEndian: true);
    }
}
