using TahoChat.GroqEmulator;

await GroqEmulatorApp.Create(args).RunAsync();
