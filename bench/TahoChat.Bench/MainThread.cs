using System.Text.Json;
using Microsoft.Playwright;

namespace TahoChat.Bench;

/// <summary>The tasks of a page's main thread while it was watched, in milliseconds.</summary>
internal sealed record Tasks(IReadOnlyList<double> Milliseconds)
{
    /// <summary>What people notice: over 50 ms (the Long Tasks specification's limit).</summary>
    public int Long => Milliseconds.Count(task => task > 50);

    public double Longest => Milliseconds.DefaultIfEmpty().Max();
}

/// <summary>Reads the tasks of a page's main thread from the browser's own tracing.</summary>
internal sealed class MainThread(ICDPSession session)
{
    private static readonly string[] _categories = ["toplevel", "__metadata"];

    private const string Task = "ThreadControllerImpl::RunTask";

    public static async Task<MainThread> OfAsync(IPage page) => new(await page.Context.NewCDPSessionAsync(page));

    /// <summary>Everything between the start and the end of <paramref name="work"/>.</summary>
    public async Task<Tasks> WatchAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        List<JsonElement> events = [];
        var complete = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Collect(object? sender, JsonElement? data) => events.AddRange(data!.Value.GetProperty("value").EnumerateArray());
        void Complete(object? sender, JsonElement? data) => complete.TrySetResult();
        session.Event("Tracing.dataCollected").OnEvent += Collect;
        session.Event("Tracing.tracingComplete").OnEvent += Complete;
        try
        {
            await session.SendAsync("Tracing.start", new Dictionary<string, object>
            {
                ["transferMode"] = "ReportEvents",
                ["traceConfig"] = new Dictionary<string, object> { ["includedCategories"] = _categories, ["recordMode"] = "recordUntilFull" },
            });
            await work();
            await session.SendAsync("Tracing.end");
            await complete.Task.WaitAsync(TimeSpan.FromMinutes(2), cancellationToken);
        }
        finally
        {
            session.Event("Tracing.dataCollected").OnEvent -= Collect;
            session.Event("Tracing.tracingComplete").OnEvent -= Complete;
        }

        return new Tasks(MainTasks(events));
    }

    // Of all pages' main threads: only one page is open while it is measured.
    private static List<double> MainTasks(List<JsonElement> events)
    {
        var main = events.Where(item => Name(item) == "thread_name" && item.GetProperty("args").GetProperty("name").GetString() == "CrRendererMain")
            .Select(Thread).ToHashSet();
        return [.. events.Where(item => Name(item) == Task && item.TryGetProperty("dur", out _) && main.Contains(Thread(item)))
            .Select(item => item.GetProperty("dur").GetDouble() / 1000)];
    }

    private static string? Name(JsonElement item) => item.GetProperty("name").GetString();

    private static (int, int) Thread(JsonElement item) => (item.GetProperty("pid").GetInt32(), item.GetProperty("tid").GetInt32());
}
