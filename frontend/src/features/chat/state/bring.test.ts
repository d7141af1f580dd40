import { afterEach, describe, expect, it, vi } from "vitest";
import { createStore } from "zustand/vanilla";
import { bring } from "./bring";
import { conversation, message, run } from "./testing";
import { emptyChat, type ChatState } from "./types";

const first = message(1, {});
const shown = message(2, { parent_id: 1, role: "assistant" });
const beside = message(3, { parent_id: 1, role: "assistant" });
const loaded = run(emptyChat, { type: "loaded", conversation: conversation([first, shown]) });
const onBranch = run(emptyChat, { type: "loaded", conversation: conversation([first, beside]) });

function clientOf({ reached, sent = true }: { reached: boolean; sent?: boolean }) {
  const select = vi.fn(() => sent);
  const store = createStore<ChatState>(() => loaded);
  const client = { pages: { reach: () => Promise.resolve(reached) }, turns: { select }, store };
  return { client: client as unknown as Parameters<typeof bring>[0], select, store };
}

afterEach(() => void vi.useRealTimers());

describe("a message that is gone to", () => {
  it("Is there where the shown branch has it, and no other branch is asked for", async () => {
    const { client, select } = clientOf({ reached: true });
    expect(await bring(client, 12, 2)).toBe(true);
    expect(select).not.toHaveBeenCalled();
  });

  it("Is there as soon as its branch is shown", async () => {
    const { client, select, store } = clientOf({ reached: false });
    const brought = bring(client, 12, 3);
    await Promise.resolve();
    store.setState(onBranch, true);
    expect(await brought).toBe(true);
    expect(select).toHaveBeenCalledWith(12, 3);
  });

  it("Cannot be shown without a connection, or where it is not there any more", async () => {
    expect(await bring(clientOf({ reached: false, sent: false }).client, 12, 3)).toBe(false);
    vi.useFakeTimers();
    const gone = bring(clientOf({ reached: false }).client, 12, 99);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await gone).toBe(false);
  });
});
