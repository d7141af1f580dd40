using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using TahoChat.Api.Settings;

namespace TahoChat.Tests.Settings;

public sealed class SettingsReaderTests
{
    private static readonly string _root = Path.GetFullPath(Path.Combine(Path.GetTempPath(), "taho-settings-of-nobody"));

    [Fact]
    public void With_nothing_set_the_emulator_answers_on_this_machine()
    {
        var reading = Read();
        Assert.Empty(reading.Mistakes);
        Assert.Empty(reading.Notices);
        var (groq, database, server, access) = reading.Settings;
        Assert.True(groq.IsEmulator);
        Assert.Null(groq.BaseUrl);
        Assert.Null(groq.ApiKey);
        Assert.Equal(Path.Combine(_root, "data", "chat.db"), database.Path);
        Assert.Equal(["http://localhost:8000"], server.Urls);
        Assert.Equal(LogLevel.Information, server.LogLevel);
        Assert.Equal(["http://localhost:3000"], access.Origins.Select(origin => origin.ToString()));
        Assert.Null(access.Password);
        Assert.Equal(Path.Combine(_root, "data", "keys"), access.KeysFolder);
    }

    [Theory]
    [InlineData("gsk_abc", null, null, false, "https://api.groq.com/openai/v1/")]
    [InlineData(" gsk_abc ", "  ", null, false, "https://api.groq.com/openai/v1/")]
    [InlineData("your_groq_api_key_here", null, null, true, null)]
    [InlineData("  ", null, null, true, null)]
    [InlineData(null, "http://127.0.0.1:9", null, false, "http://127.0.0.1:9/openai/v1/")]
    [InlineData("gsk_abc", "http://localhost:9/", null, false, "http://localhost:9/openai/v1/")]
    [InlineData("gsk_abc", "https://gateway.example/groq/v1", null, false, "https://gateway.example/groq/v1/")]
    [InlineData("gsk_abc", "https://gateway.example/groq/v1//", null, false, "https://gateway.example/groq/v1/")]
    [InlineData(null, "http://127.0.0.1:9", "true", true, "http://127.0.0.1:9/openai/v1/")]
    [InlineData("gsk_abc", "http://127.0.0.1:9", "true", false, "http://127.0.0.1:9/openai/v1/")]
    [InlineData(null, null, "TRUE", true, null)]
    [InlineData("gsk_abc", null, "false", false, "https://api.groq.com/openai/v1/")]
    public void Key_and_address_decide_who_answers(string? key, string? address, string? emulator, bool isEmulator, string? expected)
    {
        var reading = Read(("GROQ_API_KEY", key), ("GROQ_BASE_URL", address), ("GROQ_EMULATOR", emulator));
        Assert.Empty(reading.Mistakes);
        Assert.Equal(isEmulator, reading.Settings.Groq.IsEmulator);
        Assert.Equal(expected, reading.Settings.Groq.BaseUrl?.AbsoluteUri);
    }

