using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using TahoChat.Api.Attachments;
using TahoChat.Api.Chat.Protocol;
using TahoChat.Api.Conversations;
using TahoChat.Api.Errors;
using TahoChat.Api.Generations;
using TahoChat.Api.Models;
using TahoChat.Api.Tools;
using TahoChat.Api.Tools.Mcp;

namespace TahoChat.Tests.Chat;

/// <summary>The frontend's types are checked by TypeScript against examples that the real serializers write here, so that
/// the two cannot drift apart.</summary>
public sealed class ProtocolFixtureTests
{
    private const string Update = "UPDATE_FIXTURES";

    private static readonly DateTime _at = new(2026, 10, 1, 9, 30, 0, 123, DateTimeKind.Utc);
    private static readonly TurnIds _ids = new(Owner.Local, 12, 41, 42);

    private static readonly ToolCall _toolCall = new()
    {
        Id = "fc_1",
        Name = "everything__echo",
        Server = "everything",
        Arguments = "{\"message\":\"Hi\"}",
        State = ToolCallState.Done,
        Result = "Echo: Hi",
        Offset = 8,
        DurationMs = 3,
    };

    private static readonly Receipt _receipt = new()
    {
        PromptTokens = 73,
        CompletionTokens = 160,
        ReasoningTokens = 14,
        CachedTokens = 8,
        TotalTokens = 233,
        QueueTime = 0.016,
        PromptTime = 0.004,
        CompletionTime = 0.31,
        TotalTime = 0.314,
        TimeToFirstToken = 4.909,
        ReasoningTime = 0.094,
        ElapsedTime = 5.211,
        OwnTime = 0.009,
        WaitTime = 4.1,
        RetryTime = 0.62,
        ToolTime = 0.004,
        FirstSliceTime = 0.001,
        Requests = 3,
        Retries = 1,
        Phases =
        [
            new() { Kind = PhaseKind.Saving, Seconds = 0.004 },
            new() { Kind = PhaseKind.Waiting, Seconds = 4.1 },
            new() { Kind = PhaseKind.Preparing, Seconds = 0.003 },
            new() { Kind = PhaseKind.Attempt, Seconds = 0.62 },
            new() { Kind = PhaseKind.Request, Seconds = 0.08, QueueTime = 0.006, PromptTime = 0.002, CompletionTime = 0.04 },
            new() { Kind = PhaseKind.Tools, Seconds = 0.004 },
            new() { Kind = PhaseKind.Preparing, Seconds = 0.001 },
            new() { Kind = PhaseKind.Request, Seconds = 0.102, QueueTime = 0.01, PromptTime = 0.002, CompletionTime = 0.27 },
            new() { Kind = PhaseKind.Reasoning, Seconds = 0.094 },
            new() { Kind = PhaseKind.Writing, Seconds = 0.202 },
            new() { Kind = PhaseKind.Finishing, Seconds = 0.001 },
        ],
        Cost = 0.00010635,
        InputPrice = 0.15,
        CachedPrice = 0.075,
        OutputPrice = 0.6,
        CostIsSimulated = true,
        CostIsPartial = true,
    };

    private static readonly Message _asked = new()
    {
        Id = 41,
        ConversationId = 12,
        ParentId = 40,
        Depth = 3,
        Role = MessageRole.User,
        Status = MessageStatus.Complete,
        Content = "Explain \"tides\" 🌊\n</script>",
        CreatedAt = _at,
        CompletedAt = _at,
        ClientMessageId = "0b4f6a1e-0000-4000-8000-000000000001",
        Revision = 90,
        Attachments =
        [
            new Attachment { Id = 7, Name = "tides.png", MediaType = "image/png", Kind = AttachmentKind.Image, Size = 48_211, Width = 1280, Height = 720, CreatedAt = _at },
            new Attachment { Id = 8, Name = "notes.md", MediaType = "text/plain", Kind = AttachmentKind.Text, Size = 21, CreatedAt = _at },
        ],
    };

    private static readonly Message _reply = new()
    {
        Id = 42,
        ConversationId = 12,
        ParentId = 41,
        Depth = 4,
        Role = MessageRole.Assistant,
        Status = MessageStatus.Complete,
        Content = "The Moon pulls.",
        Reasoning = "The user asks about tides.",
        Model = "openai/gpt-oss-120b",
        FinishReason = "stop",
        TraceId = "4bf92f3577b34da6a3ce929d0e0e4736",
        Receipt = _receipt,
        ToolCalls = [_toolCall],
        CreatedAt = _at,
        CompletedAt = _at.AddSeconds(1),
        Revision = 91,
    };

