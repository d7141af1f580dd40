using CsCheck;
using TahoChat.Api.Groq;

namespace TahoChat.Tests.Groq;

/// <summary>What of a conversation the model gets to read.</summary>
public sealed class HistoryTrimmerTests
{
    private static readonly GroqMessage _system = new("system", "Be brief.");

    [Fact]
    public void A_conversation_that_fits_stays_as_it_is()
    {
        GroqMessage[] messages = [_system, User("a"), Assistant("b"), User("c")];

        Assert.Same(messages, HistoryTrimmer.Trim(messages, 131072, 4096));
        Assert.Same(messages, HistoryTrimmer.Trim(messages, null, null));
    }

    [Fact]
    public void The_oldest_turns_go_first_and_whole()
    {
        var lengthy = new string('x', 300);
        GroqMessage[] messages = [_system, User(lengthy), Assistant("1"), User("2"), Assistant(lengthy), User("3"), Assistant("4"), User("5")];

        // 100 tokens for each long one: after the first turn is gone, the rest fits into 150.
        Assert.Equal([_system, .. messages[3..]], HistoryTrimmer.Trim(messages, 150, 0));
        Assert.Equal([_system, .. messages[5..]], HistoryTrimmer.Trim(messages, 100, 0));
        Assert.Equal([_system, messages[7]], HistoryTrimmer.Trim(messages, 1, 0));
    }

    [Fact]
    public void Room_is_kept_for_the_reply_but_half_the_window_at_most()
    {
        GroqMessage[] messages = [User(new string('x', 120)), Assistant("1"), User("2")];

        Assert.Same(messages, HistoryTrimmer.Trim(messages, 100, 20));
        Assert.Equal([messages[2]], HistoryTrimmer.Trim(messages, 100, 100));
        Assert.Same(messages, HistoryTrimmer.Trim(messages, 200, 100_000));
    }

    [Fact]
    public void Whatever_is_dropped_the_rest_is_whole_turns_that_fit_in_their_order()
    {
        var message = Gen.Select(Gen.OneOf(Gen.Const("system"), Gen.Const("user"), Gen.Const("assistant")), Gen.String[0, 60], (role, text) => new GroqMessage(role, text));
        Gen.Select(message.List[0, 20], Gen.Int[1, 400], Gen.Int[0, 200]).Sample((messages, window, reply) =>
        {
            var kept = HistoryTrimmer.Trim(messages, window, reply);
            var last = messages.FindLastIndex(message => message.Role == "user");
            var tail = last < 0 ? [] : messages[last..];

            // A suffix of what is no system message, beginning with a turn where anything was dropped.
            var others = messages.Where(message => message.Role != "system").ToList();
            var keptOthers = kept.Where(message => message.Role != "system").ToList();
            Assert.Equal(others[^keptOthers.Count..], keptOthers);
            Assert.Equal(messages.Where(message => message.Role == "system"), kept.Where(message => message.Role == "system"));
            if (keptOthers.Count < others.Count && keptOthers.Count > 0) Assert.Equal("user", keptOthers[0].Role);
            Assert.Equal(tail, kept.TakeLast(tail.Count));

            // It fits, or nothing more can be dropped.
            var budget = window - Math.Min(reply, window / 2);
            var onlyTheRest = keptOthers.Count <= tail.Count(message => message.Role != "system");
            Assert.True(onlyTheRest || kept.Sum(HistoryTrimmer.EstimateTokens) <= budget);
        });
    }

    [Theory]
    [InlineData("", 4)]
    [InlineData("abc", 5)]
    [InlineData("日本", 6)]
    public void Tokens_are_estimated_from_bytes(string text, long tokens) => Assert.Equal(tokens, HistoryTrimmer.EstimateTokens(User(text)));

    private static GroqMessage User(string text) => new("user", text);

    private static GroqMessage Assistant(string text) => new("assistant", text);
}
