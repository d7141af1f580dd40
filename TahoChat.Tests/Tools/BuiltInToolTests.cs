using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;
using TahoChat.Api.Tools;
using TahoChat.Api.Tools.BuiltIn;

namespace TahoChat.Tests.Tools;

/// <summary>What the tools that come with the server do.</summary>
public sealed class BuiltInToolTests
{
    [Theory]
    [InlineData("1 + 2 * 3", "7")]
    [InlineData("(1 + 2) * 3", "9")]
    [InlineData("0.1 + 0.2", "0.3")]
    [InlineData("1/3*3", "1")]
    [InlineData("-2^2", "-4")]
    [InlineData("2^3^2", "512")]
    [InlineData("2**10 - 2*-3", "1030")]
    [InlineData("2 ^ -2", "0.25")]
    [InlineData("17 % 5", "2")]
    [InlineData("123456789012345678 * 3", "370370367037037034")]
    [InlineData("2^100", "1.26765060022823E+30")]
    [InlineData("1e-30 * 1e-30", "1E-60")]
    [InlineData("1.10 - 0.10", "1")]
    [InlineData("6 ÷ 4 × 2 − 1", "2")]
    [InlineData("sqrt(2)", "1.414213562373095048801689")]
    [InlineData("sqrt(144)", "12")]
    [InlineData("sin(pi / 2)", "1")]
    [InlineData("ROUND(2.345, 2)", "2.35")]
    [InlineData("max(1, 5, 3) + min(4, 2)", "7")]
    [InlineData("log(1000) + ln(e) + log(8, 2)", "7")]
    [InlineData("abs(-3) + floor(2.7) + ceil(2.1)", "8")]
    public async Task The_calculator_works_out(string expression, string expected) =>
        Assert.Equal(expected, await CalculateAsync(expression));

    [Theory]
    [InlineData("1 / 0", "Division by zero.")]
    [InlineData("5 % 0", "Division by zero.")]
    [InlineData("0 ^ -1", "Division by zero.")]
    [InlineData("", "The expression ends too early.")]
    [InlineData("1 +", "The expression ends too early.")]
    [InlineData("(1 + 2", "A closing parenthesis is missing.")]
    [InlineData("2 & 3", "\"&\" was not expected at position 3.")]
    [InlineData("2 3", "\"3\" was not expected at position 3.")]
    [InlineData("sqrt(-1)", "A square root needs a number that is not negative.")]
    [InlineData("ln(0)", "A logarithm needs a number above zero.")]
    [InlineData("asin(2)", "The result is not a real number.")]
    [InlineData("10 ^ 400", "The result is too large.")]
    [InlineData("9^9^9^9", "The result is too large.")]
    [InlineData("System.IO", "There is no constant \"System\".")]
    [InlineData("launch(1)", "There is no function \"launch\".")]
    [InlineData("sqrt(1, 2)", "sqrt does not take 2 values.")]
    [InlineData("sin", "sin needs its values in parentheses.")]
    public async Task The_calculator_says_what_is_wrong(string expression, string expected) =>
        Assert.Equal(expected, (await Assert.ThrowsAsync<ToolException>(() => CalculateAsync(expression))).Message);

    [Fact]
    public async Task Neither_deep_nor_long_expressions_bring_the_calculator_down()
    {
        foreach (var deep in (string[])[new string('(', 900), new string('-', 900) + "1", string.Concat(Enumerable.Repeat("sin(", 200))])
            Assert.Equal("The expression is nested too deeply.", (await Assert.ThrowsAsync<ToolException>(() => CalculateAsync(deep))).Message);
        var chain = string.Concat(Enumerable.Repeat("2^", 400)) + "1";
        await Assert.ThrowsAsync<ToolException>(() => CalculateAsync(chain));
        await Assert.ThrowsAsync<ToolException>(() => CalculateAsync(new string('1', 1001)));
    }

    [Theory]
    [InlineData("Europe/Berlin", "2026-01-01 00:30:00, Thursday, UTC+01:00 (Europe/Berlin)")]
    [InlineData("America/New_York", "2025-12-31 18:30:00, Wednesday, UTC-05:00 (America/New_York)")]
    [InlineData("UTC", "2025-12-31 23:30:00, Wednesday, UTC+00:00 (UTC)")]
    [InlineData(null, "2025-12-31 23:30:00, Wednesday, UTC+00:00 (UTC)")]
    public async Task The_time_is_told_with_date_weekday_and_offset(string? zone, string expected)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2025, 12, 31, 23, 30, 0, TimeSpan.Zero));
        Assert.Equal(expected, await InvokeAsync(time, "current_time", zone is null ? [] : new() { ["time_zone"] = zone }));
    }

    [Fact]
    public async Task An_unknown_time_zone_is_said_to_be_one()
    {
        var error = await Assert.ThrowsAsync<ToolException>(
            () => InvokeAsync(TimeProvider.System, "current_time", new() { ["time_zone"] = "Mars/Olympus" }));
        Assert.StartsWith("There is no such time zone.", error.Message, StringComparison.Ordinal);
    }

    private static Task<string> CalculateAsync(string expression) =>
        InvokeAsync(TimeProvider.System, "calculator", new() { ["expression"] = expression });

    private static async Task<string> InvokeAsync(TimeProvider time, string name, AIFunctionArguments arguments)
    {
        var tool = new BuiltInTools(time).Create().Single(tool => tool.Name == name);
        Assert.True(tool.Safe);
        return (await tool.Function.InvokeAsync(arguments, TestContext.Current.CancellationToken))!.ToString()!;
    }
}
