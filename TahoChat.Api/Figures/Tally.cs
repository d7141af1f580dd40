namespace TahoChat.Api.Figures;

/// <summary>Sums over replies.</summary>
internal sealed class Tally
{
    private const double CostPrecision = 1e6;

    private int _complete;
    private int _stopped;
    private int _interrupted;
    private int _failed;
    private long _prompt;
    private long _completion;
    private long _cached;
    private long _reasoning;
    private double? _spent;
    private double? _simulated;

    public int Count => _complete + _stopped + _interrupted + _failed;

    public ReplyCounts Replies => new(_complete, _stopped, _interrupted, _failed);

    public TokenCounts Tokens => new(_prompt, _completion, _cached, _reasoning);

    public Costs Cost => new(Rounded(_spent), Rounded(_simulated));

    public void Add(ReplyCounts replies, TokenCounts tokens, double? spent, double? simulated)
    {
        _complete += replies.Complete;
        _stopped += replies.Stopped;
        _interrupted += replies.Interrupted;
        _failed += replies.Failed;
        _prompt += tokens.Prompt;
        _completion += tokens.Completion;
        _cached += tokens.Cached;
        _reasoning += tokens.Reasoning;
        _spent = Sum(_spent, spent);
        _simulated = Sum(_simulated, simulated);
    }

    public void Add(Tally other) => Add(other.Replies, other.Tokens, other._spent, other._simulated);

    private static double? Sum(double? sum, double? part) => part is null ? sum : (sum ?? 0) + part;

    private static double? Rounded(double? cost) => cost is { } sum ? Math.Round(sum * CostPrecision) / CostPrecision : null;
}
