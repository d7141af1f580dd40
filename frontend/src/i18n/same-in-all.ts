/** Names of things and of keys, units, and what is no word. */
const names =
  /\{[^{}]*\}|<\/?\w+>|\b(?:TahoChat|ChatGPT|Open WebUI|LibreChat|FastAPI|Groq|OpenAPI|GROQ_\w+|API|Markdown|LaTeX|Mermaid|Ctrl|Alt|Shift|Esc|Enter|Home|End|Backspace|Tab|tokens\/s|min|ms|s|h|MB|KB)\b/g;

/** Words that a language shares with English, as whole messages. */
const shared: Record<string, string[]> = {
  fr: [
    "Arguments",
    "Code",
    "Conversation",
    "Conversations",
    "effort {effort}",
    "message.txt",
    "tokens",
    "{count, plural, one {# token} other {# tokens}}",
    "Options",
    "Prompts",
    "Prompt",
    "Tokens",
    "Total",
    "Trace",
    "Trace {id}",
    "trace <code>{id}</code>",
    "Version",
    "Message",
    "Microphone",
  ],
  de: [
    "Code",
    "Limits: {says}",
    "Median",
    "Name",
    "Normal",
    "Text",
    "Prompt",
    "Prompts",
    "Tokens",
    "Trace",
    "Trace {id}",
    "Version",
  ],
  es: [
    "{count, plural, one {# token} other {# tokens}}",
    "tokens",
    "Normal",
    "Prompt",
    "Prompts",
    "Tokens",
    "Total",
  ],
};

/** Whether a message may be the same in that language as in English. */
export function mayBeSame(locale: string, message: string): boolean {
  return shared[locale]?.includes(message) === true || !/\p{L}/u.test(message.replace(names, ""));
}
