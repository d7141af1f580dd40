"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { upload } from "@/lib/upload";
import { bitsPerSecond, isFull, recordingType, refusalOf } from "./recording";

/** `full`: it ended by itself. `ms`, `bytes`: of the recording so far. */
export type VoiceState =
  | { state: "idle" }
  | { state: "asking" }
  | { state: "recording"; ms: number; bytes: number }
  | { state: "transcribing"; full: boolean }
  | { state: "failed"; error: string; canRetry: boolean };

export interface Voice {
  now: VoiceState;
  start: () => void;
  /** Ends the recording and has it written down. */
  finish: () => void;
  /** Forgets the recording, or what became of it. */
  cancel: () => void;
  retry: () => void;
}

interface Session {
  recorder: MediaRecorder;
  chunks: Blob[];
  startedAt: number;
  timer: ReturnType<typeof setInterval>;
}

const idle: VoiceState = { state: "idle" };
const sliceMs = 1000;

function release({ recorder, timer }: Session): void {
  clearInterval(timer);
  recorder.ondataavailable = recorder.onstop = recorder.onerror = null;
  if (recorder.state !== "inactive") recorder.stop();
  for (const track of recorder.stream.getTracks()) track.stop();
}

async function transcribe(recording: Blob, signal: AbortSignal): Promise<string> {
  const { text } = await upload<{ text: string }>("/transcriptions", recording, "speech", { signal });
  return text;
}

/**
 * A spoken message: recorded here, written down by the server. `place`: where it is spoken. `onText`: what was said, and
 * where; something else may be shown by then.
 */
export function useVoice(place: string, onText: (words: string, place: string) => void): Voice {
  const [now, setNow] = useState<VoiceState>(idle);
  const session = useRef<Session | null>(null);
  const recording = useRef<Blob | null>(null);
  const work = useRef(new AbortController());
  const spokenAt = useRef(place);
  const tell = useRef(onText);
  useEffect(() => {
    tell.current = onText;
  });

  const write = useCallback(async (full: boolean) => {
    const blob = recording.current;
    if (!blob) return;
    const { signal } = (work.current = new AbortController());
    setNow({ state: "transcribing", full });
    try {
      const words = await transcribe(blob, signal);
      recording.current = null;
      setNow(words === "" ? { state: "failed", error: "No words were heard.", canRetry: false } : idle);
      if (words !== "") tell.current(words, spokenAt.current);
    } catch (error) {
      if (signal.aborted) return;
      const words = error instanceof Error ? error.message : "The recording could not be written down.";
      setNow({ state: "failed", error: words, canRetry: true });
    }
  }, []);

  const end = useCallback(
    (full: boolean) => {
      const ending = session.current;
      if (!ending) return;
      session.current = null;
      const { recorder, chunks } = ending;
      recorder.onstop = () => {
        release(ending);
        recording.current = new Blob(chunks, { type: recorder.mimeType });
        if (recording.current.size > 0) void write(full);
        else setNow({ state: "failed", error: "Nothing was recorded.", canRetry: false });
      };
      if (recorder.state === "inactive") recorder.onstop(new Event("stop"));
      else recorder.stop();
    },
    [write],
  );

  const record = useCallback(
    (stream: MediaStream) => {
      const mimeType = recordingType((type) => MediaRecorder.isTypeSupported(type));
      const recorder = new MediaRecorder(stream, {
        audioBitsPerSecond: bitsPerSecond,
        ...(mimeType && { mimeType }),
      });
      const chunks: Blob[] = [];
      const startedAt = performance.now();
      const tick = () => {
        const ms = performance.now() - startedAt;
        const bytes = chunks.reduce((sum, { size }) => sum + size, 0);
        if (isFull(bytes, ms)) end(true);
        else setNow({ state: "recording", ms, bytes });
      };
      session.current = { recorder, chunks, startedAt, timer: setInterval(tick, sliceMs / 4) };
      recorder.ondataavailable = ({ data }) => chunks.push(data);
      // The microphone was pulled out, or taken away: what was said until then counts.
      recorder.onstop = () => end(false);
      recorder.start(sliceMs);
      tick();
    },
    [end],
  );

  const start = useCallback(() => {
    if (session.current) return;
    const { signal } = (work.current = new AbortController());
    recording.current = null;
    spokenAt.current = place;
    setNow({ state: "asking" });
    navigator.mediaDevices
      .getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true } })
      .then((stream) => {
        if (signal.aborted) for (const track of stream.getTracks()) track.stop();
        else record(stream);
      })
      .catch((error: unknown) => {
        if (!signal.aborted) setNow({ state: "failed", error: refusalOf(error), canRetry: false });
      });
  }, [record, place]);

  const cancel = useCallback(() => {
    work.current.abort();
    if (session.current) release(session.current);
    session.current = null;
    recording.current = null;
    setNow(idle);
  }, []);

  // A page that shows something else records nothing.
  useEffect(() => cancel, [cancel]);

  return { now, start, cancel, finish: () => end(false), retry: () => void write(false) };
}