    private static readonly Message _failed = new()
    {
        Id = 44,
        ConversationId = 12,
        ParentId = 43,
        Role = MessageRole.Assistant,
        Status = MessageStatus.Failed,
        Model = "openai/gpt-oss-120b",
        ErrorCode = "provider_rate_limited",
        Error = "The account's limit is reached. Please try again in 1 min.",
        RetryAt = _at.AddMinutes(1),
        TraceId = "4bf92f3577b34da6a3ce929d0e0e4736",
        Receipt = new Receipt
        {
            ElapsedTime = 0.31,
            OwnTime = 0.01,
            RetryTime = 0.3,
            Requests = 1,
            Retries = 0,
            Phases = [new() { Kind = PhaseKind.Preparing, Seconds = 0.01 }, new() { Kind = PhaseKind.Attempt, Seconds = 0.3 }],
        },
        CreatedAt = _at,
        CompletedAt = _at,
        Revision = 93,
    };

    private static readonly Conversation _conversation = new()
    {
        Id = 12,
        Title = "Tides",
        CreatedAt = _at,
        UpdatedAt = _at.AddSeconds(1),
        HeadId = 42,
        Revision = 91,
        Model = "openai/gpt-oss-120b",
        ReasoningEffort = "low",
        SystemPrompt = "Answer like a sailor.",
        Temperature = 0.4,
        MaxCompletionTokens = 2048,
        PinnedAt = _at,
        ArchivedAt = _at,
        Tags = ["Sea", "Zeit"],
    };

