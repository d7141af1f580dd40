using Microsoft.AspNetCore.Mvc;

namespace TahoChat.Api.Import;

/// <summary>Where an import stands.</summary>
public enum ImportState
{
    /// <summary>The whole file is read and checked; nothing is written yet.</summary>
    Checking,

    Writing,
    Done,

    /// <summary>The file cannot be taken; nothing was written.</summary>
    Refused,

    /// <summary>It broke off while it wrote. What was written is whole; imported again, the rest follows.</summary>
    Failed,
}

/// <summary>What was left alone, and why: <c>changed</c>, <c>in_trash</c>, <c>message_too_long</c>, for a preset also <c>name_taken</c> or <c>too_many_prompts</c>.</summary>
public sealed record LeftAlone(string Title, string Reason);

/// <summary>An import, as <c>GET /import/{id}</c> tells of it.</summary>
/// <param name="Format"><c>tahochat</c>, <c>chatgpt</c>, <c>open_webui</c>, <c>librechat</c> or <c>fastapi</c>.</param>
/// <param name="Progress">How far it is with what <paramref name="State"/> says, 0 to 1.</param>
/// <param name="Total">Conversations of the file; 0 until it is checked.</param>
/// <param name="Done">Those of them that were dealt with.</param>
/// <param name="ChangedSince">Here already, and not as in the file: left alone.</param>
/// <param name="InTrash">Here already, in the trash: left there.</param>
/// <param name="LeftOut">Of another program, with a message longer than any is kept here: not taken.</param>
/// <param name="LeftAlone">The first hundred of those three, and of presets.</param>
/// <param name="Problem">Why it was refused or failed.</param>
public sealed record ImportResponse(
    Guid Id, ImportState State, string Format, double Progress, int Total, int Done, int Imported, int Unchanged, int ChangedSince, int InTrash, int LeftOut, int PromptsImported,
    IReadOnlyList<LeftAlone> LeftAlone, ProblemDetails? Problem);

/// <summary>One import on its way; written by its own task, read by whoever asks.</summary>
internal sealed class ImportJob(Guid id, string ownerId, ImportSource source)
{
    private const int MostNamed = 100;

    private readonly Lock _lock = new();
    private readonly List<LeftAlone> _leftAlone = [];
    private ImportState _state;
    private int _total;
    private int _done;
    private int _imported;
    private int _unchanged;
    private int _changed;
    private int _inTrash;
    private int _leftOut;
    private int _prompts;
    private ProblemDetails? _problem;

    public Guid Id => id;

    public string OwnerId => ownerId;

    public ImportSource Source => source;

    public ImportResponse Now
    {
        get
        {
            lock (_lock)
            {
                var progress = _state == ImportState.Checking ? source.Read : _total == 0 ? 1 : (double)_done / _total;
                return new ImportResponse(
                    id, _state, source.Format, progress, _total, _done, _imported, _unchanged, _changed, _inTrash, _leftOut, _prompts, [.. _leftAlone], _problem);
            }
        }
    }

    public void Write(int total)
    {
        lock (_lock) (_state, _total) = (ImportState.Writing, total);
    }

    public void Add(ImportOutcome outcome, string title)
    {
        lock (_lock)
        {
            _done++;
            if (outcome == ImportOutcome.Imported) _imported++;
            if (outcome == ImportOutcome.Unchanged) _unchanged++;
            if (outcome == ImportOutcome.Changed) _changed++;
            if (outcome == ImportOutcome.InTrash) _inTrash++;
        }

        if (outcome == ImportOutcome.Changed) Leave(title, "changed");
        if (outcome == ImportOutcome.InTrash) Leave(title, "in_trash");
    }

    public void LeaveOut(string title, string reason)
    {
        lock (_lock) (_done, _leftOut) = (_done + 1, _leftOut + 1);
        Leave(title, reason);
    }

    public void AddPrompt()
    {
        lock (_lock) _prompts++;
    }

    public void Leave(string title, string reason)
    {
        lock (_lock)
        {
            if (_leftAlone.Count < MostNamed) _leftAlone.Add(new LeftAlone(title, reason));
        }
    }

    public void End(ImportState state, ProblemDetails? problem = null)
    {
        lock (_lock) (_state, _problem) = (state, problem);
    }
}
