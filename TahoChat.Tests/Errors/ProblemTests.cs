using System.Net;
using System.Text;
using System.Text.Json;
using TahoChat.Tests.Access;

namespace TahoChat.Tests.Errors;

public sealed class ProblemTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "/conversations/2", null, 404, "There is no conversation with this id.")]
    [InlineData("GET", "/conversations/two", null, 422, "id: 'two' is not a whole number.")]
    [InlineData("GET", "/conversations/99999999999999999999", null, 422, "is not a whole number.")]
    [InlineData("GET", "/conversations?limit=many", null, 422, "limit: 'many' is not a whole number.")]
    [InlineData("GET", "/conversations?limit=", null, 422, "limit: '' is not a whole number.")]
    [InlineData("GET", "/nothing", null, 404, "There is nothing at this address.")]
    [InlineData("PUT", "/conversations", "{}", 405, "This address does not know this method.")]
    [InlineData("POST", "/conversations", "{\"title\":", 422, "the JSON breaks off here")]
    [InlineData("POST", "/conversations", "nonsense", 422, "The body is not the JSON that is expected here.")]
    [InlineData("POST", "/conversations", "{\"title\":5}", 422, "title: ")]
    [InlineData("POST", "/conversations", "{\"title\":\"x\",\"mood\":\"sour\"}", 422, "mood: ")]
    [InlineData("POST", "/conversations", "", 422, "A JSON body is needed.")]
    [InlineData("GET", "/fails", null, 500, "Something went wrong on the server. Its log has the details.")]
    public async Task An_error_is_problem_details_with_a_sentence(string method, string path, string? body, int status, string detail)
    {
        await using var host = await AccessHost.StartAsync(Cancel);
        using var client = host.Client();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        var response = await client.SendAsync(request, Cancel);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.Equal((HttpStatusCode)status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        using var problem = JsonDocument.Parse(text);
        Assert.Equal(status, problem.RootElement.GetProperty("status").GetInt32());
        Assert.Contains(detail, problem.RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(problem.RootElement.GetProperty("trace_id").GetString()!);
        Assert.DoesNotContain("inner secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("traceId", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_is_json_for_a_browser_too()
    {
        await using var host = await AccessHost.StartAsync(Cancel);
        foreach (var path in new[] { "/conversations/2", "/conversations/two", "/fails", "/nothing" })
        {
            var response = await host.SendAsync($"GET {path} HTTP/1.1", Cancel, "Host: localhost", "Accept: text/html", "Connection: close");
            Assert.Contains("application/problem+json", response.Rest, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_body_that_is_not_json_is_a_415()
    {
        await using var host = await AccessHost.StartAsync(Cancel);
        using var client = host.Client();
        var response = await client.PostAsync("/conversations", new StringContent("title"), Cancel);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Contains("has to be JSON", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_nested_deeper_than_32_is_a_422_and_one_larger_than_the_limit_a_413()
    {
        await using var host = await AccessHost.StartAsync(Cancel);
        using var client = host.Client();
        Assert.Equal(HttpStatusCode.Created, await PostExtraAsync(client, 31));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await PostExtraAsync(client, 32));
        var large = await host.SendAsync(
            "POST /conversations HTTP/1.1", Cancel, "Host: localhost", "Content-Type: application/json", "Content-Length: 40000000", "Connection: close");
        Assert.Equal(413, large.Status);
        Assert.Contains("application/problem+json", large.Rest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_and_enums_are_snake_case_and_letters_stay_as_they_are()
    {
        await using var host = await AccessHost.StartAsync(Cancel);
        using var client = host.Client();
        var body = new StringContent("{\"title\":\"Grüße <&> 🙂\",\"mood\":\"very_good\"}", Encoding.UTF8, "application/json");
        var response = await client.PostAsync("/conversations", body, Cancel);
        Assert.Equal("{\"title\":\"Grüße <&> \\uD83D\\uDE42\",\"mood\":\"very_good\"}", await response.Content.ReadAsStringAsync(Cancel));
        Assert.Contains("\"last_message\"", await client.GetStringAsync("/conversations", Cancel), StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> PostExtraAsync(HttpClient client, int depth)
    {
        var body = $"{{\"title\":\"x\",\"extra\":{new string('[', depth)}{new string(']', depth)}}}";
        return (await client.PostAsync("/conversations", new StringContent(body, Encoding.UTF8, "application/json"), Cancel)).StatusCode;
    }
}
