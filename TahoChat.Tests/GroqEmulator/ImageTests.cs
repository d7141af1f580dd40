using System.Buffers.Binary;
using System.Text.Json.Nodes;
using static TahoChat.Tests.GroqEmulator.EmulatorHost;

namespace TahoChat.Tests.GroqEmulator;

public sealed class ImageTests
{
    private const string Vision = "qwen/qwen3.8-27b";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static byte[] Png(int width, int height, int length = 33)
    {
        var png = new byte[length];
        byte[] start = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, (byte)'I', (byte)'H', (byte)'D', (byte)'R'];
        start.CopyTo(png, 0);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        return png;
    }

    /// <summary>A table before the frame header, as real ones have.</summary>
    private static byte[] Jpeg(int width, int height) =>
    [
        0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xC4, 0, 5, 9, 9, 9, 0xFF, 0xC2, 0, 17, 8,
        (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1,
    ];

    private static JsonObject Ask(params string[] urls)
    {
        var body = Body("", model: Vision);
        var parts = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = "What is it?" });
        foreach (var url in urls) parts.Add(new JsonObject { ["type"] = "image_url", ["image_url"] = new JsonObject { ["url"] = url } });
        body["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = parts });
        return body;
    }

    private static string DataUrl(byte[] image, string mediaType = "image/png") => $"data:{mediaType};base64,{Convert.ToBase64String(image)}";

    [Fact]
    public async Task The_reply_says_what_was_given()
    {
        await using var emulator = await StartAsync(Cancellation);
        var images = Ask(DataUrl(Png(640, 480)), DataUrl(Jpeg(1920, 1080), "image/jpeg"), "https://pictures.example/cat.png");
        var reply = (await emulator.StreamAsync(images, Cancellation)).Content;
        Assert.Contains("3 images", reply, StringComparison.Ordinal);
        Assert.Contains("1. `image/png`, 640 × 480 px, 33 B", reply, StringComparison.Ordinal);
        Assert.Contains("2. `image/jpeg`, 1920 × 1080 px, 34 B", reply, StringComparison.Ordinal);
        Assert.Contains("3. `pictures.example`", reply, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("R0lGODlhQAEAAvAAAP", "image/gif", "320 × 512")]
    [InlineData("UklGRgAAAABXRUJQVlA4WAoAAAAAAAAAfwIA3wEA", "image/webp", "640 × 480")]
    public async Task Other_kinds_are_known_by_their_first_bytes(string base64, string mediaType, string size)
    {
        await using var emulator = await StartAsync(Cancellation);
        var padded = base64.PadRight((base64.Length + 3) / 4 * 4, 'A');
        var reply = (await emulator.StreamAsync(Ask($"data:image/png;base64,{padded}"), Cancellation)).Content;
        Assert.Contains($"`{mediaType}`, {size} px", reply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sixth_image_is_one_too_many()
    {
        await using var emulator = await StartAsync(Cancellation);
        var url = DataUrl(Png(1, 1));
        await emulator.StreamAsync(Ask(url, url, url, url, url), Cancellation);
        var (status, error) = await emulator.FailAsync(Ask(url, url, url, url, url, url), Cancellation);
        Assert.Equal((400, "Too many images provided. This model supports up to 5 images"), (status, error.GetProperty("message").GetString()));
    }

    [Theory]
    [InlineData(3_100_000, 200)]
    [InlineData(3_200_000, 413)]
    public async Task A_request_with_images_has_at_most_4_MB(int bytes, int status)
    {
        await using var emulator = await StartAsync(Cancellation);
        using var response = await emulator.PostAsync(Ask(DataUrl(Png(10, 10, bytes))), Cancellation);
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task An_image_with_too_many_pixels_is_refused()
    {
        await using var emulator = await StartAsync(Cancellation);
        var (status, error) = await emulator.FailAsync(Ask(DataUrl(Png(10_000, 10_000))), Cancellation);
        Assert.Equal(400, status);
        Assert.Contains("10000x10000", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }
}
