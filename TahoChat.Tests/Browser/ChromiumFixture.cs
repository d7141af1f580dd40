namespace TahoChat.Tests.Browser;

/// <summary>One browser for the tests of a class; each page has a context of its own.</summary>
public sealed class ChromiumFixture : IAsyncLifetime
{
    public Chromium Chromium { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Chromium = await Chromium.LaunchAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (Chromium is not null) await Chromium.DisposeAsync();
    }
}
