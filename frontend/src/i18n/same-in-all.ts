/** Words that stay as they are in every language: names of things, keys, and what is no word. */
const names =
  /\{[^{}]*\}|<\/?\w+>|TahoChat|Groq|OpenAPI|GROQ_\w+|API|Markdown|LaTeX|Mermaid|Ctrl|Alt|Shift|Esc|Enter|Home|Prompt|tokens?\/s|\bmin\b|\bms\b|\b[sh]\b/g;

export function namesOnly(message: string): boolean {
  return !/\p{L}/u.test(message.replace(names, ""));
}

/** Words that a language shares with English, by their keys. */
export const mayBeEnglish = {
  fr: new Set<string>([
    "figures.failures.code",
    "figures.tiles.tokens",
    "figures.plots.describe",
    "figures.slowest.traceTitle",
    "figures.slowest.trace",
    "receipt.trace",
    "receipt.tokens.title",
    "receipt.waterfall.total",
    "tools.arguments",
  ]),
  de: new Set<string>([
    "figures.failures.code",
    "figures.speed.median",
    "figures.tiles.tokens",
    "figures.slowest.trace",
    "figures.slowest.traceTitle",
    "receipt.trace",
    "receipt.tokens.title",
  ]),
  es: new Set<string>([
    "figures.tiles.tokens",
    "figures.plots.total",
    "receipt.tokens.title",
    "receipt.waterfall.total",
  ]),
  ar: new Set<string>(),
  ja: new Set<string>(),
};
