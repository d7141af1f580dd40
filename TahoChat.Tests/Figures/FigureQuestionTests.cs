using System.Net;
using Microsoft.Data.Sqlite;
using TahoChat.Api.Figures;

namespace TahoChat.Tests.Figures;

/// <summary>What may be asked, and what the database does to answer.</summary>
public sealed class FigureQuestionTests(ApiFixture fixture) : IClassFixture<ApiFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("?days=0", "days has to be 1 to 365.")]
    [InlineData("?days=366", "days has to be 1 to 365.")]
    [InlineData("?days=many", "days: 'many' is not a whole number.")]
    [InlineData("?time_zone=Europe/Atlantis", "time_zone has to be the IANA name of a time zone, such as Europe/Berlin.")]
    [InlineData("?time_zone=../../etc/passwd", "time_zone has to be the IANA name of a time zone, such as Europe/Berlin.")]
    [InlineData("?utc_offset=841", "utc_offset has to be -840 to 840 minutes.")]
    [InlineData("?utc_offset=half", "utc_offset: 'half' is not a whole number.")]
    [InlineData("?utc_offset=60&time_zone=Europe/Berlin", "Give time_zone or utc_offset, not both.")]
    public async Task A_question_that_makes_no_sense_is_refused_in_words(string query, string detail)
    {
        var answer = await fixture.Api.CallAsync("GET", $"/stats/figures{query}", Cancel);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "application/problem+json"), (answer.Status, answer.MediaType));
        Assert.Equal(detail, answer.Json.Text("detail"));
    }

    /// <summary>A migration that rebuilds the table loses the index; a word changed on one side only loses its use.</summary>
    [Theory]
    [InlineData(FigureSql.Models)]
    [InlineData(FigureSql.Any)]
    [InlineData(FigureSql.Sums)]
    [InlineData(FigureSql.Speeds)]
    [InlineData(FigureSql.SlowestToEnd)]
    [InlineData(FigureSql.SlowestToBegin)]
    [InlineData(FigureSql.Failures)]
    public async Task No_message_is_read_for_the_figures(string question)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(fixture.Api.Folder, "chat.db")};Pooling=False");
        await connection.OpenAsync(Cancel);
        await using var command = connection.CreateCommand();
        foreach (var name in new[] { "$owner", "$model", "$from", "$until", "$stride", "$limit" }) command.Parameters.AddWithValue(name, "1");
        command.CommandText = "EXPLAIN QUERY PLAN " + question;
        var searches = Column(command, 3).Where(step => step.Contains("messages", StringComparison.Ordinal)).ToList();
        command.CommandText = "EXPLAIN " + question;
        var steps = Column(command, 1);

        Assert.NotEmpty(searches);
        Assert.All(searches, search => Assert.Contains("IX_messages_figures", search, StringComparison.Ordinal));
        // Taking a receipt apart would be a function's work.
        Assert.DoesNotContain("Function", steps);
    }

    private static List<string> Column(SqliteCommand command, int column)
    {
        using var rows = command.ExecuteReader();
        var texts = new List<string>();
        while (rows.Read()) texts.Add(rows.GetString(column));
        return texts;
    }
}
