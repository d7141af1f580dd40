namespace TahoChat.Api.Telemetry;

/// <summary>The bounds of histograms' buckets.</summary>
internal static class Buckets
{
    /// <summary>Seconds of a completion; advised for <c>gen_ai.client.operation.*</c> by the conventions for generative AI.</summary>
    public static double[] Operation { get; } = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];

    /// <summary>Tokens; advised for <c>gen_ai.client.token.usage</c> by the same.</summary>
    public static long[] Tokens { get; } =
        [1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216, 67_108_864];

    /// <summary>Seconds of work that takes a millisecond on a good disk and two seconds where the database is locked.</summary>
    public static double[] Disk { get; } = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

    /// <summary>Bytes of text, from a token's to a long reply's.</summary>
    public static long[] Text { get; } = [1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576];

    /// <summary>Units of text that a slice may have.</summary>
    public static int[] Slices { get; } = [1, 2, 4, 8, 16, 32, 64, 128, 256, 1024, 4096, 16_384];

    /// <summary>Bytes of a file, up to the largest that is taken.</summary>
    public static long[] Files { get; } = [1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 20_971_520];

    /// <summary>How many of something at once.</summary>
    public static int[] Counts { get; } = [1, 2, 4, 8, 16, 32, 64, 128, 256];
}
