using System.Security.Cryptography;
using System.Text;

namespace TahoChat.GroqEmulator.Completions;

/// <summary>Remembers how prompts began, as Groq does for two hours (console.groq.com/docs/prompt-caching): what a request has in
/// common with an earlier one of the same model is counted as cached. Safe from any thread.</summary>
internal sealed class PromptCache(TimeProvider time)
{
    /// <summary>Tokens come from the cache in blocks of this many.</summary>
    private const int Block = 128;

    private const int MostBeginnings = 4_096;

    private static readonly TimeSpan _kept = TimeSpan.FromHours(2);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _known = [];
    private readonly Queue<string> _byAge = new();

    /// <summary>The tokens of the messages that are known, in whole blocks; the messages are known from now on.</summary>
    public int Take(string model, IReadOnlyList<RequestMessage> messages)
    {
        var (beginning, tokens, cached, isKnown) = (model, 0, 0, true);
        lock (_gate)
        {
            foreach (var message in messages)
            {
                beginning = Hash($"{beginning}\0{message.Role}\0{message.Text}\0{message.Images.Count}");
                tokens += CompletionPlanner.CountMessage(message);
                isKnown = isKnown && _known.TryGetValue(beginning, out var since) && time.GetUtcNow() - since < _kept;
                if (isKnown) cached = tokens;
                else Remember(beginning);
            }
        }

        return cached / Block * Block;
    }

    /// <summary>Forgets all prompts.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _known.Clear();
            _byAge.Clear();
        }
    }

    private void Remember(string beginning)
    {
        if (!_known.ContainsKey(beginning)) _byAge.Enqueue(beginning);
        _known[beginning] = time.GetUtcNow();
        if (_byAge.Count > MostBeginnings) _known.Remove(_byAge.Dequeue());
    }

    private static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
