namespace TahoChat.GroqEmulator.Record;

/// <summary>A request while it is being answered. One writer, any number of readers.</summary>
internal sealed class RequestEntry(long number, DateTimeOffset time, string method, string path, Func<long> nextVersion)
{
    private readonly Lock _gate = new();
    private string _body = "";
    private int _bodyBytes;
    private string _bodySha256 = "";
    private string? _model;
    private bool _stream;
    private string? _fault;
    private int _status;
    private int _tokensSent;
    private RequestOutcome _outcome;
    private DateTimeOffset? _cancelSeenAt;
    private DateTimeOffset? _endedAt;
    private long _version = nextVersion();

    public int Attempt { get; private set; } = 1;

    /// <summary>Of its latest change; later changes of whatever request have higher ones.</summary>
    public long Version
    {
        get { lock (_gate) return _version; }
    }

    public void SetBody(string body, int length, string sha256, int attempt)
    {
        lock (_gate) (_body, _bodyBytes, _bodySha256, Attempt, _version) = (body, length, sha256, attempt, nextVersion());
    }

    public void SetRequest(string? model, bool stream)
    {
        lock (_gate) (_model, _stream, _version) = (model, stream, nextVersion());
    }

    public void SetFault(string name)
    {
        lock (_gate) (_fault, _version) = (name, nextVersion());
    }

    public void SetStatus(int status)
    {
        lock (_gate) (_status, _version) = (status, nextVersion());
    }

    public void AddTokens(int count)
    {
        lock (_gate) (_tokensSent, _version) = (_tokensSent + count, nextVersion());
    }

    public void End(RequestOutcome outcome, int status, DateTimeOffset now)
    {
        lock (_gate)
        {
            (_outcome, _status, _endedAt, _version) = (outcome, status, now, nextVersion());
            if (outcome == RequestOutcome.Cancelled) _cancelSeenAt = now;
        }
    }

    public RecordedRequest Snapshot()
    {
        lock (_gate)
        {
            return new RecordedRequest(
                number, time, method, path, _model, _status, _stream, _body, _bodyBytes, _bodySha256, Attempt, _fault, _tokensSent,
                _outcome, _cancelSeenAt is not null, _cancelSeenAt, _endedAt);
        }
    }
}
