using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TahoChat.Api.Groq;
using TahoChat.Api.Settings;

namespace TahoChat.Tests.Groq;

/// <summary>The emulator inside the API's process.</summary>
public sealed class EmulatorHostTests
{
    private static CancellationToken Test => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_emulator_listens_on_loopback_from_before_the_start_to_after_the_end()
    {
        var logs = new LogSink();
        await using var app = Build(new GroqSettings { IsEmulator = true }, logs);
        var endpoint = app.Services.GetRequiredService<GroqEndpoint>();
        Assert.Null(endpoint.BaseUrl);

        await app.StartAsync(Test);
        var address = endpoint.BaseUrl!;
        Assert.Equal(("127.0.0.1", "/openai/v1/"), (address.Host, address.AbsolutePath));
        Assert.DoesNotContain(app.Urls, url => url.Contains($":{address.Port}", StringComparison.Ordinal));
        Assert.DoesNotContain(logs.Lines, line => line.Contains("Now listening", StringComparison.Ordinal) && line.Contains($":{address.Port}", StringComparison.Ordinal));
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var answer = await http.GetAsync(new Uri(address, "models"), Test);
        Assert.Equal("127.0.0.1", answer.RequestMessage!.RequestUri!.Host);

        await app.StopAsync(Test);
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(new Uri(address, "models"), Test));
    }

    [Fact]
    public async Task There_is_no_emulator_where_a_provider_is_set()
    {
        await using var server = new ScriptedServer(exchange => exchange.AnswerAsync(200, """{"data":[{"id":"there"}]}"""));
        await using var app = Build(new GroqSettings { BaseUrl = server.BaseUrl }, new LogSink());

        await app.StartAsync(Test);

        Assert.Equal(server.BaseUrl, app.Services.GetRequiredService<GroqEndpoint>().BaseUrl);
        Assert.Equal("there", (await app.Services.GetRequiredService<ModelCatalog>().ResolveAsync("there", Test)).Model);
        Assert.Single(server.Requests);
        await app.StopAsync(Test);
    }

    private static WebApplication Build(GroqSettings settings, LogSink logs)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(logs);
        builder.AddGroq(settings);
        return builder.Build();
    }
}
