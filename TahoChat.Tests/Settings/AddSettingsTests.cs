using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using TahoChat.Api.Settings;
using TahoChat.ServiceDefaults;

namespace TahoChat.Tests.Settings;

/// <summary>These set the variable that names the <c>.env</c> file, which belongs to the whole process.</summary>
[CollectionDefinition(nameof(OneAtATime), DisableParallelization = true)]
public sealed class OneAtATime;

[Collection(nameof(OneAtATime))]
public sealed class AddSettingsTests : IDisposable
{
    // Word for word from the page that this project started from.
    private const string SeedEnv = """
        # Database settings
        DATABASE_URL=sqlite+aiosqlite:///./data/chat.db

        # GROQ API settings
        GROQ_API_KEY=your_groq_api_key_here
        GROQ_MODEL=llama3-70b-8192

        # Server settings
        HOST=0.0.0.0
        PORT=8000
        CORS_ORIGINS=http://localhost:3000
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("taho-env-");
    private readonly string? _before = Environment.GetEnvironmentVariable(EnvFile.PathVariable);
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public AddSettingsTests() =>
        Environment.SetEnvironmentVariable(EnvFile.PathVariable, Path.Combine(_folder.FullName, ".env"));

    [Fact]
    public void The_seeds_env_file_word_for_word_is_accepted_and_stays_on_this_machine()
    {
        var (isGood, settings) = Add(SeedEnv);
        Assert.True(isGood, _errors.ToString());
        Assert.Equal(Path.Combine(_folder.FullName, "data", "chat.db"), settings.Database.Path);
        Assert.True(settings.Groq.IsEmulator);
        Assert.Equal("llama3-70b-8192", settings.Groq.Model);
        Assert.Equal(["http://localhost:8000"], settings.Server.Urls);
        Assert.Equal("http://localhost:3000", settings.Access.Origins.Single().ToString());
        Assert.StartsWith("HOST=0.0.0.0 in .env: listening on this machine only", _output.ToString(), StringComparison.Ordinal);
        Assert.Empty(_errors.ToString());
    }

    [Fact]
    public void The_command_line_beats_the_env_file_and_is_not_narrowed()
    {
        var (isGood, _) = Add(SeedEnv, "--HOST", "0.0.0.0");
        Assert.False(isGood);
        Assert.Equal(2, _errors.ToString().TrimEnd().Split('\n').Length);
        Assert.All(_errors.ToString().TrimEnd().Split('\n'), line => Assert.StartsWith("HOST=0.0.0.0: ", line, StringComparison.Ordinal));

        Assert.Equal(["http://127.0.0.1:0"], Add(SeedEnv, "--urls", "http://127.0.0.1:0").Settings.Server.Urls);
        Assert.Equal(["http://localhost:9001"], Add(SeedEnv, "--HOST", "localhost", "--PORT", "9001").Settings.Server.Urls);
    }

    [Fact]
    public void Each_mistake_is_a_line_on_the_error_output()
    {
        var (isGood, _) = Add("PORT=eighty\nCORS_ORIGINS=*\nACCESS_PASSWORD=short");
        Assert.False(isGood);
        Assert.Collection(
            _errors.ToString().TrimEnd().Split('\n').Order(StringComparer.Ordinal),
            line => Assert.StartsWith("ACCESS_PASSWORD: ", line, StringComparison.Ordinal),
            line => Assert.StartsWith("CORS_ORIGINS=*: ", line, StringComparison.Ordinal),
            line => Assert.StartsWith("PORT=eighty: ", line, StringComparison.Ordinal));
        Assert.DoesNotContain("short", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_one_is_a_line_and_no_stack_trace()
    {
        var (isGood, _) = Add("this is not = \"an env file\nat all");
        Assert.False(isGood);
        Assert.Contains(".env", Assert.Single(_errors.ToString().TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_part_is_a_service()
    {
        File.WriteAllText(EnvFile.FullPath, "GROQ_API_KEY=gsk_abc");
        var builder = WebApplication.CreateBuilder();
        Assert.True(builder.AddSettings(out var settings, _output, _errors), _errors.ToString());
        using var services = builder.Services.BuildServiceProvider();
        Assert.Same(settings, services.GetRequiredService<ChatSettings>());
        Assert.Same(settings.Groq, services.GetRequiredService<GroqSettings>());
        Assert.Same(settings.Database, services.GetRequiredService<DatabaseSettings>());
        Assert.Same(settings.Server, services.GetRequiredService<ServerSettings>());
        Assert.Same(settings.Access, services.GetRequiredService<AccessSettings>());
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(EnvFile.PathVariable, _before);
        _folder.Delete(recursive: true);
        _output.Dispose();
        _errors.Dispose();
    }

    private (bool IsGood, ChatSettings Settings) Add(string envFile, params string[] args)
    {
        File.WriteAllText(EnvFile.FullPath, envFile);
        var isGood = WebApplication.CreateBuilder(args).AddSettings(out var settings, _output, _errors);
        return (isGood, settings);
    }
}
