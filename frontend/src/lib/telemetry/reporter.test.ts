import { describe, expect, it, vi } from "vitest";
import { SpanReporter } from "./reporter";
import type { EndedSpan } from "./turn-spans";

function span(name: string): EndedSpan {
  return { traceId: "", spanId: "", name, start: 0, end: 1, attributes: {} };
}

function reporter() {
  const sent: string[][] = [];
  const load = vi.fn(() =>
    Promise.resolve((spans: EndedSpan[]) => void sent.push(spans.map(({ name }) => name))),
  );
  return { sent, load, reporter: new SpanReporter(load) };
}

describe("Reporting spans", () => {
  it("Loads what sends them with the first turn, and sends them together", async () => {
    const { sent, load, reporter: own } = reporter();
    own.connection(true);
    own.want(true);
    expect(load).not.toHaveBeenCalled();
    expect(own.isWanted()).toBe(true);
    own.report([span("send"), span("stream")]);
    await vi.waitFor(() => expect(sent).toEqual([["send", "stream"]]));
    own.report([span("again")]);
    expect(sent[1]).toEqual(["again"]);
    expect(load).toHaveBeenCalledOnce();
  });

  it("Sends nothing and loads nothing where they are not wanted", async () => {
    const { sent, load, reporter: own } = reporter();
    own.connection(true);
    own.report([span("early")]);
    own.want(false);
    own.report([span("late")]);
    await Promise.resolve();
    expect(own.isWanted()).toBe(false);
    expect([sent, load.mock.calls]).toEqual([[], []]);
  });

  it("Keeps them until the connection is back, and no more than a few", async () => {
    const { sent, reporter: own } = reporter();
    own.want(true);
    for (let index = 0; index < 70; index++) own.report([span(String(index))]);
    await Promise.resolve();
    expect(sent).toEqual([]);
    own.connection(true);
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]).toHaveLength(64);
    expect(sent[0]?.at(-1)).toBe("69");
  });

  it("Tries again to load what did not come", async () => {
    const { sent, load, reporter: own } = reporter();
    load.mockRejectedValueOnce(new Error("offline"));
    own.connection(true);
    own.want(true);
    own.report([span("one")]);
    await vi.waitFor(() => {
      own.report([span("two")]);
      expect(sent[0]?.slice(0, 2)).toEqual(["one", "two"]);
    });
  });
});