    [Fact]
    public void Every_groq_setting_is_taken()
    {
        var groq = Read(
            ("GROQ_API_KEY", "gsk_abc"), ("GROQ_MODEL", "m/1"), ("GROQ_FAST_MODEL", "m/2"), ("GROQ_SPEECH_MODEL", "m/3"), ("GROQ_TIMEOUT_SECONDS", "600"),
            ("GROQ_MAX_RETRIES", "0"), ("GROQ_MAX_COMPLETION_TOKENS", "131072")).Settings.Groq;
        Assert.Equal(("gsk_abc", "m/1", "m/2", "m/3", 600d, 0, 131_072),
            (groq.ApiKey, groq.Model, groq.FastModel, groq.SpeechModel, groq.Timeout.TotalSeconds, groq.MaxRetries, groq.MaxCompletionTokens));
        Assert.DoesNotContain("gsk_abc", groq.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sqlite+aiosqlite:///./data/chat.db", "data/chat.db")]
    [InlineData("sqlite:///chat.db", "chat.db")]
    [InlineData("SQLite:///../chat.db", "../chat.db")]
    [InlineData("sqlite:////var/lib/taho/chat.db", "/var/lib/taho/chat.db")]
    [InlineData("Data Source=my data/chat.db", "my data/chat.db")]
    [InlineData("DataSource=/var/chat.db;Cache=Shared;Mode=ReadWriteCreate", "/var/chat.db")]
    [InlineData("chat.sqlite", "chat.sqlite")]
    [InlineData("./a=b.db", "a=b.db")]
    [InlineData("/var/chat.db", "/var/chat.db")]
    public void A_database_is_a_file_seen_from_the_env_files_folder(string url, string expected)
    {
        var reading = Read(("DATABASE_URL", url));
        Assert.Empty(reading.Mistakes);
        Assert.Equal(Path.GetFullPath(expected, _root), reading.Settings.Database.Path);
    }

    [Fact]
    public void An_orchestrators_connection_string_goes_before_the_database_url() =>
        Assert.Equal("/a/b.db", Read(("DATABASE_URL", "c.db"), ("ConnectionStrings:chat", "Data Source=/a/b.db")).Settings.Database.Path);

    [Theory]
    [InlineData(null, null, null, "http://localhost:8000")]
    [InlineData("127.0.0.1", "9000", null, "http://127.0.0.1:9000")]
    [InlineData("localhost", "0", null, "http://127.0.0.1:0")]
    [InlineData("::1", "9000", null, "http://[::1]:9000")]
    [InlineData("[::1]", "9000", null, "http://[::1]:9000")]
    [InlineData("127.9.9.9", "1", null, "http://127.9.9.9:1")]
    [InlineData("0.0.0.0", "9000", "http://localhost:5001", "http://localhost:5001")]
    [InlineData(null, null, "http://127.0.0.1:0;http://[::1]:7000", "http://127.0.0.1:0 http://[::1]:7000")]
    public void It_listens_where_it_is_told(string? host, string? port, string? urls, string expected)
    {
        var reading = Read(("HOST", host), ("PORT", port), ("ASPNETCORE_URLS", urls));
        Assert.Empty(reading.Mistakes);
        Assert.Equal(expected, string.Join(' ', reading.Settings.Server.Urls));
        Assert.Equal(expected, string.Join(' ', Read(("HOST", host), ("PORT", port), ("urls", urls)).Settings.Server.Urls));
    }

    [Theory]
    [InlineData("info", LogLevel.Information)]
    [InlineData("INFO", LogLevel.Information)]
    [InlineData("Information", LogLevel.Information)]
    [InlineData("DEBUG", LogLevel.Debug)]
    [InlineData("trace", LogLevel.Trace)]
    [InlineData("WARN", LogLevel.Warning)]
    [InlineData("Warning", LogLevel.Warning)]
    [InlineData("CRITICAL", LogLevel.Critical)]
    [InlineData("error", LogLevel.Error)]
    public void Log_levels_have_their_python_and_their_dotnet_names(string name, LogLevel expected) =>
        Assert.Equal(expected, Read(("LOG_LEVEL", name)).Settings.Server.LogLevel);

    [Fact]
    public void Hosts_and_origins_are_lists()
    {
        var access = Read(
            ("ALLOWED_HOSTS", "Chat.Example.com, [fd00::1]:8000 ,other"), ("HOST", "127.0.0.1"),
            ("CORS_ORIGINS", "http://localhost:3000, https://Chat.Example.com:443 ,http://[::1]:3000")).Settings.Access;
        Assert.Equal(["chat.example.com", "fd00::1", "other", "127.0.0.1"], access.AllowedHosts);
        Assert.Equal(["http://localhost:3000", "https://chat.example.com", "http://[::1]:3000"], access.Origins.Select(origin => origin.ToString()));
    }

    [Theory]
    [InlineData("GROQ_TIMEOUT_SECONDS", "0")]
    [InlineData("GROQ_TIMEOUT_SECONDS", "601")]
    [InlineData("GROQ_TIMEOUT_SECONDS", "30s")]
    [InlineData("GROQ_MAX_RETRIES", "-1")]
    [InlineData("GROQ_MAX_RETRIES", "6")]
    [InlineData("GROQ_MAX_COMPLETION_TOKENS", "0")]
    [InlineData("GROQ_MAX_COMPLETION_TOKENS", "131073")]
    [InlineData("GROQ_EMULATOR", "maybe")]
    [InlineData("GROQ_EMULATOR", "false")]
    [InlineData("GROQ_MODEL", "two words")]
    [InlineData("GROQ_BASE_URL", "api.groq.com")]
    [InlineData("GROQ_BASE_URL", "ftp://api.groq.com")]
    [InlineData("GROQ_BASE_URL", "https://api.groq.com/?x=1")]
    [InlineData("GROQ_BASE_URL", "https://api.groq.com?")]
    [InlineData("GROQ_BASE_URL", "/openai")]
    [InlineData("DATABASE_URL", ":memory:")]
    [InlineData("DATABASE_URL", "sqlite+aiosqlite:///:memory:")]
    [InlineData("DATABASE_URL", "sqlite://")]
    [InlineData("DATABASE_URL", "sqlite:///")]
    [InlineData("DATABASE_URL", "sqlite://chat.db")]
    [InlineData("DATABASE_URL", "sqlite:///chat.db?mode=ro")]
    [InlineData("DATABASE_URL", "Data Source=:memory:")]
    [InlineData("DATABASE_URL", "Data Source=x;Mode=Memory")]
    [InlineData("DATABASE_URL", "Cache=Shared")]
    [InlineData("DATABASE_URL", "file:chat.db")]
    [InlineData("DATABASE_URL", "data/")]
    [InlineData("DATABASE_URL", "postgresql://localhost/chat")]
    [InlineData("DATABASE_URL", "Host=localhost;Database=chat")]
    [InlineData("ConnectionStrings:chat", "Host=localhost;Database=chat")]
    [InlineData("TRASH_DAYS", "-1")]
    [InlineData("TRASH_DAYS", "a month")]
    [InlineData("PORT", "65536")]
    [InlineData("PORT", "eight")]
    [InlineData("PORT", "-1")]
    [InlineData("HOST", "http://localhost")]
    [InlineData("HOST", "localhost:8000")]
    [InlineData("HOST", "local host")]
    [InlineData("ASPNETCORE_URLS", "localhost:8000")]
    [InlineData("ASPNETCORE_URLS", "http://localhost:8000/base")]
    [InlineData("ASPNETCORE_URLS", ";")]
    [InlineData("CORS_ORIGINS", "*")]
    [InlineData("CORS_ORIGINS", "null")]
    [InlineData("CORS_ORIGINS", "localhost:3000")]
    [InlineData("CORS_ORIGINS", "http://localhost:3000/")]
    [InlineData("CORS_ORIGINS", "http://*.example.com")]
    [InlineData("CORS_ORIGINS", "http://localhost:3000?x")]
    [InlineData("ALLOWED_HOSTS", "*")]
    [InlineData("ALLOWED_HOSTS", "*.example.com")]
    [InlineData("ALLOWED_HOSTS", "https://example.com")]
    [InlineData("LOG_LEVEL", "loud")]
    public void A_mistake_is_one_line_with_name_value_and_what_is_expected(string name, string value)
    {
        var mistake = Assert.Single(Read((name, value)).Mistakes);
        Assert.StartsWith($"{name}={value}", mistake, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', mistake);
        Assert.EndsWith(".", mistake, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GROQ_API_KEY", "gsk canary")]
    [InlineData("GROQ_API_KEY", "canary\nX-Header: 1")]
    [InlineData("ACCESS_PASSWORD", "canary7")]
    [InlineData("GROQ_BASE_URL", "https://me:canary@api.groq.com")]
    [InlineData("CORS_ORIGINS", "http://me:canary@localhost:3000")]
    [InlineData("DATABASE_URL", "postgresql://me:canary@localhost/chat")]
    [InlineData("DATABASE_URL", "Data Source=x;Password=canary")]
    [InlineData("DATABASE_URL", "Host=localhost;Password=canary")]
    public void A_mistake_in_a_secret_does_not_tell_it(string name, string value)
    {
        var mistake = Assert.Single(Read((name, value)).Mistakes);
        Assert.StartsWith(name, mistake, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void Control_characters_reach_no_terminal() =>
        Assert.Contains(@"\u001b[31m\u000a", Assert.Single(Read(("PORT", "\u001b[31m\n8")).Mistakes), StringComparison.Ordinal);

    [Fact]
    public void All_mistakes_are_told_at_once() =>
        Assert.Equal(3, Read(("PORT", "x"), ("CORS_ORIGINS", "*"), ("ACCESS_PASSWORD", "short")).Mistakes.Count);

    [Fact]
    public void A_folder_is_no_database() =>
        Assert.Contains("folder", Assert.Single(Read(("DATABASE_URL", Path.GetTempPath().TrimEnd('/'))).Mistakes), StringComparison.Ordinal);

    [Fact]
    public void Kestrels_own_endpoints_do_not_get_past_the_rules() =>
        Assert.Contains("Kestrel:Endpoints", Assert.Single(Read(("Kestrel:Endpoints:Http:Url", "http://*:80")).Mistakes), StringComparison.Ordinal);

    private static SettingsReading Read(params (string Name, string? Value)[] settings) =>
        SettingsReader.Read(
            new ConfigurationBuilder()
                .AddInMemoryCollection()
                .AddInMemoryCollection(settings.Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Name, pair.Value)))
                .Build(),
            _root);
}
