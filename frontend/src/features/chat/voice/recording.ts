/** The server's cap, in bytes; see docs/protocol.md. */
export const largestRecording = 25_000_000;
/** Speech needs no more; an hour of it is 21.6 MB. */
export const bitsPerSecond = 48_000;
export const longestMs = 60 * 60_000;

/** The recording ends by itself before the next second would be too much: browsers do not keep to the bits they are asked for. */
export function isFull(bytes: number, ms: number): boolean {
  const perSecond = ms > 0 ? (bytes / ms) * 1000 : 0;
  return ms >= longestMs || bytes + 2 * perSecond > largestRecording - 100_000;
}

const types = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];

/** What this browser writes and the server takes; undefined leaves it to the browser. */
export function recordingType(isSupported: (type: string) => boolean): string | undefined {
  return types.find(isSupported);
}

/** minutes:seconds */
export function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

export interface Ability {
  isSecureContext: boolean;
  hasMicrophone: boolean;
  hasRecorder: boolean;
}

/** Why this browser cannot record, in words. */
export function whyNot({ isSecureContext, hasMicrophone, hasRecorder }: Ability): string | undefined {
  if (!isSecureContext) return "To speak a message, open TahoChat by https or on this machine.";
  return hasMicrophone && hasRecorder ? undefined : "This browser cannot record.";
}

/** Why the microphone was not given, in words. */
export function refusalOf(error: unknown): string {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError")
    return "The browser does not let this page use the microphone. Allow it in the site settings beside the address, then try again.";
  if (name === "NotFoundError") return "No microphone was found.";
  if (name === "NotReadableError") return "The microphone is used by another program, or broken.";
  return "The recording could not be started.";
}
