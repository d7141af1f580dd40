using System.Globalization;
using System.Text;
using TahoChat.GroqEmulator.Wire;
using static TahoChat.GroqEmulator.Faults.FaultMoment;

namespace TahoChat.GroqEmulator.Faults;

/// <summary>Answers with a body that nobody expects.</summary>
internal sealed record BodyFault(FaultDescription About, int Status, string ContentType, Func<FaultContext, string> Body, int Times = 1) : Fault.Answer(About)
{
    public override async Task WriteAsync(FaultContext context, CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(Body(context));
        context.Http.Response.StatusCode = Status;
        context.Http.Response.ContentType = ContentType;
        context.Http.Response.ContentLength = (long)bytes.Length * Times;
        if (Status is >= 300 and < 400) context.Http.Response.Headers.Location = "http://elsewhere.invalid/openai/v1/chat/completions";
        for (var time = 0; time < Times; time++) await context.Http.Response.Body.WriteAsync(bytes, cancellationToken);
    }
}

internal static class BodyFaults
{
    private const int Megabyte = 1024 * 1024;
    private const string Json = "application/json";

    public static IReadOnlyList<Fault> All { get; } =
    [
        Of("echo-key", "400 whose text repeats the API key and the organisation", 400, Json, EchoKey),
        Of("empty-body", "500 without a body", 500, Json, _ => ""),
        new BodyFault(new("huge-body", "500 with a body of 32 MB", BeforeContent), 500, "text/plain", _ => new string('x', Megabyte), Times: 32),
        Of("redirect", "307 to another host", 307, "text/plain", _ => ""),
        Of("json-error", "200 whose JSON is an error", 200, Json, _ => """{"error":{"message":"over capacity","type":"internal_server_error","code":"internal_server_error"}}"""),
        Of("html", "200 with a page of HTML", 200, "text/html", _ => $"<html><body>Sign in to continue, {WireIds.Organisation}</body></html>"),
        new BodyFault(new("json", "200 with a whole completion in place of a stream", Harmless), 200, Json, Completion),
    ];

    private static BodyFault Of(string name, string description, int status, string contentType, Func<FaultContext, string> body) =>
        new(new FaultDescription(name, description, BeforeContent), status, contentType, body);

    private static string EchoKey(FaultContext context) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"error":{"message":"Request with Authorization {{{context.Http.Request.Headers.Authorization}}} of {{{WireIds.Organisation}}} was rejected","type":"invalid_request_error"}}""");

    private static string Completion(FaultContext context) =>
        $$$"""{"id":"{{{WireIds.Completion()}}}","object":"chat.completion","model":"{{{context.Model}}}","choices":[{"index":0,"message":{"role":"assistant","content":"In one piece."},"finish_reason":"stop"}]}""";
}
