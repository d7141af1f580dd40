using System.ComponentModel;
using TahoChat.Api.Groq;

namespace TahoChat.Api.Tools.Mcp;

/// <summary>Why a server cannot be reached, in words that hold nothing of its own text.</summary>
internal static class McpErrors
{
    public static string InWords(Exception exception) => exception switch
    {
        OperationCanceledException or TimeoutException => "It did not answer in time.",
        HttpRequestException { StatusCode: { } status } => $"It answered with status {(int)status}.",
        HttpRequestException => "It cannot be reached.",
        Win32Exception or { InnerException: Win32Exception } or FileNotFoundException => "Its program could not be started.",
        IOException => "Its program ended, or the connection broke off.",
        _ => "It could not be connected.",
    };

    /// <summary>The exception's own words, without keys and in one line.</summary>
    public static string ForLog(Exception exception) => $"({exception.GetType().Name}: {Redaction.Redact(exception.Message, null)})";
}
