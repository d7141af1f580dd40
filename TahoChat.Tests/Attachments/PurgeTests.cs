using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace TahoChat.Tests.Attachments;

/// <summary>What is uploaded and never sent is not kept for ever.</summary>
public sealed class PurgeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Files_that_are_not_sent_within_a_day_are_deleted_and_sent_ones_stay()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var api = await TestApi.StartAsync(Cancel, services: services => services.AddSingleton<TimeProvider>(time));
        var unsent = await api.AttachAsync(SampleFiles.Text("unsent"), "unsent.txt", Cancel);
        var sent = await api.AttachAsync(SampleFiles.Text("sent"), "sent.txt", Cancel);
        await using var socket = await api.ConnectAsync(Cancel);
        await socket.SendAsync(new { message = "[emulator echo=\"Here\" first=0]", attachment_ids = new[] { sent } }, Cancel);
        await socket.ReceiveFirstAsync(frame => frame.Text("status") == "streaming", Cancel);

        time.Advance(TimeSpan.FromHours(23));
        Assert.Equal(HttpStatusCode.OK, (await api.CallAsync("GET", $"/attachments/{unsent}", Cancel)).Status);
        await ApiCalls.UntilAsync(
            async () =>
            {
                time.Advance(TimeSpan.FromHours(1));
                return (await api.CallAsync("GET", $"/attachments/{unsent}", Cancel)).Status;
            },
            status => status == HttpStatusCode.NotFound,
            Cancel,
            TimeSpan.FromSeconds(60));
        Assert.Equal(HttpStatusCode.OK, (await api.CallAsync("GET", $"/attachments/{sent}", Cancel)).Status);
    }
}
