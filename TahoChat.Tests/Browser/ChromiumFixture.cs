namespace TahoChat.Tests.Browser;

/// <summary>One browser for the tests of a class; each page has a context of its own.</summary>
public class ChromiumFixture : IAsyncLifetime
{
    public Chromium Chromium { get; private set; } = null!;

    protected virtual string[] Arguments => [];

    public async ValueTask InitializeAsync() => Chromium = await Chromium.LaunchAsync(TestContext.Current.CancellationToken, Arguments);

    public async ValueTask DisposeAsync()
    {
        if (Chromium is not null) await Chromium.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

/// <summary>One whose microphone beeps, and who lets every page use it.</summary>
public sealed class ChromiumWithMicrophone : ChromiumFixture
{
    protected override string[] Arguments => ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];
}
