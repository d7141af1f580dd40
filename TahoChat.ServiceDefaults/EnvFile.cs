using DotNetEnv;
using Microsoft.Extensions.Configuration;

namespace TahoChat.ServiceDefaults;

/// <summary>The <c>.env</c> file: at the repository's root, or beside the published program.</summary>
/// <remarks>Compiled into the AppHost too, so that every way to start reads the same file in the same way.</remarks>
public static class EnvFile
{
    /// <summary>The name of the setting that names another file.</summary>
    public const string PathVariable = "ENV_FILE";

    /// <summary>Marks the repository's root.</summary>
    private const string RootMarker = "TahoChat.sln";

    /// <summary>The folder that relative paths in settings start from: the <c>.env</c> file's, whether the file is there
    /// or not.</summary>
    public static string Folder => Path.GetDirectoryName(FullPath)!;

    /// <summary>The repository's root; for a published program the program's own folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Where the file is, or would be.</summary>
    public static string FullPath =>
        Environment.GetEnvironmentVariable(PathVariable) is { Length: > 0 } path
            ? Path.GetFullPath(path)
            : Path.Combine(Root, ".env");

    /// <summary>The file's settings; none where there is no file.</summary>
    /// <exception cref="FormatException">The file cannot be read as <c>NAME=value</c> lines.</exception>
    public static IReadOnlyDictionary<string, string?> Read()
    {
        if (!File.Exists(FullPath)) return new Dictionary<string, string?>();
        try
        {
            return Env.NoEnvVars().Load(FullPath)
                .GroupBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase)
                .ToDictionary(group => group.Key, group => (string?)group.Last().Value, StringComparer.OrdinalIgnoreCase);
        }
        catch (Exception exception) when (exception is not IOException and not UnauthorizedAccessException)
        {
            throw new FormatException($"{FullPath} cannot be read: every line has to be NAME=value or # a comment. {exception.Message}", exception);
        }
    }

    /// <summary>Puts the file's settings under everything that the configuration already has.</summary>
    public static void AddEnvFile(this IConfigurationBuilder configuration) =>
        configuration.Sources.Insert(0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource { InitialData = Read() });

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, RootMarker))) return folder.FullName;
        }

        return Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
    }
}
