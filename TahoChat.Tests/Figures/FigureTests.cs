using System.Text.Json.Nodes;
using TahoChat.Api.Figures;
using TahoChat.Tests.Search;

namespace TahoChat.Tests.Figures;

/// <summary>What <c>GET /stats/figures</c> tells of replies.</summary>
public sealed class FigureTests
{
    private const string Now = "2026-06-15T12:00:00Z";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Chats_are_counted_by_how_they_ended_by_model_and_by_reason()
    {
        await using var api = await TestApi.StartAsync(Cancel, new Dictionary<string, string?> { ["GROQ_MAX_RETRIES"] = "0" });
        await using var socket = await api.ConnectAsync(Cancel);
        var first = (await socket.TurnAsync(new { message = "One [emulator echo=first]" }, Cancel))[^1];
        var second = (await socket.TurnAsync(new { message = "Two [emulator echo=second]", model = "openai/gpt-oss-20b" }, Cancel))[^1];
        var refused = (await socket.TurnAsync(new { message = "[emulator fault=401]" }, Cancel))[^1];
        await socket.TurnAsync(new { message = "[emulator fault=reset after=8 first=0]" }, Cancel);
        await socket.GrowAsync(Cancel);

        var figures = await api.FiguresAsync("?days=2", Cancel);

        Assert.Equal("""{"complete":2,"stopped":0,"interrupted":1,"failed":1}""", figures["totals"]!["replies"]!.ToJsonString());
        var usage = new[] { first, second }.Select(end => end["usage"]!.AsObject()).ToList();
        Assert.Equal(usage.Sum(one => one.Number("prompt_tokens")), (long)figures["totals"]!["tokens"]!["prompt"]!);
        Assert.Equal(usage.Sum(one => one.Number("completion_tokens")), (long)figures["totals"]!["tokens"]!["completion"]!);
        Assert.Equal(["openai/gpt-oss-120b 3", "openai/gpt-oss-20b 1"], Models(figures).Select(model => $"{model.Text("model")} {All(model)}"));
        Assert.True((double)Models(figures)[1]["tokens_per_second"]!["median"]! > 0);
        Assert.Equal(
            ["provider_disconnected 1 0.5", "provider_unauthorized 1 0.5"],
            figures["failures"]!.AsArray().Select(failure => $"{failure!["code"]} {failure["count"]} {failure["share"]}"));
        var slow = figures["slowest"]!["by_duration"]!.AsArray().Select(one => one!.AsObject()).ToList();
        Assert.Equal(4, slow.Count);
        Assert.Equal(slow.Select(one => (double)one["duration"]!).OrderDescending(), slow.Select(one => (double)one["duration"]!));
        var failed = slow.Single(one => one.Number("message_id") == refused.Number("message_id"));
        var kept = await api.MessageAsync(failed.Number("conversation_id"), failed.Number("message_id"), Cancel);
        Assert.Equal(("failed", kept.Text("trace_id")), (failed.Text("status"), failed.Text("trace_id")));
        Assert.Contains(slow, one => one.Number("message_id") == first.Number("message_id") && one.Number("completion_tokens") > 0);
    }

    [Fact]
    public async Task Speeds_are_told_by_their_percentiles()
    {
        await using var api = await FigureRows.StartAtAsync(Now, Cancel);
        await api.AddAsync(Cancel, [.. Enumerable.Range(1, 5).Select(i => new ReplyRow("2026-06-14T10:00:00Z")
        {
            Receipt = new { PromptTokens = 100, CompletionTokens = 10 * i, CompletionTime = 0.5, TimeToFirstToken = i, WaitTime = i == 5 ? 1.0 : (double?)null },
        })]);
        await api.AddAsync(Cancel, new ReplyRow("2026-06-14T10:00:00Z") { Model = "model-b", Receipt = new { CompletionTokens = 0, CompletionTime = 0.1 } });

        var figures = await api.FiguresAsync("", Cancel);

        var model = Models(figures)[0];
        Assert.Equal("""{"count":5,"p10":28,"median":60,"p90":92,"p95":96}""", model["tokens_per_second"]!.ToJsonString());
        // The fifth waited a second behind another reply, so that 1, 2, 3, 4 and 4 are left.
        Assert.Equal("""{"count":5,"p10":1.4,"median":3,"p90":4,"p95":4}""", model["time_to_first_token"]!.ToJsonString());
        Assert.Equal(model["tokens_per_second"]!.ToJsonString(), figures["totals"]!["tokens_per_second"]!.ToJsonString());
        Assert.False(Models(figures)[1].ContainsKey("tokens_per_second"));
    }

