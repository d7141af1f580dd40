using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TahoChat.Tests.Groq;

/// <summary>What a client sent.</summary>
internal sealed record SeenRequest(string Line, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>A server that writes exactly the bytes it is told to: one request per connection, answered by a script.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<SeenRequest> _requests = new();
    private readonly ConcurrentQueue<Exception> _faults = new();
    private readonly Func<Exchange, Task> _script;
    private readonly Task _accepting;
    private int _connections;

    public ScriptedServer(Func<Exchange, Task> script)
    {
        _script = script;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri BaseUrl => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/openai/v1/");

    public IReadOnlyList<SeenRequest> Requests => [.. _requests];

    public int Connections => Volatile.Read(ref _connections);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
        Assert.Empty(_faults);
    }

    private async Task AcceptAsync()
    {
        var exchanges = new ConcurrentBag<Task>();
        try
        {
            while (true) exchanges.Add(ServeAsync(await _listener.AcceptSocketAsync(_stop.Token)));
        }
        catch (Exception exception) when (_stop.IsCancellationRequested && exception is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(exchanges);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        Interlocked.Increment(ref _connections);
        socket.NoDelay = true;
        using var stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            if (await ReadRequestAsync(stream) is not { } request) return;
            _requests.Enqueue(request);
            await _script(new Exchange(socket, stream, request, _requests.Count, _stop.Token));
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The client went away, or the test is over.
        }
        catch (Exception exception)
        {
            _faults.Enqueue(exception);
        }
    }

    private async Task<SeenRequest?> ReadRequestAsync(NetworkStream stream)
    {
        var seen = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var text = Encoding.Latin1.GetString(seen.GetBuffer(), 0, (int)seen.Length);
            if (text.IndexOf("\r\n\r\n", StringComparison.Ordinal) is var end and >= 0)
            {
                var lines = text[..end].Split("\r\n");
                var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
                var length = headers.TryGetValue("Content-Length", out var value) ? int.Parse(value, CultureInfo.InvariantCulture) : 0;
                if (seen.Length >= end + 4 + length) return new SeenRequest(lines[0], headers, Encoding.UTF8.GetString(seen.GetBuffer(), end + 4, length));
            }

            var count = await stream.ReadAsync(buffer, _stop.Token);
            if (count == 0) return null;
            seen.Write(buffer, 0, count);
        }
    }
}

/// <summary>One request and the connection to answer it on.</summary>
internal sealed class Exchange(Socket socket, NetworkStream stream, SeenRequest request, int number, CancellationToken cancellationToken)
{
    public SeenRequest Request => request;

    /// <summary>1 for the server's first request.</summary>
    public int Number => number;

    public CancellationToken Over => cancellationToken;

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes) => await stream.WriteAsync(bytes, cancellationToken);

    public Task WriteAsync(string text) => WriteAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>A head after which the body lasts until the connection ends.</summary>
    public Task HeadAsync(int status = 200, string contentType = "text/event-stream", string more = "") => WriteAsync(Head(status, contentType, more));

    public async Task AnswerAsync(int status, string body, string contentType = "application/json", string more = "")
    {
        await HeadAsync(status, contentType, more);
        await WriteAsync(body);
    }

    /// <summary>Ends the connection with a reset instead of an orderly close.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }

    /// <summary>Ends when the client closes its side.</summary>
    public async Task ClientGoneAsync()
    {
        try
        {
            while (await stream.ReadAsync(new byte[256], cancellationToken) > 0)
            {
            }
        }
        catch (IOException)
        {
            // A reset is as good.
        }
    }

    public Task ForeverAsync() => Task.Delay(Timeout.Infinite, cancellationToken);

    public static string Head(int status, string contentType, string more = "") =>
        $"HTTP/1.1 {status} X\r\nContent-Type: {contentType}\r\nConnection: close\r\nx-request-id: req_header\r\n{more}\r\n";
}
