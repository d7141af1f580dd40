using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using TahoChat.Api.Data;
using TahoChat.Api.Lifetime;
using TahoChat.Api.Settings;
using TahoChat.ServiceDefaults;

namespace TahoChat.Api.Backups;

/// <summary><c>TahoChat.Api backup FILE</c> and <c>TahoChat.Api restore FILE</c>: the database that a server would have by the same
/// settings, copied or replaced, without a server. What came of it is one line.</summary>
public static class DatabaseCommands
{
    /// <summary>The exit code of a command that makes no sense.</summary>
    public const int WrongUse = 2;

    private const string Usage = "Usage: TahoChat.Api backup FILE [--force], or TahoChat.Api restore FILE; settings as --NAME=value, in the environment or in .env.";

    /// <summary>What lies beside a database and belongs to it.</summary>
    private static readonly string[] _besides = ["-wal", "-shm", "-journal", ".lock"];

    /// <summary>The exit code; null where <paramref name="args"/> ask for none of the commands.</summary>
    public static int? Run(string[] args) => args is ["backup" or "restore", ..] ? Run(args[0], args[1..], Console.Out, Console.Error) : null;

    private static int Run(string command, string[] args, TextWriter output, TextWriter errors)
    {
        var force = args.Contains("--force");
        var settings = args.Where(arg => arg.StartsWith("--", StringComparison.Ordinal) && arg.Contains('=', StringComparison.Ordinal)).ToArray();
        if (args.Except(["--force"]).Except(settings).ToList() is not [{ Length: > 0 } file] || file[0] == '-' || (force && command == "restore"))
        {
            errors.WriteLine(Usage);
            return WrongUse;
        }

        try
        {
            var path = Database(settings);
            output.WriteLine(command == "backup" ? BackUp(path, Path.GetFullPath(file), force) : Restore(path, Path.GetFullPath(file)));
            return 0;
        }
        catch (Exception exception) when (exception is DatabaseRefusedException or FormatException)
        {
            errors.WriteLine(SettingValues.OneLine(exception.Message));
        }
        catch (SqliteException exception)
        {
            errors.WriteLine(SettingValues.OneLine($"The {command} failed and changed nothing: {exception.Message}"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine(SettingValues.OneLine($"The {command} failed: {exception.Message}"));
        }

        return StartUp.Refused;
    }

    /// <summary>Where the server's settings put the database.</summary>
    private static string Database(string[] settings)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(settings);
        configuration.AddEnvFile();
        var values = new SettingValues(configuration.Build());
        var database = DatabaseSettingsReader.Read(values, EnvFile.Folder);
        return values.Mistakes is [var mistake, ..] ? throw new DatabaseRefusedException(mistake) : database.Path;
    }

    private static string BackUp(string path, string target, bool force)
    {
        if (!File.Exists(path)) throw new DatabaseRefusedException($"There is no database at {path}.");
        if (Directory.Exists(target)) throw new DatabaseRefusedException($"{target} is a folder; name a file in it.");
        if (path == target || Array.Exists(_besides, suffix => path + suffix == target)) throw new DatabaseRefusedException($"{target} is the database itself.");
        if (File.Exists(target) && !force) throw new DatabaseRefusedException($"{target} is there already; name another file, or add --force to replace it.");
        if (DatabaseFile.FaultOf(path) is { } fault) throw new DatabaseRefusedException($"The database {path} is {fault}; nothing was copied.");
        // In a person's folder no file may be in the way of it.
        var draft = string.Create(CultureInfo.InvariantCulture, $"{target}.{Guid.NewGuid():N}.new");
        using var interrupted = OnInterrupt(() => DatabaseFile.Discard(draft));
        DatabaseCopy.Make(path, target, draft, force, copy =>
        {
            if (DatabaseInspection.Applied(copy).Count == 0) throw new DatabaseRefusedException($"{path} is a database of another program; nothing was copied.");
        });
        return $"{path} is backed up to {target} ({Size(target)}, checked).";
    }

    private static string Restore(string path, string file)
    {
        if (!File.Exists(file)) throw new DatabaseRefusedException($"There is no file {file}.");
        if (path == file) throw new DatabaseRefusedException($"{file} is the database itself.");
        var options = new DbContextOptionsBuilder<ChatDbContext>();
        DataServices.Configure(options, path);
        using var context = new ChatDbContext(options.Options);
        var kept = DatabaseRestore.Run(path, file, [.. context.Database.GetMigrations()], DateTimeOffset.UtcNow);
        return $"{path} is restored from {file} ({Size(path)}, checked). " + (kept is null ? "There was no database before." : $"The one before is kept as {kept}.");
    }

    /// <summary>Ctrl+C ends the process all the same.</summary>
    private static System.Runtime.InteropServices.PosixSignalRegistration OnInterrupt(Action act) =>
        System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGINT, _ => act());

    private static string Size(string file) => string.Create(CultureInfo.InvariantCulture, $"{new FileInfo(file).Length / 1_000_000.0:0.0} MB");
}
