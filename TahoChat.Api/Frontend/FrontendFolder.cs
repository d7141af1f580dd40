using TahoChat.ServiceDefaults;

namespace TahoChat.Api.Frontend;

/// <summary>Where the exported frontend lies.</summary>
internal static class FrontendFolder
{
    /// <summary>The first of the folders that holds an export, or null. From the project, from the published program, from
    /// a built program that is started in another folder.</summary>
    public static string? Find(string contentRoot) =>
        new[] { contentRoot, AppContext.BaseDirectory, Path.Combine(EnvFile.Root, "TahoChat.Api") }
            .Select(folder => Path.Combine(folder, "wwwroot"))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "index.html")));
}
