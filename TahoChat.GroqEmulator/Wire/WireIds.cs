using System.Security.Cryptography;

namespace TahoChat.GroqEmulator.Wire;

/// <summary>Identifiers that look like Groq's.</summary>
internal static class WireIds
{
    /// <summary>An organisation, as error messages name it; a client has to redact it.</summary>
    public const string Organisation = "org_01jemu1at0rf0rtah0chat0ff1";

    public const string Fingerprint = "fp_e10890e4b9";

    private const string Base32 = "0123456789abcdefghjkmnpqrstvwxyz";

    public static string Request() => "req_01" + RandomNumberGenerator.GetString(Base32, 24);

    public static string Completion() => $"chatcmpl-{Guid.NewGuid()}";
}
