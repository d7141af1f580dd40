namespace TahoChat.Tests;

/// <summary>A <see cref="TestApi"/> that the tests of a class share.</summary>
public class ApiFixture : IAsyncLifetime
{
    private TestApi? _api;

    public TestApi Api => _api!;

    protected virtual IReadOnlyDictionary<string, string?>? Settings => null;

    public async ValueTask InitializeAsync() => _api = await TestApi.StartAsync(CancellationToken.None, Settings);

    public async ValueTask DisposeAsync()
    {
        if (_api is not null) await _api.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

/// <summary>The same, where a provider that fails is asked once only.</summary>
public sealed class ApiWithoutRetries : ApiFixture
{
    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?> { ["GROQ_MAX_RETRIES"] = "0" };
}
