using System.Buffers.Text;
using System.Security.Cryptography;

namespace TahoChat.Api.Shares;

/// <summary>What an address of a share is made of: 128 random bits, of which the server keeps a hash alone.</summary>
internal static class ShareToken
{
    private const int Bytes = 16;

    /// <summary>22 letters that an address takes as they are.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>What is kept and looked for. How long a look-up takes says nothing of the token: nobody can choose its hash.</summary>
    public static string HashOf(string token) => Convert.ToHexString(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(token)));
}
