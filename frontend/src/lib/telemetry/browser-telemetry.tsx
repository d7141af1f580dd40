"use client";

import { useEffect } from "react";
import { env, restBase } from "../env";
import type { ClientCommand } from "../protocol/commands";
import type { ChatSocket } from "../socket/chat-socket";
import { useSocket } from "../socket/socket-context";
import { SpanReporter } from "./reporter";
import { TurnRecorder, type LeftTurns } from "./turn-recorder";
import { useTelemetry } from "./use-telemetry";

const leftKey = "tahochat.left-turns";
/** A hidden tab draws no frames. */
const drawnWithinMs = 1000;

const reporter = new SpanReporter(() =>
  import("./otlp").then(({ createExport }) => createExport(tracesUrl())),
);

/** One for the page, as the socket is. */
export const recorder = new TurnRecorder({
  report: reporter.report,
  isWanted: reporter.isWanted,
  now: () => performance.now(),
  origin,
  afterPaint: (callback) => requestAnimationFrame(callback),
  afterEnd: (callback) => {
    const timer = setTimeout(callback, drawnWithinMs);
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        clearTimeout(timer);
        callback();
      }),
    );
  },
  left: takeLeft(),
});

/** The socket, with every command that goes out taken note of. */
export function recorded(socket: ChatSocket): Pick<ChatSocket, "send" | "onEvent" | "onState" | "getState"> {
  return {
    onEvent: (listener) => socket.onEvent(listener),
    onState: socket.onState,
    getState: socket.getState,
    send: (command: ClientCommand) => {
      const sent = socket.send(command);
      if (sent) recorder.command(command);
      return sent;
    },
  };
}

/** Follows the page's turns and reports their spans where the server wants them. Once for the page. */
export function BrowserTelemetry() {
  const socket = useSocket();
  const traces = useTelemetry()?.traces;

  useEffect(() => {
    if (traces !== undefined) reporter.want(traces);
    if (!traces || !PerformanceObserver.supportedEntryTypes.includes("longtask")) return;
    const observer = new PerformanceObserver((list) => {
      if (!recorder.isGrowing) return;
      for (const { startTime, duration } of list.getEntries()) recorder.longTask(startTime, duration);
    });
    observer.observe({ type: "longtask" });
    return () => observer.disconnect();
  }, [traces]);

  useEffect(() => {
    reporter.connection(socket.getState().phase === "open");
    const leave = () => keepLeft(recorder.leave());
    const ends = [
      socket.onEvent((event) => recorder.event(event)),
      socket.onState((state) => {
        recorder.connection(state);
        reporter.connection(state.phase === "open");
      }),
      () => window.removeEventListener("pagehide", leave),
    ];
    window.addEventListener("pagehide", leave);
    return () => ends.forEach((end) => end());
  }, [socket]);

  return null;
}

function tracesUrl(): string {
  return new URL(`${restBase(env)}/telemetry/traces`, window.location.href).href;
}

/** `performance.timeOrigin` falls behind while the machine sleeps: what the two clocks say now is right. */
function origin(): number {
  return Date.now() - performance.now();
}

function keepLeft(left: LeftTurns): void {
  try {
    if (left.size > 0) sessionStorage.setItem(leftKey, JSON.stringify([...left]));
  } catch {
    // Storage is forbidden: the page that comes goes without.
  }
}

function takeLeft(): LeftTurns {
  try {
    const stored = sessionStorage.getItem(leftKey);
    sessionStorage.removeItem(leftKey);
    return new Map(JSON.parse(stored ?? "[]") as Iterable<[number, { traceId: string; spanId: string }]>);
  } catch {
    return new Map();
  }
}
