import { describe, expect, it, vi } from "vitest";
import { SpanReporter } from "./reporter";
import { newTurn, type Turn } from "./turn";

function turn(spanId: string): Turn {
  return newTurn({ traceId: "", spanId }, "send", 0, 0);
}

function reporter() {
  const sent: string[][] = [];
  const load = vi.fn(() =>
    Promise.resolve((turns: Turn[]) => void sent.push(turns.map(({ context }) => context.spanId))),
  );
  return { sent, load, reporter: new SpanReporter(load) };
}

describe("Reporting turns", () => {
  it("Loads what sends them with the first turn, and sends them together", async () => {
    const { sent, load, reporter: own } = reporter();
    own.connection(true);
    own.want(true);
    expect(load).not.toHaveBeenCalled();
    expect(own.isWanted()).toBe(true);
    own.report(turn("one"));
    own.report(turn("two"));
    await vi.waitFor(() => expect(sent).toEqual([["one", "two"]]));
    own.report(turn("three"));
    expect(sent[1]).toEqual(["three"]);
    expect(load).toHaveBeenCalledOnce();
  });

  it("Sends nothing and loads nothing where they are not wanted", async () => {
    const { sent, load, reporter: own } = reporter();
    own.connection(true);
    own.report(turn("early"));
    own.want(false);
    own.report(turn("late"));
    await Promise.resolve();
    expect(own.isWanted()).toBe(false);
    expect([sent, load.mock.calls]).toEqual([[], []]);
  });

  it("Keeps them until the connection is back, and no more than a few", async () => {
    const { sent, reporter: own } = reporter();
    own.want(true);
    for (let index = 0; index < 20; index++) own.report(turn(String(index)));
    await Promise.resolve();
    expect(sent).toEqual([]);
    own.connection(true);
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]).toHaveLength(16);
    expect(sent[0]?.at(-1)).toBe("19");
  });

  it("Tries again to load what did not come", async () => {
    const { sent, load, reporter: own } = reporter();
    load.mockRejectedValueOnce(new Error("offline"));
    own.connection(true);
    own.want(true);
    own.report(turn("one"));
    await vi.waitFor(() => {
      own.report(turn("two"));
      expect(sent[0]?.slice(0, 2)).toEqual(["one", "two"]);
    });
  });
});
