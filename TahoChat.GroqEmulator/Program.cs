using TahoChat.GroqEmulator;
using TahoChat.ServiceDefaults;

var app = GroqEmulatorApp.Create(args, builder =>
{
    builder.Host.UseConsoleLifetime();
    builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
    builder.AddServiceDefaults();
});
app.MapDefaultEndpoints();
await app.RunAsync();
