namespace TahoChat.GroqEmulator.Limits;

/// <summary>What is used of one limit. It refills continuously: the whole limit in one window.</summary>
internal sealed class Bucket(TimeSpan window)
{
    private double _used;
    private long _since;

    public TimeSpan Window => window;

    /// <summary>What is used now, never more than the limit.</summary>
    public double Used(int limit, TimeProvider time)
    {
        var now = time.GetTimestamp();
        var refilled = time.GetElapsedTime(_since, now) / window * limit;
        (_used, _since) = (Math.Clamp(_used - refilled, 0, limit), now);
        return _used;
    }

    public void Charge(double amount, int limit, TimeProvider time) => _used = Math.Min(limit, Used(limit, time) + amount);
}
