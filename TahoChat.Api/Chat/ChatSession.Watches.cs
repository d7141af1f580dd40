using TahoChat.Api.Chat.Protocol;
using TahoChat.Api.Generations;

namespace TahoChat.Api.Chat;

/// <summary>The watches of a session: at most one per conversation, and one of the list.</summary>
internal sealed partial class ChatSession
{
    /// <summary>The key of the list's watch; no conversation has it.</summary>
    private const long List = long.MinValue;

    private async Task WatchAsync(WatchCommand command, CancellationToken cancellationToken)
    {
        var key = command.ConversationId ?? List;
        if (!_watches.ContainsKey(key) && _watches.Count >= Limits.Watches)
        {
            await RefuseAsync(
                new ChatError("too_many_watches", "This connection already watches 32 conversations."),
                command.ConversationId, null, cancellationToken);
            return;
        }

        await UnwatchAsync(command.ConversationId);
        var watch = new Watch(_ended.Token);
        _watches[key] = watch;
        watch.Run = Task.Run(() => RunAsync(key, watch, command), CancellationToken.None);
    }

    private async Task UnwatchAsync(long? conversationId)
    {
        if (!_watches.TryRemove(conversationId ?? List, out var watch)) return;
        await watch.Cancellation.CancelAsync();
        await watch.Run;
        watch.Dispose();
    }

    private async Task RunAsync(long key, Watch watch, WatchCommand command)
    {
        var cancellationToken = watch.Cancellation.Token;
        try
        {
            if (command.ConversationId is { } id)
                await new ConversationWatch(socket, _pumps, hub, feed, contexts, identity.OwnerId).RunAsync(command, id, cancellationToken);
            else
                await new ListWatch(socket, feed, lists, identity.OwnerId).RunAsync(command.Revision, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
        catch (Exception exception)
        {
            Log.CommandBroke(logger, nameof(WatchCommand), exception);
            await RefuseAsync(
                new ChatError("internal", "Something went wrong on the server.", Retryable: true),
                command.ConversationId, null, CancellationToken.None);
        }
        finally
        {
            _watches.TryRemove(KeyValuePair.Create(key, watch));
        }
    }

    private sealed class Watch(CancellationToken sessionEnded) : IDisposable
    {
        public CancellationTokenSource Cancellation { get; } = CancellationTokenSource.CreateLinkedTokenSource(sessionEnded);

        public Task Run { get; set; } = Task.CompletedTask;

        public void Dispose() => Cancellation.Dispose();
    }
}
