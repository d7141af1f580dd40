import type { Translate } from "@/i18n/spoken";
import type { ToolCall } from "@/lib/protocol/rest";

/** Where a call stands, in words. `growing`: its reply grows, so that it can still be answered. */
export function stateWords({ state }: ToolCall, growing: boolean, t: Translate<"tools">): string {
  switch (state) {
    case "asking":
      return t(growing ? "states.asking" : "states.notAnswered");
    case "running":
      return t(growing ? "states.running" : "states.brokenOff");
    case "done":
    case "failed":
    case "refused":
      return t(`states.${state}`);
  }
}

/** The tool's own name, without its server's. */
export function shortToolName({ name, server }: Pick<ToolCall, "name" | "server">): string {
  return server && name.startsWith(`${server}__`) ? name.slice(server.length + 2) : name;
}

/** Indented where it is JSON, else as it came. */
export function prettyJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
