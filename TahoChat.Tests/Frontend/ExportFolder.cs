namespace TahoChat.Tests.Frontend;

/// <summary>The exported frontend in the repository, which <c>./test.sh</c> builds first.</summary>
internal static class ExportFolder
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var export = System.IO.Path.Combine(folder.FullName, "TahoChat.Api", "wwwroot");
            if (File.Exists(System.IO.Path.Combine(export, "index.html"))) return export;
        }

        throw new DirectoryNotFoundException("The frontend is not exported to TahoChat.Api/wwwroot: ./test.sh does it, and so does ./run.sh.");
    }
}
