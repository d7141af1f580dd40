using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json.Nodes;

namespace TahoChat.Tests.Promises;

/// <summary>Somebody who does whatever can be done, in any order, and whose connection breaks every now and then.</summary>
internal sealed class SoakUser(TestApi api, HttpClient http, int seed) : IAsyncDisposable
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(15);

    private static readonly string[] _prompts =
    [
        "[emulator echo=\"short\" first=0 reasoning=0]",
        "[emulator reply=count:200 speed=400 first=0 reasoning=10]",
        "[emulator reply=count:2000 speed=0 first=0]",
        "[emulator fault=cut after=5 first=0 reasoning=0]",
        ApiCalls.Endless,
    ];

    private readonly Random _random = new(seed);
    private readonly ConcurrentDictionary<long, ReferenceClient> _known = new();
    private readonly ConcurrentDictionary<long, bool> _deleted = new();
    private Wire? _wire;

    /// <summary>Things done, and what the server said against the protocol.</summary>
    public int Deeds { get; private set; }

    public string? Fault => _known.Values.Select(client => client.Fault).FirstOrDefault(fault => fault is not null);

    public async Task LiveAsync(CancellationToken leave, CancellationToken cancellationToken)
    {
        while (!leave.IsCancellationRequested)
        {
            await DoAsync(cancellationToken);
            Deeds++;
            await Task.Delay(_random.NextDouble() * 2 * _pause, cancellationToken);
        }
    }

    /// <summary>Deletes what it began, and goes.</summary>
    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        foreach (var id in _known.Keys) await DeleteAsync(id, cancellationToken);
        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_wire is not null) await _wire.DisposeAsync();
        _wire = null;
    }

    private async Task DoAsync(CancellationToken cancellationToken)
    {
        if (_wire is not { IsOver: false }) await ConnectAsync(cancellationToken);
        var known = _known.Values.Where(client => !client.IsDeleted).ToList();
        var client = known.Count == 0 ? null : known[_random.Next(known.Count)];
        switch (_random.Next(12))
        {
            case 0 or 1 or 2:
                await SendAsync(known.Count > 4 ? client : null, cancellationToken);
                break;
            case 3 when client is not null:
                await WatchAsync(client, cancellationToken);
                break;
            case 4:
                await TellAsync(new JsonObject { ["type"] = "watch", ["revision"] = 0 }, cancellationToken);
                break;
            case 5:
                _wire!.Abort();
                break;
            case 6 when client is not null && _random.Next(3) == 0:
                await DeleteAsync(client.ConversationId, cancellationToken);
                break;
            case 7:
                await TellAsync(new JsonObject { ["type"] = "ping" }, cancellationToken);
                break;
            default:
                if (client is not null) await CommandAsync(client, cancellationToken);
                break;
        }
    }

    private Task CommandAsync(ReferenceClient client, CancellationToken cancellationToken)
    {
        var user = client.Messages.Values.FirstOrDefault(message => message.Role == "user");
        var frame = new JsonObject { ["conversation_id"] = client.ConversationId };
        (string Type, long? Message) = _random.Next(7) switch
        {
            0 or 1 => ("stop", (long?)null),
            2 => ("edit", user?.Id),
            3 => ("regenerate", client.Reply?.Id),
            4 => ("continue", client.Reply?.Id),
            5 => ("resume", null),
            _ => ("unwatch", null),
        };
        frame["type"] = Type;
        if (Message is { } id) frame["message_id"] = id;
        if (Type == "edit") frame["message"] = _prompts[_random.Next(_prompts.Length - 1)];
        return TellAsync(frame, cancellationToken);
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        await DisposeAsync();
        try
        {
            _wire = await Wire.ConnectAsync(api.Address, cancellationToken, Saw);
        }
        catch (WebSocketException)
        {
            // Next time.
        }
    }

    private void Saw(JsonObject frame)
    {
        if (frame["conversation_id"] is not { } id || (long)id == 0 || _deleted.ContainsKey((long)id)) return;
        _known.AddOrUpdate((long)id, key => new ReferenceClient(key).Saw(frame), (_, client) => client.Saw(frame));
    }

    private Task SendAsync(ReferenceClient? client, CancellationToken cancellationToken)
    {
        var frame = new JsonObject { ["message"] = _prompts[_random.Next(_prompts.Length)], ["client_message_id"] = Guid.NewGuid().ToString() };
        if (client is not null) frame["conversation_id"] = client.ConversationId;
        return TellAsync(frame, cancellationToken);
    }

    /// <summary>Loads, and watches from there.</summary>
    private async Task WatchAsync(ReferenceClient client, CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync($"/conversations/{client.ConversationId}", cancellationToken);
        if (!answer.IsSuccessStatusCode) return;
        var loaded = (await answer.Content.ReadFromJsonAsync<JsonObject>(cancellationToken))!;
        await TellAsync(_known.AddOrUpdate(client.ConversationId, client, (_, known) => known.Loaded(loaded)).Watch(), cancellationToken);
    }

    private async Task DeleteAsync(long id, CancellationToken cancellationToken)
    {
        _deleted.TryAdd(id, true);
        _known.TryRemove(id, out _);
        using var answer = await http.DeleteAsync($"/conversations/{id}", cancellationToken);
    }

    private Task TellAsync(JsonObject frame, CancellationToken cancellationToken) =>
        _wire is { } wire ? wire.SendAsync(frame, cancellationToken) : Task.CompletedTask;
}
