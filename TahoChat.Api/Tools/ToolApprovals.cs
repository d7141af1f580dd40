using System.Collections.Concurrent;
using TahoChat.Api.Generations;

namespace TahoChat.Api.Tools;

/// <summary>What a person says to a call that asks.</summary>
public enum ToolDecision
{
    Allow,

    /// <summary>This one, and every later one of the same tool.</summary>
    Always,
    Refuse,
}

/// <summary>The calls that wait for a person's leave. Any tab may answer; the first answer counts.</summary>
public sealed class ToolApprovals(ToolSwitches switches, ToolLimits limits, TimeProvider time)
{
    private readonly ConcurrentDictionary<(long ReplyId, string CallId), Question> _open = new();

    /// <summary>A call asks from now on; tell people of it then, so that no answer comes too early.</summary>
    public Question Open(TurnIds ids, ToolCall call) => _open[(ids.ReplyId, call.Id)] = new Question(ids, call);

    /// <summary>Whether it may run; false also where nobody answered in time.</summary>
    public async Task<bool> WaitAsync(Question question, CancellationToken cancellationToken)
    {
        try
        {
            return await question.Answer.Task.WaitAsync(limits.Asking, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // An answer that came in the same moment counts.
            question.Answer.TrySetResult(false);
            return await question.Answer.Task;
        }
        finally
        {
            _open.TryRemove((question.Ids.ReplyId, question.Call.Id), out _);
        }
    }

    /// <summary>False where no such call asks (any more).</summary>
    public async Task<bool> DecideAsync(
        string ownerId, long conversationId, long replyId, string callId, ToolDecision decision, CancellationToken cancellationToken)
    {
        if (!_open.TryGetValue((replyId, callId), out var question)) return false;
        if (question.Ids.OwnerId != ownerId || question.Ids.ConversationId != conversationId) return false;
        if (decision == ToolDecision.Always)
            await switches.WriteAsync(ownerId, question.Call.Name, enabled: null, alwaysAllowed: true, cancellationToken);
        if (!question.Answer.TrySetResult(decision != ToolDecision.Refuse)) return false;
        if (decision == ToolDecision.Always) AllowOthers(ownerId, question.Call.Name);
        return true;
    }

    private void AllowOthers(string ownerId, string tool)
    {
        foreach (var question in _open.Values.Where(other => other.Ids.OwnerId == ownerId && other.Call.Name == tool))
            question.Answer.TrySetResult(true);
    }

    /// <summary>A call that asks.</summary>
    public sealed record Question(TurnIds Ids, ToolCall Call)
    {
        internal TaskCompletionSource<bool> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
