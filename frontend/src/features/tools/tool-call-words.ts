import type { ToolCall } from "@/lib/protocol/rest";

/** Where a call stands, in words. `growing`: its reply grows, so that it can still be answered. */
export function stateWords({ state }: ToolCall, growing: boolean): string {
  switch (state) {
    case "asking":
      return growing ? "Asks for your leave" : "Not answered";
    case "running":
      return growing ? "Running…" : "Broken off";
    case "done":
      return "Done";
    case "failed":
      return "Failed";
    case "refused":
      return "Refused";
  }
}

/** The tool's own name, without its server's. */
export function shortToolName({ name, server }: Pick<ToolCall, "name" | "server">): string {
  return server && name.startsWith(`${server}__`) ? name.slice(server.length + 2) : name;
}

export function durationWords(ms: number | undefined): string | null {
  if (ms === undefined) return null;
  return ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** Indented where it is JSON, else as it came. */
export function prettyJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
