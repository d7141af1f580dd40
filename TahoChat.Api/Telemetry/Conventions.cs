namespace TahoChat.Api.Telemetry;

/// <summary>The names in our telemetry. Those of OpenTelemetry: semantic conventions 1.44 for databases, HTTP, servers and
/// errors; for generative AI 1.41, the last version that has them, with what <c>semantic-conventions-genai</c>, where they
/// moved to, added since (state of August 2026).</summary>
internal static class Conventions
{
    /// <summary>The class of an error: our stable codes, as <c>docs/protocol.md</c> lists them.</summary>
    public const string ErrorType = "error.type";

    /// <summary>https://github.com/open-telemetry/semantic-conventions/blob/v1.41.0/docs/gen-ai/gen-ai-spans.md</summary>
    public static class GenAi
    {
        public const string OperationName = "gen_ai.operation.name";
        public const string ProviderName = "gen_ai.provider.name";
        public const string ConversationId = "gen_ai.conversation.id";
        public const string RequestModel = "gen_ai.request.model";
        public const string RequestMaxTokens = "gen_ai.request.max_tokens";
        public const string RequestTemperature = "gen_ai.request.temperature";
        public const string RequestStream = "gen_ai.request.stream";
        public const string ResponseModel = "gen_ai.response.model";
        public const string ResponseId = "gen_ai.response.id";
        public const string ResponseFinishReasons = "gen_ai.response.finish_reasons";

        /// <summary>Seconds.</summary>
        public const string ResponseTimeToFirstChunk = "gen_ai.response.time_to_first_chunk";

        public const string UsageInputTokens = "gen_ai.usage.input_tokens";
        public const string UsageOutputTokens = "gen_ai.usage.output_tokens";
        public const string UsageCacheReadInputTokens = "gen_ai.usage.cache_read.input_tokens";
        public const string UsageReasoningOutputTokens = "gen_ai.usage.reasoning.output_tokens";
        /// <summary><c>input</c> or <c>output</c>.</summary>
        public const string TokenType = "gen_ai.token.type";

        public const string ToolName = "gen_ai.tool.name";
        public const string ToolType = "gen_ai.tool.type";
        public const string ToolDescription = "gen_ai.tool.description";
        public const string ToolCallId = "gen_ai.tool.call.id";

        /// <summary>https://github.com/open-telemetry/semantic-conventions-genai/blob/main/docs/gen-ai/client-inference.md</summary>
        public const string RequestReasoningLevel = "gen_ai.request.reasoning.level";

        /// <summary>What a finish reason is where none came.</summary>
        public const string FinishReasonError = "error";

        /// <summary>Only where <see cref="ContentCapture"/> is on.</summary>
        public static class Content
        {
            public const string InputMessages = "gen_ai.input.messages";
            public const string OutputMessages = "gen_ai.output.messages";
            public const string ToolDefinitions = "gen_ai.tool.definitions";
            public const string ToolCallArguments = "gen_ai.tool.call.arguments";
            public const string ToolCallResult = "gen_ai.tool.call.result";
        }

        public static class Operations
        {
            public const string Chat = "chat";
            public const string ExecuteTool = "execute_tool";
        }

        public static class Providers
        {
            public const string Groq = "groq";
        }
    }

    /// <summary>https://github.com/open-telemetry/semantic-conventions/blob/v1.44.0/docs/db/database-spans.md</summary>
    public static class Db
    {
        public const string SystemName = "db.system.name";
        public const string OperationName = "db.operation.name";
        public const string CollectionName = "db.collection.name";

        /// <summary>SQLite's own number of the error.</summary>
        public const string ResponseStatusCode = "db.response.status_code";

        public const string ResponseReturnedRows = "db.response.returned_rows";

        public static class Systems
        {
            public const string Sqlite = "sqlite";
        }
    }

    /// <summary>https://github.com/open-telemetry/semantic-conventions/blob/v1.44.0/docs/http/http-spans.md</summary>
    public static class Http
    {
        public const string ResponseStatusCode = "http.response.status_code";
    }

    public static class Server
    {
        public const string Address = "server.address";
        public const string Port = "server.port";
    }

    /// <summary>Ours. Times are seconds.</summary>
    public static class TahoChat
    {
        public const string ConversationId = "tahochat.conversation.id";
        public const string UserMessageId = "tahochat.user_message.id";

        /// <summary>The reply's.</summary>
        public const string MessageId = "tahochat.message.id";

        /// <summary>How the reply ended: <c>complete</c>, <c>stopped</c>, <c>interrupted</c> or <c>failed</c>; of one that
        /// waited <c>removed</c> where it was taken out, <c>queued</c> where the server ended.</summary>
        public const string MessageStatus = "tahochat.message.status";

        /// <summary><c>send</c>, <c>edit</c>, <c>regenerate</c> or <c>continue</c>.</summary>
        public const string TurnKind = "tahochat.turn.kind";

        /// <summary>It waited when the server ended, and grew after the next start.</summary>
        public const string TurnRestored = "tahochat.turn.restored";

        public const string TurnQueueTime = "tahochat.turn.queue_time";

        /// <summary>Its conversation was deleted.</summary>
        public const string TurnDeleted = "tahochat.turn.deleted";

        /// <summary>Units of the reply's content.</summary>
        public const string ReplyLength = "tahochat.reply.length";

        public const string CheckpointCount = "tahochat.checkpoint.count";
        public const string CheckpointNumber = "tahochat.checkpoint.number";

        /// <summary>From the checkpoint's beginning to its commit.</summary>
        public const string CheckpointTime = "tahochat.checkpoint.time";

        public const string CheckpointLongest = "tahochat.checkpoint.longest";

        /// <summary>Units of text and reasoning.</summary>
        public const string SliceLength = "tahochat.slice.length";

        /// <summary>How long a write waited for the writer.</summary>
        public const string DbQueueTime = "tahochat.db.queue_time";

        /// <summary>How long the transaction took that it shared.</summary>
        public const string DbCommitTime = "tahochat.db.commit_time";

        /// <summary>How many writes shared the commit.</summary>
        public const string DbBatchSize = "tahochat.db.batch_size";

        public const string RetryNumber = "tahochat.retry.number";
        public const string RetryWait = "tahochat.retry.wait";

        /// <summary>The field of the request that the provider does not know.</summary>
        public const string RetryWithout = "tahochat.retry.without";

        /// <summary>The turn ended before: a stop, a deletion, the server's end.</summary>
        public const string Cancelled = "tahochat.cancelled";

        /// <summary>Something of the captured content was left out or cut.</summary>
        public const string ContentCut = "tahochat.content.cut";

        public const string ToolServer = "tahochat.tool.server";
        public const string ToolState = "tahochat.tool.state";
        public const string AttachmentKind = "tahochat.attachment.kind";

        /// <summary><c>closed</c>, <c>half_open</c> or <c>open</c>.</summary>
        public const string CircuitState = "tahochat.circuit.state";

        /// <summary><c>allowed</c> or <c>refused</c>, which it also is where nobody answered in time.</summary>
        public const string ToolDecision = "tahochat.tool.decision";
    }

    /// <summary>What our spans' events are called.</summary>
    public static class Events
    {
        public const string FirstSlice = "first slice";
        public const string Checkpoint = "checkpoint";
        public const string CheckpointFailed = "checkpoint failed";
        public const string Retry = "retry";
        public const string CircuitOpen = "circuit open";
    }
}
