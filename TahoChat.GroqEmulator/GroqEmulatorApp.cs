namespace TahoChat.GroqEmulator;

/// <summary>Groq's wire protocol without Groq.</summary>
public static class GroqEmulatorApp
{
    /// <summary>Builds the emulator; the caller starts, stops and disposes it.</summary>
    /// <param name="args">Command line of its host, <c>--urls</c> among it.</param>
    /// <param name="configure">Last changes to the builder, such as another logger.</param>
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        configure?.Invoke(builder);
        return builder.Build();
    }
}
