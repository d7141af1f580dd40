using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using TahoChat.Api.Data;
using TahoChat.Api.Settings;

namespace TahoChat.Tests.Data;

/// <summary>A start of its own, as a second process would have it.</summary>
internal sealed class DatabaseStart : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly DatabaseStartup _startup;

    public DatabaseStart(string path, bool? createNew = null)
    {
        Path = path;
        _services = new ServiceCollection()
            .AddPooledDbContextFactory<ChatDbContext>(options => DataServices.Configure(options, path))
            .BuildServiceProvider();
        var settings = new DatabaseSettings(path) { New = createNew };
        _startup = new DatabaseStartup(
            settings, new DatabaseState(settings, TimeProvider.System, NullLogger<DatabaseState>.Instance), _services.GetRequiredService<IDbContextFactory<ChatDbContext>>(), TimeProvider.System, NullLogger<DatabaseStartup>.Instance);
    }

    public string Path { get; }

    public Task RunAsync(CancellationToken cancellationToken) => _startup.RunAsync(cancellationToken);

    public ChatDbContext Context() => _services.GetRequiredService<IDbContextFactory<ChatDbContext>>().CreateDbContext();

    public async ValueTask DisposeAsync()
    {
        _startup.Dispose();
        SqliteConnection.ClearAllPools();
        await _services.DisposeAsync();
    }
}
