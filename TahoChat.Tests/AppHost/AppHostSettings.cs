extern alias AppHostAssembly;

using Aspire.Hosting.Testing;
using AppHostProgram = AppHostAssembly::Projects.TahoChat_AppHost;

namespace TahoChat.Tests.AppHost;

/// <summary>The AppHost's tests change the process's environment, so nothing else may run beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AppHostAlone
{
    public const string Name = "AppHost";
}

/// <summary>An AppHost with a <c>.env</c> file and a data folder of its own, and without this machine's settings.</summary>
internal sealed class AppHostSettings : IDisposable
{
    private static readonly string[] Names =
    [
        "ENV_FILE", "GROQ_API_KEY", "GROQ_BASE_URL", "GROQ_MODEL", "GROQ_EMULATOR", "DATABASE_URL", "ConnectionStrings__chat", "PORT",
        "CORS_ORIGINS", "ALLOWED_HOSTS", "ACCESS_PASSWORD", "Parameters__groq_api_key",
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tahochat-");
    private readonly Dictionary<string, string?> _before = Names.ToDictionary(name => name, Environment.GetEnvironmentVariable);

    public AppHostSettings(params string[] lines)
    {
        foreach (var name in Names) Environment.SetEnvironmentVariable(name, null);
        var file = Path.Combine(_folder.FullName, ".env");
        File.WriteAllLines(file, lines);
        Environment.SetEnvironmentVariable("ENV_FILE", file);
    }

    /// <summary>Runs the AppHost's program up to the point where it builds the application.</summary>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync(CancellationToken cancellationToken, params string[] args) =>
        DistributedApplicationTestingBuilder.CreateAsync<AppHostProgram>(
            // A developer's own user secret would be a key too.
            ["--Parameters:groq-api-key=", .. args], cancellationToken);

    public void Dispose()
    {
        foreach (var (name, value) in _before) Environment.SetEnvironmentVariable(name, value);
        _folder.Delete(recursive: true);
    }
}
