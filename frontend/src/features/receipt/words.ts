import type { Message } from "@/lib/protocol/rest";
import type { RowKey } from "./waterfall";

/** `hint`: what the row's name cannot say. */
export const rowWords: Record<RowKey, { label: string; hint: string }> = {
  waiting: { label: "Waited its turn", hint: "Another reply of this conversation was written before it." },
  own: { label: "TahoChat", hint: "Saving, preparing and handing over: what this server added." },
  attempts: { label: "Failed attempts", hint: "Requests that brought nothing, and the pauses after them." },
  provider: { label: "Provider", hint: "Up to the first word; the provider did not say what it did." },
  queue: { label: "Queue", hint: "At the provider, by its own clock." },
  prompt: { label: "Prompt", hint: "The provider reads, by its own clock." },
  way: { label: "On the way", hint: "The rest up to the first word: the network, there and back." },
  reasoning: { label: "Reasoning", hint: "The model thinks." },
  writing: { label: "Writing", hint: "The model writes." },
  tools: { label: "Tools", hint: "Tools run, and wait for your leave where they ask." },
};

/** How a reply ended, in words. */
export function endWords({ status, finish_reason: reason, error_code: code }: Message): string {
  if (status === "stopped") return "Stopped by you";
  if (status === "failed") return code ? `Failed: ${code}` : "Failed";
  if (status === "interrupted") return code ? `Broken off: ${code}` : "Broken off";
  switch (reason) {
    case undefined:
    case "stop":
      return "Finished";
    case "length":
      return "At the model's length limit";
    case "content_filter":
      return "By the provider's filter";
    default:
      return reason;
  }
}

/** How often the provider was asked; null where that was once, and nothing failed. */
export function requestWords({ timing, status }: Message): string | null {
  const { requests, retries = 0 } = timing ?? {};
  if (requests === undefined || (requests === 1 && status !== "failed")) return null;
  if (requests === 0) return "None";
  return retries > 0 ? `${requests}, ${retries} of them repeated` : String(requests);
}
