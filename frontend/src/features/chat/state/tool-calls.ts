import type { ToolCall } from "@/lib/protocol/rest";

/** A call takes the place of what was known under its id; a new one comes last. */
export function withToolCall(
  known: ToolCall[] | undefined,
  call: ToolCall | undefined,
): ToolCall[] | undefined {
  if (!call) return known;
  const calls = known ?? [];
  const at = calls.findIndex(({ id }) => id === call.id);
  return at < 0 ? [...calls, call] : calls.with(at, call);
}

/** A stretch of a reply: text, and the tools that were called after it. */
export interface ReplyPart {
  start: number;
  text: string;
  calls: ToolCall[];
}

/** The reply's text, cut where tools were called. The last part has none after it. */
export function partsOf(content: string, calls: readonly ToolCall[] = []): ReplyPart[] {
  const parts: ReplyPart[] = [];
  let start = 0;
  for (const call of [...calls].sort((a, b) => a.offset - b.offset)) {
    const offset = Math.min(Math.max(call.offset, start), content.length);
    const last = parts.at(-1);
    if (last && offset === start) last.calls.push(call);
    else parts.push({ start, text: content.slice(start, offset), calls: [call] });
    start = offset;
  }
  return [...parts, { start, text: content.slice(start), calls: [] }];
}
