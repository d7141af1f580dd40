using Microsoft.Extensions.Configuration;
using TahoChat.Api.Settings;

namespace TahoChat.Tests.Settings;

public sealed class BeyondLoopbackTests
{
    private static readonly (string, string)[] _provider = [("GROQ_API_KEY", "gsk_abc")];
    private static readonly (string, string)[] _password = [("ACCESS_PASSWORD", "correct horse")];

    [Theory]
    [InlineData("HOST", "0.0.0.0")]
    [InlineData("HOST", "::")]
    [InlineData("HOST", "*")]
    [InlineData("HOST", "+")]
    [InlineData("HOST", "192.168.1.7")]
    [InlineData("HOST", "my-computer")]
    [InlineData("HOST", "localhost.example.com")]
    [InlineData("ASPNETCORE_URLS", "http://0.0.0.0:8000")]
    [InlineData("ASPNETCORE_URLS", "http://[::]:8000")]
    [InlineData("ASPNETCORE_URLS", "http://+:8000")]
    [InlineData("ASPNETCORE_URLS", "http://localhost:8000;http://*:8001")]
    [InlineData("urls", "http://10.0.0.1:8000")]
    public void A_server_for_other_machines_needs_a_password_and_a_provider(string name, string value)
    {
        var without = Read([], [(name, value)]);
        Assert.Equal(2, without.Mistakes.Count);
        Assert.Contains("ACCESS_PASSWORD", without.Mistakes[0], StringComparison.Ordinal);
        Assert.Contains("ALLOW_ANONYMOUS=true", without.Mistakes[0], StringComparison.Ordinal);
        Assert.Contains("GROQ_API_KEY", without.Mistakes[1], StringComparison.Ordinal);
        Assert.Single(Read([], [(name, value), .. _provider]).Mistakes);
        Assert.Single(Read([], [(name, value), .. _password]).Mistakes);

        foreach (var enough in new (string, string)[][]
        {
            [.. _provider, .. _password],
            [.. _provider, ("ALLOW_ANONYMOUS", "true")],
            [("GROQ_BASE_URL", "http://127.0.0.1:9"), .. _password],
            [("GROQ_EMULATOR", "true"), ("ALLOW_ANONYMOUS", "1")],
        })
        {
            var reading = Read([], [(name, value), .. enough]);
            Assert.Empty(reading.Mistakes);
            Assert.Empty(reading.Notices);
            Assert.Contains(reading.Settings.Server.Urls, url => url.Contains(value.Split("://")[^1].Split(':')[0], StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("ALLOW_ANONYMOUS", "false")]
    [InlineData("ACCESS_PASSWORD", "short")]
    [InlineData("GROQ_EMULATOR", "false")]
    public void Half_a_permission_is_none(string name, string value) =>
        Assert.NotEmpty(Read([], [("HOST", "0.0.0.0"), (name, value)]).Mistakes);

    [Fact]
    public void The_env_files_host_is_narrowed_with_a_notice()
    {
        var reading = Read([("HOST", "0.0.0.0"), ("PORT", "8123")], []);
        Assert.Empty(reading.Mistakes);
        Assert.Equal(["http://localhost:8123"], reading.Settings.Server.Urls);
        Assert.StartsWith("HOST=0.0.0.0 in .env: listening on this machine only, because no ACCESS_PASSWORD is set",
            Assert.Single(reading.Notices), StringComparison.Ordinal);
    }

    [Fact]
    public void The_env_files_host_holds_once_everything_is_there()
    {
        var reading = Read([("HOST", "0.0.0.0"), .. _provider, .. _password], []);
        Assert.Empty(reading.Mistakes);
        Assert.Empty(reading.Notices);
        Assert.Equal(["http://0.0.0.0:8000"], reading.Settings.Server.Urls);
    }

    [Fact]
    public void A_host_of_the_environment_is_refused_even_where_the_file_says_the_same() =>
        Assert.NotEmpty(Read([("HOST", "0.0.0.0")], [("HOST", "0.0.0.0")]).Mistakes);

    [Fact]
    public void Urls_in_the_env_file_are_not_narrowed() =>
        Assert.NotEmpty(Read([("ASPNETCORE_URLS", "http://0.0.0.0:8000"), ("HOST", "0.0.0.0")], []).Mistakes);

    [Fact]
    public void The_listening_name_is_an_allowed_host()
    {
        var reading = Read([], [("HOST", "My-Computer"), .. _provider, .. _password]);
        Assert.Contains("my-computer", reading.Settings.Access.AllowedHosts);
        Assert.Empty(Read([], [("HOST", "0.0.0.0"), .. _provider, .. _password]).Settings.Access.AllowedHosts);
    }

    private static SettingsReading Read((string Name, string Value)[] envFile, (string Name, string Value)[] environment) =>
        SettingsReader.Read(
            new ConfigurationBuilder()
                .AddInMemoryCollection(envFile.Select(pair => KeyValuePair.Create(pair.Name, (string?)pair.Value)))
                .AddInMemoryCollection(environment.Select(pair => KeyValuePair.Create(pair.Name, (string?)pair.Value)))
                .Build(),
            Path.GetTempPath());
}
