using static TahoChat.GroqEmulator.Faults.FaultMoment;

namespace TahoChat.GroqEmulator.Faults;

/// <summary>Groq's error answers.</summary>
internal static class StatusFaults
{
    public static IReadOnlyList<Fault> All { get; } =
    [
        Of("400", "The conversation is longer than the model can read", _ => AnswerErrors.BadRequest),
        Of("401", "Invalid API key", _ => AnswerErrors.InvalidKey),
        Of("403", "The network is blocked, even with a valid key", _ => AnswerErrors.Forbidden),
        Of("404", "The model does not exist", context => Models.ModelCatalog.NotFound(context.Model)),
        Of("decommissioned", "400: the model is decommissioned", AnswerErrors.Decommissioned),
        Of("413", "One request larger than the limit of tokens a minute", AnswerErrors.TooLarge),
        Of("422", "Unprocessable", _ => AnswerErrors.Unprocessable),
        Of("424", "A dependency failed", _ => AnswerErrors.FailedDependency),
        Of("429", "Rate limit of tokens a minute, 32 s to wait", AnswerErrors.RateLimit),
        Of("429-now", "Rate limit with retry-after: 0", context => AnswerErrors.RateLimit(After(context, "0"))),
        Of("429-soon", "Rate limit with retry-after: 2", context => AnswerErrors.RateLimit(After(context, "2"))),
        Of("429-hour", "Rate limit with retry-after: 3600", context => AnswerErrors.RateLimit(After(context, "3600"))),
        Of("429-garbage", "Rate limit whose retry-after cannot be read", context => AnswerErrors.BareRateLimit("soon-ish; 7 or so")),
        Of("429-bare", "Rate limit that does not say how long", _ => AnswerErrors.BareRateLimit(null)),
        Of("429-requests-day", "The day's requests are used up", context => AnswerErrors.DailyLimit(context, "requests", "RPD", 1000)),
        Of("429-tokens-day", "The day's tokens are used up", context => AnswerErrors.DailyLimit(context, "tokens", "TPD", 200_000)),
        Of("498", "The flex tier is full", _ => AnswerErrors.FlexCapacity),
        Of("499", "The request was cancelled on its way", _ => AnswerErrors.Cancelled),
        Of("500", "Internal server error", _ => AnswerErrors.Internal),
        new HtmlFault(new("502", "Bad gateway, as a page of HTML", BeforeContent), StatusCodes.Status502BadGateway, "502 Bad Gateway"),
        Of("503", "The model is over capacity", AnswerErrors.OverCapacity),
        new HtmlFault(new("504", "Gateway time-out, as a page of HTML", BeforeContent), StatusCodes.Status504GatewayTimeout, "504 Gateway Time-out"),
    ];

    private static ErrorFault Of(string name, string description, Func<FaultContext, Wire.GroqError> error) =>
        new(new FaultDescription(name, description, BeforeContent), error);

    private static FaultContext After(FaultContext context, string seconds) => context with { RetryAfter = context.RetryAfter ?? seconds };
}