    [Fact]
    public void A_number_that_stands_for_several_counts_as_often()
    {
        var (chosen, all) = (new Numbers(), new Numbers());
        foreach (var number in new double[] { 7, 1, 5 }) chosen.Add(number, 3);
        foreach (var number in new double[] { 1, 1, 1, 5, 5, 5, 7, 7, 7 }) all.Add(number, 1);
        all.Add(double.PositiveInfinity, 1);
        all.Add(null, 1);

        Assert.Equal(all.ToSpread(), chosen.ToSpread());
        Assert.Equal((9, 5.0), (all.ToSpread()!.Count, all.ToSpread()!.Median));
        Assert.Null(new Numbers().ToSpread());
    }

    [Fact]
    public async Task What_has_not_ended_was_taken_back_or_is_anothers_is_in_no_figure()
    {
        await using var api = await FigureRows.StartAtAsync(Now, Cancel);
        await api.AddAsync(
            Cancel,
            new ReplyRow("2026-06-15T10:00:00Z") { Status = "streaming" },
            new ReplyRow("2026-06-15T10:00:00Z") { Status = "queued" },
            new ReplyRow("2026-06-15T10:00:00Z") { Status = "removed" },
            new ReplyRow("2026-06-15T10:00:00Z") { Owner = "another", Model = "theirs", Status = "failed", Code = "internal" },
            new ReplyRow("2026-06-15T10:00:00Z") { Model = null, Status = "stopped" });

        var figures = await api.FiguresAsync("", Cancel);

        Assert.Equal("""{"complete":0,"stopped":1,"interrupted":0,"failed":0}""", figures["totals"]!["replies"]!.ToJsonString());
        Assert.Equal([""], Models(figures).Select(model => model.Text("model")));
        Assert.Empty(figures["failures"]!.AsArray());
        Assert.Single(figures["slowest"]!["by_duration"]!.AsArray());
    }

    [Fact]
    public async Task Money_spent_is_told_apart_from_what_the_emulator_would_have_cost_and_the_days_before_are_told_too()
    {
        await using var api = await FigureRows.StartAtAsync(Now, Cancel);
        await api.AddAsync(
            Cancel,
            new ReplyRow("2026-06-15T10:00:00Z") { Receipt = new { Cost = 0.25 } },
            new ReplyRow("2026-06-15T11:00:00Z") { Receipt = new { Cost = 0.5, CostIsSimulated = (bool?)null } },
            new ReplyRow("2026-06-14T10:00:00Z") { Receipt = new { Cost = 3.0, CostIsSimulated = true } },
            new ReplyRow("2026-06-13T10:00:00Z") { Status = "failed", Code = "internal", Receipt = new { Cost = 1.5 } },
            new ReplyRow("2026-06-11T23:59:59Z"));

        var figures = await api.FiguresAsync("?days=2", Cancel);

        Assert.Equal("""{"spent":0.75,"simulated":3}""", figures["totals"]!["cost"]!.ToJsonString());
        Assert.Equal("""{"simulated":3}""", figures["days"]![0]!["cost"]!.ToJsonString());
        Assert.Equal("""{"spent":1.5}""", figures["before"]!["cost"]!.ToJsonString());
        Assert.Equal("""{"complete":0,"stopped":0,"interrupted":0,"failed":1}""", figures["before"]!["replies"]!.ToJsonString());
        Assert.Empty(figures["failures"]!.AsArray());
    }

    [Fact]
    public async Task The_slowest_are_ten_by_their_end_and_by_their_first_token()
    {
        await using var api = await FigureRows.StartAtAsync(Now, Cancel);
        var ids = await api.AddAsync(Cancel, [.. Enumerable.Range(1, 30).Select(i => new ReplyRow("2026-06-15T10:00:00Z")
        {
            Model = i % 2 == 0 ? "even" : "odd",
            Took = i,
            Receipt = new { TimeToFirstToken = 31 - i, CompletionTokens = i },
        })]);

        var slowest = (await api.FiguresAsync("", Cancel))["slowest"]!;

        Assert.Equal(Enumerable.Reverse(ids).Take(10), slowest["by_duration"]!.AsArray().Select(one => one!.AsObject().Number("message_id")));
        Assert.Equal(ids.Take(10), slowest["by_first_token"]!.AsArray().Select(one => one!.AsObject().Number("message_id")));
        Assert.Equal(("A title", 30.0, 1.0), ((string)slowest["by_duration"]![0]!["title"]!, (double)slowest["by_duration"]![0]!["duration"]!, (double)slowest["by_duration"]![0]!["time_to_first_token"]!));

        // Those in the trash make room for the next.
        api.Change($"UPDATE conversations SET deleted_at = updated_at WHERE id IN (SELECT conversation_id FROM messages WHERE id > {ids[^25]})");
        slowest = (await api.FiguresAsync("", Cancel))["slowest"]!;
        Assert.Equal(Enumerable.Reverse(ids).Skip(24), slowest["by_duration"]!.AsArray().Select(one => one!.AsObject().Number("message_id")));
    }

    private static List<JsonObject> Models(JsonObject figures) => [.. figures["models"]!.AsArray().Select(model => model!.AsObject())];

    private static long All(JsonObject model) => model["replies"]!.AsObject().Sum(count => (long)count.Value!);
}
