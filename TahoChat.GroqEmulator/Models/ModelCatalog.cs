using TahoChat.GroqEmulator.Wire;

namespace TahoChat.GroqEmulator.Models;

/// <summary>The models that answer, and those that did once. From console.groq.com/docs/models and /docs/deprecations.</summary>
internal static class ModelCatalog
{
    private static readonly string[] _text = ["text"];
    private static readonly string[] _textAndImage = ["text", "image"];
    private static readonly string[] _audio = ["audio"];
    private static readonly string[] _chatFeatures = ["tools", "json_mode", "structured_outputs", "reasoning"];

    public static readonly IReadOnlyList<GroqModel> Models =
    [
        Model("openai/gpt-oss-120b", 1754408224, "OpenAI", "GPT OSS 120B", 131072, 65536, _text, _chatFeatures),
        Model("openai/gpt-oss-20b", 1754407957, "OpenAI", "GPT OSS 20B", 131072, 65536, _text, _chatFeatures),
        Model("qwen/qwen3.8-27b", 1782777600, "Alibaba Cloud", "Qwen 3.8 27B", 131072, 16384, _textAndImage, _chatFeatures),
        Model("whisper-large-v3", 1693721698, "OpenAI", "Whisper Large V3", 448, 448, _audio, []),
        Model("whisper-large-v3-turbo", 1728413088, "OpenAI", "Whisper Large V3 Turbo", 448, 448, _audio, []),
    ];

    /// <summary>Not among them: llama-3.3-70b-versatile and llama-3.1-8b-instant, which left the free and the developer tier on
    /// 2026-08-16. To whoever is no enterprise they are not there.</summary>
    private static readonly HashSet<string> _retired =
    [
        "llama3-70b-8192", "llama3-8b-8192", "llama-3.1-70b-versatile", "llama-3.3-70b-specdec",
        "llama2-70b-4096", "mixtral-8x7b-32768", "gemma-7b-it", "gemma2-9b-it",
        "deepseek-r1-distill-llama-70b", "deepseek-r1-distill-qwen-32b", "qwen-2.5-32b", "qwen-2.5-coder-32b",
        "qwen-qwq-32b", "mistral-saba-24b", "distil-whisper-large-v3-en",
    ];

    /// <summary>The model of that name.</summary>
    /// <exception cref="GroqErrorException">It was retired (400), or never was or is for enterprises only (404).</exception>
    public static GroqModel Find(string id)
    {
        if (Models.FirstOrDefault(model => model.Id == id) is { } found) return found;
        throw new GroqErrorException(_retired.Contains(id)
            ? new GroqError(
                $"The model `{id}` has been decommissioned and is no longer supported. Please refer to "
                + "https://console.groq.com/docs/deprecations for a recommendation on which model to use instead.",
                GroqError.InvalidRequest,
                "model_decommissioned")
            : NotFound(id));
    }

    public static GroqError NotFound(string id) =>
        new($"The model `{id}` does not exist or you do not have access to it.", GroqError.InvalidRequest, "model_not_found")
        {
            Status = StatusCodes.Status404NotFound,
        };

    /// <summary>Whether the model always reasons, on a channel of its own.</summary>
    public static bool IsGptOss(this GroqModel model) => model.Id.StartsWith("openai/gpt-oss-", StringComparison.Ordinal);

    public static bool Chats(this GroqModel model) => model.InputModalities.Contains("text");

    public static bool Hears(this GroqModel model) => model.InputModalities.Contains("audio");

    public static bool Sees(this GroqModel model) => model.InputModalities.Contains("image");

    private static GroqModel Model(
        string id, long created, string owner, string name, int context, int mostTokens, string[] input, string[] features) =>
        new(id, "model", created, owner, Active: true, context, mostTokens, name, input, _text, features);
}
