using TahoChat.GroqEmulator;
using TahoChat.ServiceDefaults;

var app = GroqEmulatorApp.Create(args, builder =>
{
    builder.Host.UseConsoleLifetime();
    builder.AddServiceDefaults();
});
app.MapDefaultEndpoints();
await app.RunAsync();
