using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TahoChat.GroqEmulator;

namespace TahoChat.Tests.Processes;

public sealed class ProviderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Replies_come_from_the_server_that_the_settings_name_with_their_key()
    {
        var keys = new KeyRecord();
        await using var provider = GroqEmulatorApp.Create(["--urls", "http://127.0.0.1:0"], builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<IStartupFilter>(keys);
        });
        await provider.StartAsync(Cancel);
        using var folder = new ProcessFolder();
        await using var api = await ApiProcess.StartAsync(
            folder, Cancel, ("PORT", "0"), ("GROQ_BASE_URL", provider.Urls.First()), ("GROQ_API_KEY", "gsk_ofAnotherServer"));

        await using var socket = await api.ConnectAsync(Cancel);
        await socket.SendAsync(new { message = "Who? [emulator echo=\"The other server\" first=0]" }, Cancel);

        Assert.Equal("The other server", (await socket.ReceiveTurnAsync(Cancel)).Content());
        Assert.Contains("/openai/v1/chat/completions Bearer gsk_ofAnotherServer", keys.Seen);
        Assert.All(keys.Seen, seen => Assert.EndsWith(" Bearer gsk_ofAnotherServer", seen, StringComparison.Ordinal));
        var model = Assert.Single(api.Output, line => line.StartsWith("  Model ", StringComparison.Ordinal));
        Assert.Contains(provider.Urls.First(), model, StringComparison.Ordinal);
        Assert.DoesNotContain(api.Output, line => line.Contains("gsk_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_start_without_settings_says_where_it_is_what_it_keeps_and_that_the_emulator_answers()
    {
        using var folder = new ProcessFolder();
        await using var api = await ApiProcess.StartAsync(folder, Cancel, ("PORT", "0"));
        Assert.Contains(api.Output, line => line.StartsWith("  Chat      http://", StringComparison.Ordinal));
        Assert.Contains($"  Database  {folder.Database}", api.Output);
        var model = Assert.Single(api.Output, line => line.StartsWith("  Model ", StringComparison.Ordinal));
        Assert.Contains("openai/gpt-oss-120b", model, StringComparison.Ordinal);
        Assert.Contains("offline emulator", model, StringComparison.Ordinal);
        Assert.Contains("GROQ_API_KEY", model, StringComparison.Ordinal);
        Assert.Empty(api.Errors);
    }

    private sealed class KeyRecord : IStartupFilter
    {
        public ConcurrentBag<string> Seen { get; } = [];

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, following) =>
            {
                Seen.Add($"{context.Request.Path} {context.Request.Headers.Authorization}");
                return following(context);
            });
            next(app);
        };
    }
}
