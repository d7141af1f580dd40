using TahoChat.Api.Lifetime;
using TahoChat.Tests.Processes;

namespace TahoChat.Tests.Search;

/// <summary>A process that dies while it writes the index leaves one that the next process completes.</summary>
public sealed class SearchKillTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Failpoint.SearchBeforeCommit)]
    [InlineData(Failpoint.SearchAfterCommit)]
    public async Task What_was_not_indexed_when_the_server_died_is_found_after_the_next_start(string failpoint)
    {
        using var folder = new ProcessFolder();
        await using (var killed = await ApiProcess.StartAsync(folder, Cancel, ("PORT", "0"), (ApiProcess.Failpoint, $"{failpoint}:2")))
        {
            try
            {
                await using var socket = await killed.ConnectAsync(Cancel);
                await socket.TurnAsync(new { message = "albatross [emulator echo=\"albatross too\" first=0]" }, Cancel);
                await socket.TurnAsync(new { message = "albatross [emulator echo=\"albatross again\" first=0]" }, Cancel);
            }
            catch (Exception exception) when (exception is System.Net.WebSockets.WebSocketException or InvalidOperationException or HttpRequestException)
            {
                // It died before the end of the turn.
            }

            await killed.EndAsync(Cancel);
        }

        var kept = folder.Query("SELECT id FROM messages WHERE content LIKE '%albatross%' ORDER BY id", row => row.GetInt64(0));
        Assert.NotEmpty(kept);

        await using var api = await ApiProcess.StartAsync(folder, Cancel, ("PORT", "0"));
        using var http = api.Http();
        await ApiCalls.UntilAsync(
            async () => System.Text.Json.Nodes.JsonNode.Parse(await http.GetStringAsync("/search?q=albatross&limit=100", Cancel))!.AsObject().Hits()
                .Where(hit => hit["message_id"] is not null).Select(hit => hit.Number("message_id")).Order().ToList(),
            found => found.SequenceEqual(kept), Cancel);
        Assert.Equal(["ok"], folder.Query("PRAGMA integrity_check", row => row.GetString(0)));
    }
}
