using TahoChat.GroqEmulator.Wire;

namespace TahoChat.GroqEmulator.Faults;

/// <summary>All faults by name.</summary>
internal static class FaultCatalog
{
    private static readonly Dictionary<string, Fault> _faults = new Fault[]
    {
        new ErrorFault("400", _ => AnswerErrors.BadRequest),
        new ErrorFault("401", _ => AnswerErrors.InvalidKey),
        new ErrorFault("403", _ => AnswerErrors.Forbidden),
        new ErrorFault("404", context => Models.ModelCatalog.NotFound(context.Model)),
        new ErrorFault("413", AnswerErrors.TooLarge),
        new ErrorFault("422", _ => AnswerErrors.Unprocessable),
        new ErrorFault("429", AnswerErrors.RateLimit),
        new ErrorFault("498", _ => AnswerErrors.FlexCapacity),
        new ErrorFault("500", _ => AnswerErrors.Internal),
        new HtmlFault("502", StatusCodes.Status502BadGateway, "502 Bad Gateway"),
        new ErrorFault("503", AnswerErrors.OverCapacity),
        new HtmlFault("504", StatusCodes.Status504GatewayTimeout, "504 Gateway Time-out"),
        new Fault.Silent("silent"),
        new Fault.MidStream("error", MidStreamStrikes.ErrorEventAsync),
        new Fault.MidStream("x_groq.error", MidStreamStrikes.XGroqErrorAsync),
        new Fault.MidStream("cut", (_, _) => Task.CompletedTask),
        new Fault.MidStream("reset", MidStreamStrikes.ResetAsync),
        new Fault.MidStream("stall", MidStreamStrikes.StallAsync),
    }.ToDictionary(fault => fault.Name);

    public static IEnumerable<string> Names => _faults.Keys;

    /// <summary>The fault of that name; null for <c>none</c>.</summary>
    /// <exception cref="GroqErrorException">There is none of that name: 400, with all names.</exception>
    public static Fault? Find(string name) =>
        name == "none" ? null
        : _faults.TryGetValue(name, out var fault) ? fault
        : throw new GroqErrorException($"emulator: '{name}' is no fault. There are: none, {string.Join(", ", Names)}.");
}
