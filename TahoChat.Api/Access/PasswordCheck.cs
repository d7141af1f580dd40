using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;

namespace TahoChat.Api.Access;

/// <summary>Compares passwords, and ties sign-ins to the password they were made with.</summary>
internal sealed class PasswordCheck(string password)
{
    /// <summary>The scheme of the sign-in cookie.</summary>
    public const string Scheme = "Cookies";

    private const string ClaimName = "taho:password";

    private readonly byte[] _hash = SHA256.HashData(Encoding.UTF8.GetBytes(password));

    /// <summary>Takes the same time for every password of a length.</summary>
    public bool IsRight(string given) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), _hash);

    /// <summary>Somebody who knew the password.</summary>
    public ClaimsPrincipal Person() =>
        new(new ClaimsIdentity([new Claim(ClaimName, Fingerprint())], Scheme));

    /// <summary>Whether a cookie's person knew the password of today.</summary>
    public bool IsStillRight(ClaimsPrincipal? person) =>
        person?.FindFirstValue(ClaimName) is { } claim
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(claim), Encoding.UTF8.GetBytes(Fingerprint()));

    private string Fingerprint() => Convert.ToHexString(HMACSHA256.HashData(_hash, "sign-in"u8));
}
