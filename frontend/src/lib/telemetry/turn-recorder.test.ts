import { describe, expect, it } from "vitest";
import type { ServerEvent, StreamingEvent } from "../protocol/events";
import { newTraceparent, parseTraceparent } from "./trace-context";
import { TurnRecorder, type LeftTurns } from "./turn-recorder";
import { spansOf, type EndedSpan } from "./turn-spans";

const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
const spanId = "00f067aa0ba902b7";
const traceparent = `00-${traceId}-${spanId}-01`;
const epoch = 1_000_000;

/** A page whose clock and screen the test moves. */
class Page {
  now = 100;
  isWanted = true;
  reported: EndedSpan[][] = [];
  paints: (() => void)[] = [];
  ends: (() => void)[] = [];
  readonly recorder: TurnRecorder;

  constructor(left?: LeftTurns) {
    this.recorder = new TurnRecorder({
      report: (turn) => this.reported.push(spansOf(turn)),
      isWanted: () => this.isWanted,
      now: () => this.now,
      origin: () => epoch,
      afterPaint: (callback) => this.paints.push(callback),
      afterEnd: (callback) => this.ends.push(callback),
      left,
    });
  }

  send(own = traceparent): void {
    this.recorder.command({ message: "A secret", client_message_id: "a-1", traceparent: own });
  }

  at(now: number, event: Partial<StreamingEvent> | Exclude<ServerEvent, StreamingEvent>): void {
    this.now = now;
    const whole = {
      status: "streaming",
      text: "",
      conversation_id: 12,
      message_id: 42,
      ...event,
    } as ServerEvent;
    this.recorder.event(whole);
  }

  /** The page shows what came; the commit takes so long. */
  async draw(from: number, duration: number): Promise<void> {
    this.now = from;
    this.recorder.measure(() => (this.now += duration));
    await Promise.resolve();
    for (const paint of this.paints.splice(0)) paint();
  }

  end(): Record<string, EndedSpan> {
    for (const end of this.ends.splice(0)) end();
    expect(this.reported).toHaveLength(1);
    return Object.fromEntries(this.reported[0]!.map((span) => [span.name, span]));
  }
}

const acknowledged = { user_message_id: 41, client_message_id: "a-1" };
const complete = {
  status: "complete",
  conversation_id: 12,
  message_id: 42,
  message_status: "complete",
} as const;

