using System.Text;

namespace TahoChat.GroqEmulator.Replies;

/// <summary>What the model thinks before it answers; its length follows the effort.</summary>
internal static class ReasoningWriter
{
    public static string Write(Prompt prompt, string? effort)
    {
        var text = new StringBuilder($"The user wrote “{Prompt.Shorten(prompt.Text)}”.");
        if (effort is "low") return text.ToString();
        text.Append(prompt.Turn > 1 ? $" This is turn {prompt.Turn}, so I should stay with what came before." : " This is the first turn.");
        text.Append(prompt.IsGreeting ? " A greeting: answer it kindly." : prompt.IsQuestion ? " It is a question." : " It is a request.");
        text.Append(" I am an emulator without a model, so I must say that plainly and show what was asked for.");
        if (effort is not "high") return text.ToString();
        return text
            .Append("\n\nLet me go through it once more. ")
            .Append("Which forms were asked for: headings, code, tables, lists, formulas, a diagram? ")
            .Append("I pick the samples that match the wording, keep them correct, and order them from the plain to the elaborate. ")
            .Append("I do not invent facts about the topic. At the end I say how to get real answers.")
            .ToString();
    }
}
