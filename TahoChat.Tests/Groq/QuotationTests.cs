using TahoChat.Api.Groq;

namespace TahoChat.Tests.Groq;

/// <summary>Of an error that quotes the conversation, what is not a quotation is kept.</summary>
public sealed class QuotationTests
{
    private const string Prompt = "My doctor said:\n\"Take 20 mg of Lisinopril\" – is that too much for a sailor?";

    [Theory]
    [InlineData("Unprocessable: {\"content\":\"My doctor said:\\n\\\"Take 20 mg of Lisinopril\\\" \\u2013 is that too much for a sailor?\"}", "Unprocessable: {\"content\":\"[quoted]\"}")]
    [InlineData("[{'type': 'missing', 'input': 'Take 20 mg of Lisinopril…'}]", "[{'type': 'missing', 'input': '[quoted]…'}]")]
    [InlineData("Bad word in 'Ahoy!'", "Bad word in '[quoted]'")]
    [InlineData("Bad tool call {\"path\":\"/home/me/diary.txt\"}", "Bad tool call [quoted]")]
    [InlineData("Rate limit reached on tokens per minute: Limit 8000, Used 7800", "Rate limit reached on tokens per minute: Limit 8000, Used 7800")]
    [InlineData("", "")]
    [InlineData(null, null)]
    public void What_is_in_a_message_is_left_out(string? error, string? kept)
    {
        var request = new GroqRequest("model", [
            new GroqMessage("user", "Ahoy!"),
            new GroqMessage("assistant", "") { ToolCalls = [new GroqToolCall("call", "read", "{\"path\":\"/home/me/diary.txt\"}")] },
            new GroqMessage("user", "no"),
            new GroqMessage("user", Prompt)]);

        Assert.Equal(kept, Quotation.Without(error, request));
    }

    [Fact]
    public void A_request_that_is_no_completion_quotes_nobody() => Assert.Equal(Prompt, Quotation.Without(Prompt, null));
}