describe("The spans of a turn", () => {
  it("Say when it was saved, painted, streamed and drawn, as one tree", async () => {
    const page = new Page();
    page.send();
    page.at(110, acknowledged);
    page.at(200, { reasoning: "Hm" });
    await page.draw(205, 3);
    page.at(300, { text: "The Moon" });
    await page.draw(310, 7);
    page.recorder.longTask(320, 60);
    page.at(400, complete);
    const { send, "first paint": paint, stream, render } = page.end();
    expect(send).toMatchObject({ traceId, spanId, start: epoch + 100, end: epoch + 110, isClient: true });
    expect(send?.parentId).toBeUndefined();
    expect(send?.events).toEqual([{ name: "sent", at: epoch + 100 }]);
    expect(send?.attributes).toMatchObject({
      "gen_ai.conversation.id": "12",
      "tahochat.message.id": 42,
      "tahochat.turn.kind": "send",
      "tahochat.send.attempts": 1,
    });
    expect(paint).toMatchObject({ traceId, parentId: spanId, start: epoch + 100, end: epoch + 208 });
    expect(paint?.attributes).toMatchObject({
      "tahochat.paint.of": "reasoning",
      "tahochat.paint.after_arrival_ms": 8,
    });
    expect(stream).toMatchObject({ traceId, parentId: spanId, start: epoch + 200, end: epoch + 400 });
    expect(stream?.attributes).toMatchObject({
      "tahochat.stream.slices": 2,
      "tahochat.stream.characters": 10,
      "tahochat.stream.end": "complete",
    });
    expect(render).toMatchObject({ traceId, parentId: stream?.spanId });
    expect(render?.attributes).toEqual({
      "tahochat.render.commits": 2,
      "tahochat.render.total_ms": 10,
      "tahochat.render.longest_ms": 7,
      "tahochat.render.long_tasks": 1,
      "tahochat.render.long_tasks_total_ms": 60,
      "tahochat.render.longest_task_ms": 60,
    });
    expect(JSON.stringify(page.reported)).not.toMatch(/secret|Moon|Hm/);
  });

  it("Begin with the click, not with the frame", () => {
    const page = new Page();
    const own = newTraceparent();
    page.now = performance.now() + 500;
    page.send(own);
    page.at(page.now + 5, acknowledged);
    page.at(page.now + 5, { text: "x" });
    page.at(page.now + 5, complete);
    const { send } = page.end();
    expect(send?.spanId).toBe(parseTraceparent(own)?.spanId);
    expect(send!.end - send!.start).toBeGreaterThanOrEqual(504);
    expect(send?.attributes).not.toHaveProperty("tahochat.restored");
  });

  it("Tell of lost connections and repetitions, in one span", () => {
    const page = new Page();
    page.send();
    page.recorder.connection({ phase: "reconnecting", failures: 1 });
    page.recorder.connection({ phase: "reconnecting", failures: 2 });
    page.recorder.connection({ phase: "open", failures: 0 });
    page.send();
    page.at(900, acknowledged);
    page.at(910, { text: "x" });
    page.at(920, {
      ...complete,
      status: "error",
      error: "",
      message_status: "interrupted",
      code: "provider_disconnected",
    });
    const { send, stream } = page.end();
    expect(send?.events?.map(({ name }) => name)).toEqual([
      "sent",
      "disconnected",
      "connected",
      "sent again",
    ]);
    expect(send?.attributes).toMatchObject({ "tahochat.send.attempts": 2 });
    expect(stream).toMatchObject({ error: "provider_disconnected" });
    expect(stream?.attributes).toMatchObject({ "tahochat.stream.end": "interrupted" });
  });

  it("End with a refusal, but not with one that only puts the message off", () => {
    const page = new Page();
    page.send();
    const refusal = { status: "error", error: "No.", conversation_id: 0, client_message_id: "a-1" } as const;
    page.at(120, { ...refusal, message_id: undefined, code: "busy", retryable: true });
    expect(page.reported).toEqual([]);
    page.send();
    page.at(200, { ...refusal, message_id: undefined, code: "conflict", retryable: false });
    const { send, ...others } = page.end();
    expect(others).toEqual({});
    expect(send).toMatchObject({ error: "conflict", end: epoch + 200 });
    expect(send?.events?.map(({ name }) => name)).toEqual(["sent", "refused", "sent again", "refused"]);
  });

  it("Take the news of a saved message for the answer, where the answer itself was lost", () => {
    const page = new Page();
    page.send();
    const saved = { id: 41, conversation_id: 12, role: "user", status: "complete", created_at: "" } as const;
    const news = { type: "message", conversation_id: 12, revision: 1 } as const;
    page.recorder.event({ ...news, message: { ...saved, client_message_id: "a-1" } });
    page.now = 150;
    page.recorder.event({
      ...news,
      message: { ...saved, id: 42, role: "assistant", parent_id: 41, status: "streaming" },
    });
    page.at(160, { text: "x" });
    page.at(170, complete);
    expect(page.end()).toMatchObject({ send: { end: epoch + 100 }, stream: { start: epoch + 160 } });
  });

  it("Are told when the page goes, and the next page goes on with the same trace", () => {
    const page = new Page();
    page.send();
    page.at(110, acknowledged);
    page.at(200, { text: "The" });
    const left = page.recorder.leave();
    expect(page.end().stream?.attributes).toMatchObject({ "tahochat.stream.end": "left" });

    const next = new Page(new Map(JSON.parse(JSON.stringify([...left])) as typeof left));
    next.at(50, { text: " Moon" });
    next.at(60, complete);
    const spans = next.end();
    expect(Object.keys(spans)).toEqual(["stream"]);
    expect(spans.stream).toMatchObject({ traceId, parentId: spanId, start: epoch + 50, end: epoch + 60 });
    expect(spans.stream?.attributes).toMatchObject({ "tahochat.stream.resumed": true });
  });

  it("Are not made of what this page did not begin, nor where nobody wants them", () => {
    const page = new Page();
    page.at(10, { text: "of another tab" });
    page.at(20, complete);
    page.isWanted = false;
    page.send();
    page.at(30, acknowledged);
    page.at(40, complete);
    expect(page.ends).toEqual([]);
    expect(page.recorder.isGrowing).toBe(false);
  });
});
