using TahoChat.ServiceDefaults.Logging;

namespace TahoChat.Tests.Telemetry;

/// <summary>What a log may say of a text.</summary>
public sealed class RedactorTests
{
    private static readonly Redactor _redactor = new(["correct horse", "abc", null, "tok/en+1"]);

    [Theory]
    [InlineData("Invalid key gsk_0aB1cD2eF3 for org_01hxyz in project_01abc", "Invalid key [redacted] for [redacted] in [redacted]")]
    [InlineData("sk-proj-abcDEF012 and sk-ant-api03-xyz", "[redacted] and [redacted]")]
    [InlineData("Authorization: Bearer abcdef.ghi, next", "Authorization: Bearer [redacted], next")]
    [InlineData("{\"authorization\":\"Basic dXNlcjpwYXNz\"}", "{\"authorization\":\"Basic [redacted]\"}")]
    [InlineData("postgres://chat:hunter22@db:5432/chat", "postgres://[redacted]@db:5432/chat")]
    [InlineData("?api_key=s3cr3t&x=1", "?api_key=[redacted]&x=1")]
    [InlineData("{\"password\": \"open sesame\"}", "{\"password\": \"[redacted] sesame\"}")]
    [InlineData("Cookie: session=eyJhbGciOi.eyJzdWIiOiIx.sig", "Cookie: [redacted]")]
    [InlineData("AIzaSyA0123456789abcdefghijklmn ghp_0123456789abcdefghij", "[redacted] [redacted]")]
    [InlineData("The password is CORRECT HORSE, tok/en+1", "The password is [secret], [secret]")]
    [InlineData("GET http://localhost:8000/s/5xq0lJ8nWm2rKc7TtYbV1A 200", "GET http://localhost:8000/s/[redacted] 200")]
    [InlineData("abc is too short a secret", "abc is too short a secret")]
    [InlineData("Rate limit reached for model llama-3.3-70b on tokens per minute (TPM): Limit 8000", "Rate limit reached for model llama-3.3-70b on tokens per minute (TPM): Limit 8000")]
    [InlineData("Grüße, 世界 🌊", "Grüße, 世界 🌊")]
    public void Secrets_are_hidden_and_the_rest_stays(string text, string safe) => Assert.Equal(safe, _redactor.Line(text));

    [Fact]
    public void Nothing_ends_a_line_moves_the_cursor_or_turns_the_writing_around()
    {
        Assert.Equal(@"one\u000d\u000awarn: forged\u0009\u001b[2J\u0000\u202e\u2028\u0085\ufffd", _redactor.Line("one\r\nwarn: forged\t\u001b[2J\0\u202e\u2028\u0085\ud83d"));
        Assert.Equal("one\n\t\\u001b[2J", _redactor.Lines("one\n\t\u001b[2J"));
    }

    [Fact]
    public void Numbers_and_times_stay_what_they_are_and_all_else_becomes_a_redacted_text()
    {
        object?[] same = [null, 1, 2L, 3.5, true, DayOfWeek.Friday, TimeSpan.FromSeconds(1), DateTimeOffset.UnixEpoch, Guid.Empty];
        Assert.Equal(same, same.Select(_redactor.Value));
        Assert.Equal("[redacted], 2", _redactor.Value(new object[] { "gsk_0aB1cD2eF3", 2 }));
        Assert.Equal("http://[redacted]@host/", _redactor.Value(new Uri("http://user:hunter22@host/")));
    }

    [Fact]
    public void An_exception_that_says_no_secret_is_left_alone_and_another_is_told_without_it()
    {
        var harmless = Thrown("Nothing to hide");
        var quoting = Thrown("Key gsk_0aB1cD2eF3\r\nforged");

        Assert.Same(harmless, _redactor.Exception(harmless));
        var safe = _redactor.Exception(quoting)!;
        Assert.Equal(@"Key [redacted]\u000d\u000aforged", safe.Message);
        Assert.StartsWith("System.InvalidOperationException: Key [redacted]", safe.ToString(), StringComparison.Ordinal);
        Assert.Contains("\n   at ", safe.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("gsk_", safe.ToString(), StringComparison.Ordinal);
    }

    private static InvalidOperationException Thrown(string message)
    {
        try
        {
            throw new InvalidOperationException(message);
        }
        catch (InvalidOperationException exception)
        {
            return exception;
        }
    }
}