    public static TheoryData<string> EventTypes =>
        [.. typeof(ServerEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ServerEvent))).Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(EventTypes))]
    public void Every_event_has_an_example(string type) => Assert.Contains(Events(), example => example.GetType().Name == type);

    [Fact]
    public void Every_field_of_every_event_is_in_an_example()
    {
        foreach (var group in Events().GroupBy(example => example.GetType()))
        {
            var fields = group.Key.GetProperties().Select(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
            var shown = group.SelectMany(example => JsonDocument.Parse(ChatFrames.Write(example)).RootElement.EnumerateObject().Select(field => field.Name));
            Assert.Empty(fields.Except(shown));
        }
    }

    [Fact]
    public async Task The_frontends_fixtures_are_what_the_serializers_write()
    {
        var path = Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../frontend/src/lib/protocol/fixtures.ts");
        var expected = Fixtures();
        if (Environment.GetEnvironmentVariable(Update) == "1")
            await File.WriteAllTextAsync(path, expected, TestContext.Current.CancellationToken);

        Assert.True(File.Exists(path), $"{path} is missing: run this test with {Update}=1.");
        var actual = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        Assert.True(
            expected == actual,
            $"The protocol's records changed: run this test with {Update}=1, then `npx tsc --noEmit` in frontend/. First difference: {Difference(expected, actual)}");
    }

    private static List<ServerEvent> Events()
    {
        using var generation = new Generation(_ids, "openai/gpt-oss-120b") { TraceId = "4bf92f3577b34da6a3ce929d0e0e4736" };
        var limit = new ChatError("provider_rate_limited", "The account's limit is reached. Please try again in 1 min.", true, TimeSpan.FromMinutes(1));
        var summary = ConversationSummary.From(_conversation, _reply, growing: false);
        var turn = new Turn(_ids, MessageStatus.Streaming, "openai/gpt-oss-120b", 90)
        {
            ClientMessageId = "0b4f6a1e-0000-4000-8000-000000000001",
            TraceId = "4bf92f3577b34da6a3ce929d0e0e4736",
            Notice = "llama3-8b-8192 is no longer offered; openai/gpt-oss-120b answers instead.",
            Branched = true,
        };
        return
        [
            StreamingEvent.Acknowledge(turn),
            StreamingEvent.Acknowledge(turn with { Status = MessageStatus.Queued, Notice = null, Branched = false, ClientMessageId = null, TraceId = null }),
            StreamingEvent.From(_ids, new Slice(default, "The user asks", "", null)),
            StreamingEvent.From(_ids, new Slice(new Cursor(13, 0), "", "The Moon 🌊", null)),
            StreamingEvent.From(_ids, new Cursor(13, 8), new ToolCallStep(_toolCall), _at)!,
            StreamingEvent.From(_ids, new Cursor(13, 8), new ToolCallStep(_toolCall with { Server = null, State = ToolCallState.Running, Result = null, DurationMs = null }), _at)!,
            StreamingEvent.From(_ids, default, new WaitStep("provider_rate_limited", _at.AddSeconds(2.4)), _at)!,
            new GenerationEnd(MessageStatus.Complete, "stop", null, _receipt) { Revision = 91 }.ToEvent(generation),
            new GenerationEnd(MessageStatus.Stopped, "stopped", null, null) { Revision = 91 }.ToEvent(generation),
            new GenerationEnd(MessageStatus.Interrupted, null, limit, _receipt) { Revision = 91 }.ToEvent(generation),
            new GenerationEnd(MessageStatus.Failed, null, limit with { RetryAfter = null }, null) { Revision = 91 }.ToEvent(generation),
            _reply.ToEndEvent(),
            _failed.ToEndEvent(),
            ErrorEvent.From(new ChatError("rate_limited", "Too many messages. Please wait a moment.", true, TimeSpan.FromSeconds(2.4)), 12, "0b4f6a1e-0000-4000-8000-000000000001"),
            ErrorEvent.From(new ChatError("invalid_frame", "Invalid message format"), null),
            new MessageEvent(12, 90, MessageResponse.From(_asked)),
            new MessageEvent(12, 91, MessageResponse.From(_reply)),
            new MessageEvent(12, 93, MessageResponse.From(_failed)),
            ConversationEvent.From(summary),
            ConversationEvent.From(ConversationSummary.From(new Conversation { Id = 13, CreatedAt = _at, UpdatedAt = _at, Revision = 92 }, null, growing: false)),
            new ConversationDeletedEvent(12, 94),
            new WatchingEvent(12, 91),
            new WatchingEvent(null, 94),
            new ResyncEvent(12),
            new ResyncEvent(null),
            new ResetEvent(12, 42, 980, 0),
            new PongEvent(),
        ];
    }

    private static string Fixtures()
    {
        var rest = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        ErrorExtensions.Configure(rest);
        var text = new StringBuilder()
            .AppendLf("// Written by ProtocolFixtureTests of TahoChat.Tests with UPDATE_FIXTURES=1; tsc holds the types against it.")
            .AppendLf("import type { ServerEvent } from \"./events\";")
            .AppendLf("import type { Limits } from \"./limits\";")
            .AppendLf("import type { Conversation, ConversationSummary, Models, Tools } from \"./rest\";")
            .AppendLf("")
            .AppendLf("export const serverEvents = [");
        foreach (var example in Events()) text.AppendLf($"  {Encoding.UTF8.GetString(ChatFrames.Write(example))},");
        text.AppendLf("] satisfies ServerEvent[];");
        Add("conversationFixture", ConversationResponse.From(_conversation, [MessageResponse.From(_asked), MessageResponse.From(_reply) with { SiblingIds = [42, 44] }, MessageResponse.From(_failed)]), "Conversation");
        Add("emptyConversationFixture", ConversationResponse.From(new Conversation { Id = 13, CreatedAt = _at, UpdatedAt = _at, Revision = 92 }, []), "Conversation");
        Add("conversationListFixture", new List<ConversationSummary>
        {
            ConversationSummary.From(_conversation, _reply, growing: false),
            ConversationSummary.From(new Conversation { Id = 13, CreatedAt = _at, UpdatedAt = _at, Revision = 92 }, null, growing: false),
        }, "ConversationSummary[]");
        Add("toolsFixture", new ToolsResponse(
            [
                new ToolResponse("calculator", "Calculator", "Works out an expression.", null, Safe: true, Enabled: true, AlwaysAllowed: false, McpState.Ready),
                new ToolResponse("files__read", "read", "Reads a file.", "files", Safe: false, Enabled: false, AlwaysAllowed: true, McpState.Connecting),
            ],
            [new ToolServerResponse("files", McpState.Connecting, null), new ToolServerResponse("web", McpState.Down, "It cannot be reached.")]), "Tools");
        Add("modelsFixture", new ModelsResponse("groq", "openai/gpt-oss-120b", "llama3-8b-8192 is no longer offered; openai/gpt-oss-120b answers instead.",
        [
            new ModelResponse("openai/gpt-oss-120b", "GPT OSS 120B", 131_072, 65_536, "OpenAI", Reasoning: true, ["tools", "reasoning", "json"], ["low", "medium", "high"]),
            new ModelResponse("local", "local", null, null, null, Reasoning: false, [], []),
        ], "whisper-large-v3-turbo"), "Models");
        Add("limitsFixture", new List<LimitsResponse>
        {
            new("openai/gpt-oss-120b", new LimitResponse(1000, 997, _at.AddMinutes(4.32), 259_200), new LimitResponse(8000, 3900, _at.AddSeconds(30.75), 30_750), 4096, _at),
            new("local", null, null, 4096, _at),
        }, "Limits[]");
        return text.ToString();

        void Add<T>(string name, T value, string type) => text.AppendLf("").AppendLf($"export const {name} = {JsonSerializer.Serialize(value, rest)} satisfies {type};");
    }

    private static string Difference(string expected, string actual) => expected.Split('\n').Zip(actual.Split('\n'))
        .Where(pair => pair.First != pair.Second).Select(pair => $"expected {pair.First} but found {pair.Second}").FirstOrDefault("one is longer");

    private static string ThisFile([CallerFilePath] string path = "") => path;
}

internal static class LineFeeds
{
    public static StringBuilder AppendLf(this StringBuilder text, string line) => text.Append(line).Append('\n');
}
