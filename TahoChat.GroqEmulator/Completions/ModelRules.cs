using TahoChat.GroqEmulator.Faults;
using TahoChat.GroqEmulator.Models;
using TahoChat.GroqEmulator.Wire;

namespace TahoChat.GroqEmulator.Completions;

/// <summary>What depends on the model, and not on the request alone.</summary>
internal static class ModelRules
{
    private const long MostImageBytes = 4 * 1024 * 1024;

    /// <exception cref="GroqErrorException">The model cannot do what the request asks for.</exception>
    public static void Check(CompletionRequest request, GroqModel model, long bodyBytes, int promptTokens)
    {
        if (!model.Chats()) throw new GroqErrorException($"The model `{model.Id}` does not support chat completions", "model");
        CheckReasoning(request, model);
        CheckImages(request, model, bodyBytes);
        if (request.MaxCompletionTokens > model.MaxCompletionTokens)
        {
            throw new GroqErrorException(
                $"`max_completion_tokens` must be less than or equal to `{model.MaxCompletionTokens}`, the maximum value for "
                + "`max_completion_tokens` is less than the `context_window` for this model",
                "max_completion_tokens");
        }

        if (promptTokens + (request.MaxCompletionTokens ?? 1) > model.ContextWindow)
        {
            throw new GroqErrorException("Please reduce the length of the messages or completion.", "messages");
        }

        if (request.Format.Type == "json_object" && !request.Messages.Any(NamesJson))
        {
            throw new GroqErrorException(
                "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
                "messages");
        }
    }

    private static bool NamesJson(RequestMessage message) => message.Text.Contains("json", StringComparison.OrdinalIgnoreCase);

    private static void CheckReasoning(CompletionRequest request, GroqModel model)
    {
        if (model.IsGptOss() && request.ReasoningFormat is not null)
        {
            throw new GroqErrorException("reasoning_format is not supported with this model", "reasoning_format");
        }

        string[] efforts = model.IsGptOss() ? ["low", "medium", "high"] : ["none", "default"];
        if (request.ReasoningEffort is { } effort && !efforts.Contains(effort))
        {
            var allowed = string.Join(", ", efforts.Select(known => $"`{known}`"));
            throw new GroqErrorException($"`reasoning_effort` must be one of {allowed}", "reasoning_effort");
        }
    }

    private static void CheckImages(CompletionRequest request, GroqModel model, long bodyBytes)
    {
        var first = request.Messages.TakeWhile(message => message.Images.Count == 0).Count();
        if (first == request.Messages.Count) return;
        if (!model.Sees())
        {
            throw RequestFields.Wrong(
                $"messages.{first}",
                $"for 'role:user' the following must be satisfied[('messages.{first}.content' : value must be a string)]");
        }

        if (bodyBytes > MostImageBytes) throw new GroqErrorException(AnswerErrors.EntityTooLarge);
    }
}
