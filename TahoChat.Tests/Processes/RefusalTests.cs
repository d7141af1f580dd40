using System.Globalization;
using System.Net;
using System.Net.Sockets;
using TahoChat.Tests.Telemetry;

namespace TahoChat.Tests.Processes;

/// <summary>What cannot start says why in a line each, and nothing else.</summary>
public sealed class RefusalTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_process_on_the_same_database_is_refused()
    {
        using var folder = new ProcessFolder();
        await using var first = await ApiProcess.StartAsync(folder, Cancel, ("PORT", "0"));
        var line = await RefusedAsync(folder, ("PORT", "0"));
        Assert.Contains(folder.Database, line, StringComparison.Ordinal);
        Assert.Contains("in use by another TahoChat", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_for_other_machines_is_refused_without_a_password()
    {
        using var folder = new ProcessFolder();
        var line = await RefusedAsync(folder, ("HOST", "0.0.0.0"), ("PORT", "0"), ("GROQ_API_KEY", Canary.Key));
        Assert.StartsWith("HOST=0.0.0.0: ", line, StringComparison.Ordinal);
        Assert.Contains("ACCESS_PASSWORD", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_refused()
    {
        using var folder = new ProcessFolder();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        var line = await RefusedAsync(folder, ("PORT", port));
        Assert.Contains($":{port}", line, StringComparison.Ordinal);
        Assert.Contains("another PORT", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_mistake_in_the_settings_is_a_line()
    {
        using var folder = new ProcessFolder();
        await using var refused = await ApiProcess.RunAsync(
            folder, Cancel, ("PORT", "eighty"), ("LOG_LEVEL", "loud"), ("GROQ_TIMEOUT_SECONDS", "soon"), ("CORS_ORIGINS", "*"));
        Assert.Equal(1, refused.ExitCode);
        Assert.Empty(refused.Output);
        Assert.Equal(
            ["CORS_ORIGINS=*", "GROQ_TIMEOUT_SECONDS=soon", "LOG_LEVEL=loud", "PORT=eighty"],
            refused.Errors.Select(line => line.Split(':')[0]).Order(StringComparer.Ordinal));
        Assert.False(File.Exists(folder.Database));
    }

    private static async Task<string> RefusedAsync(ProcessFolder folder, params (string Name, string Value)[] settings)
    {
        await using var refused = await ApiProcess.RunAsync(folder, Cancel, settings);
        Assert.Equal(1, refused.ExitCode);
        Assert.DoesNotContain(refused.Output, line => line.Contains("fail:", StringComparison.Ordinal) || line.Contains("   at ", StringComparison.Ordinal));
        return Assert.Single(refused.Errors);
    }
}
