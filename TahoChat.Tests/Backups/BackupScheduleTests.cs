using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace TahoChat.Tests.Backups;

/// <summary>Backups that nobody asks for.</summary>
public sealed class BackupScheduleTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Dictionary<string, string?> Every(int hours, int keep) =>
        new() { ["BACKUP_HOURS"] = $"{hours}", ["BACKUP_KEEP"] = $"{keep}" };

    [Fact]
    public async Task One_is_made_when_the_newest_is_old_enough_and_no_more_by_starting_often()
    {
        var folder = Directory.CreateTempSubdirectory("tahochat-schedule-");
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var backups = Path.Combine(folder.FullName, "backups");
        Directory.CreateDirectory(backups);
        await File.WriteAllTextAsync(Path.Combine(backups, "chat-mine.db"), "not ours", Token);
        await File.WriteAllTextAsync(Path.Combine(backups, "chat.db.new"), "what a kill left", Token);
        var first = "";
        for (var start = 0; start < 2; start++)
        {
            await using var api = await StartAsync(folder.FullName, time);
            first = Assert.Single(await BackupsAsync(backups, names => names.Count > 0));
            Assert.Equal("healthy", (await api.CallAsync("GET", "/health", Token)).Json.Text("backups"));
            time.Advance(TimeSpan.FromMinutes(20));
        }

        await using (var api = await StartAsync(folder.FullName, time))
        {
            await AdvanceUntilAsync(time, TimeSpan.FromMinutes(30), () => Names(backups).Count >= 2 && !Names(backups).Contains(first));
            var kept = await BackupsAsync(backups, names => names.Count == 2);
            Assert.Equal("not ours", await File.ReadAllTextAsync(Path.Combine(backups, "chat-mine.db"), Token));
            Assert.False(File.Exists(Path.Combine(backups, "chat.db.new")));
            var made = kept.Select(name => DateTimeOffset.ParseExact(name[5..^3], "yyyyMMdd'T'HHmmss.fff'Z'", CultureInfo.InvariantCulture)).ToList();
            Assert.True(made[1] - made[0] >= TimeSpan.FromHours(2));
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Backups_from_the_future_neither_stop_it_nor_make_it_go_on_for_ever()
    {
        var folder = Directory.CreateTempSubdirectory("tahochat-schedule-");
        var backups = Path.Combine(folder.FullName, "backups");
        Directory.CreateDirectory(backups);
        foreach (var hour in (string[])["10", "11"])
            await File.WriteAllTextAsync(Path.Combine(backups, $"chat-29991231T{hour}0000.000Z.db"), "of a clock that went wrong", Token);
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using (var api = await StartAsync(folder.FullName, time, KeyValuePair.Create<string, string?>("NEW_DATABASE", "true")))
        {
            var made = await BackupsAsync(backups, names => names.Count == 2 && !names[0].StartsWith("chat-2999", StringComparison.Ordinal));
            for (var minute = 0; minute < 10; minute++)
            {
                time.Advance(TimeSpan.FromMinutes(1));
                Assert.Equal(HttpStatusCode.OK, (await api.CallAsync("GET", "/health", Token)).Status);
            }

            Assert.Equal(made, Names(backups));
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task One_that_cannot_be_made_is_told_and_tried_again()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var folder = Directory.CreateTempSubdirectory("tahochat-schedule-");
        var backups = Path.Combine(folder.FullName, "backups");
        await File.WriteAllTextAsync(backups, "A file where the folder should be.", Token);
        await using (var api = await StartAsync(folder.FullName, time))
        {
            await ApiCalls.UntilAsync(() => api.CallAsync("GET", "/health", Token), health => health.Json.Text("backups") == "failing", Token);
            Assert.Equal("healthy", (await api.CallAsync("GET", "/health", Token)).Json.Text("status"));
            File.Delete(backups);

            await AdvanceUntilAsync(time, TimeSpan.FromMinutes(5), () => Directory.Exists(backups) && Names(backups).Count > 0);
            await ApiCalls.UntilAsync(() => api.CallAsync("GET", "/health", Token), health => health.Json.Text("backups") == "healthy", Token);
        }

        folder.Delete(recursive: true);
    }

    private static Task<TestApi> StartAsync(string folder, FakeTimeProvider time, params KeyValuePair<string, string?>[] settings) =>
        TestApi.StartAsync(Token, new Dictionary<string, string?>([.. Every(2, 2), .. settings]), folder, services => services.AddSingleton<TimeProvider>(time));

    private static List<string> Names(string backups) =>
        [.. Directory.GetFiles(backups, "chat-2*.db").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private static Task<List<string>> BackupsAsync(string backups, Predicate<List<string>> fit) =>
        ApiCalls.UntilAsync(() => Task.FromResult(Names(backups)), names => fit(names), Token);

    private static Task AdvanceUntilAsync(FakeTimeProvider time, TimeSpan step, Func<bool> holds) => ApiCalls.UntilAsync(
        () =>
        {
            if (holds()) return Task.FromResult(true);
            time.Advance(step);
            return Task.FromResult(false);
        },
        Token);
}
