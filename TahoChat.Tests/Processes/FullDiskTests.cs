using System.Net;
using System.Text.Json.Nodes;

namespace TahoChat.Tests.Processes;

/// <summary>A full disk refuses sends and nothing else, and is forgotten as soon as there is room.</summary>
public sealed class FullDiskTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_refuses_sends_goes_on_reading_and_recovers_by_itself()
    {
        using var folder = new ProcessFolder();
        await using var disk = await SmallDisk.MountAsync(folder, Cancel);
        await using var api = await ApiProcess.StartAsync(folder, Cancel, ("PORT", "0"), ("Limits__SendsPerMinute", "1000"));
        using var http = api.Http();
        await using var socket = await api.ConnectAsync(Cancel);
        await socket.TurnAsync(new { message = "Before" }, Cancel);
        await using var growing = await GrowingReply.BeginAsync(api, "[emulator reply=count:200 speed=100 first=0 reasoning=0]", Cancel);

        await disk.FillAsync(api, Cancel);
        var refused = await SendUntilRefusedAsync(socket);
        var messages = folder.Messages();

        Assert.Equal(("storage_failed", true), (refused.Text("code"), (bool)refused["retryable"]!));
        Assert.DoesNotContain(refused.Text("client_message_id"), messages);
        using (var health = await http.GetAsync("/health", Cancel))
        {
            var told = JsonNode.Parse(await health.Content.ReadAsStringAsync(Cancel))!.AsObject();
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "unhealthy", "failing"), (health.StatusCode, told.Text("status"), told.Text("database")));
        }

        Assert.Contains("Before", await http.GetStringAsync("/conversations/1", Cancel), StringComparison.Ordinal);
        // It grows to its end before the eyes of who watches, and ends when that can be saved.
        await growing.ReadUntilAsync(frame => frame.Text("text")?.EndsWith("200 ", StringComparison.Ordinal) is true, Cancel);
        Assert.Equal(ApiCalls.Count(200), growing.Frames.Content());

        await disk.FreeAsync(Cancel);
        await ApiCalls.UntilAsync(() => http.GetAsync("/health", Cancel), health => health.StatusCode == HttpStatusCode.OK, Cancel);
        await growing.ReadUntilAsync(frame => frame.Text("status") == "complete", Cancel);
        var again = await socket.TurnAsync(Message(refused.Text("client_message_id")!), Cancel);

        Assert.Equal("complete", again[^1].Text("status"));
        Assert.Equal(("complete", ApiCalls.Count(200)), folder.Reply(growing.Message));
        Assert.Equal(["ok"], folder.Query("PRAGMA integrity_check", row => row.GetString(0)));
        Assert.Single(folder.Messages(), refused.Text("client_message_id"));
        Assert.DoesNotContain(api.Output, line => line.Contains("   at ", StringComparison.Ordinal));
        Assert.Contains(api.Output, line => line.Contains("The database refuses writes (storage_failed)", StringComparison.Ordinal));
        Assert.Contains(api.Output, line => line.Contains("The database takes writes again", StringComparison.Ordinal));
        await api.EndAfterAsync("INT", Cancel);
    }

    /// <summary>The last writes may still find room in what the files have already.</summary>
    private static async Task<JsonObject> SendUntilRefusedAsync(TestSocket socket)
    {
        for (var number = 0; number < 100; number++)
        {
            var turn = await socket.TurnAsync(Message($"full-{number}"), Cancel);
            if (turn[0].Text("code") is not null) return turn[0];
        }

        throw new InvalidOperationException("The disk is not full.");
    }

    private static object Message(string id) => new { message = $"[emulator echo=ok first=0] {new string('x', 40_000)}", client_message_id = id };
}
