/** The trace and the span that a command's `traceparent` names (W3C Trace Context, level 1). */
export interface SpanContext {
  traceId: string;
  spanId: string;
}

/** When the last ones were made; a page that was loaded again does not know it of those it finds stored. */
const born = new Map<string, number>();
const bornKept = 64;

/** A new trace and its first span, sampled. It is made where a person asks for a turn, and goes with every repetition. */
export function newTraceparent(): string {
  const traceparent = `00-${newTraceId()}-${newSpanId()}-01`;
  born.set(traceparent, performance.now());
  for (const old of born.keys()) {
    if (born.size <= bornKept) break;
    born.delete(old);
  }
  return traceparent;
}

/** When this page made it, on the clock of `performance.now`. */
export function bornAt(traceparent: string): number | undefined {
  return born.get(traceparent);
}

export function parseTraceparent(traceparent: string | undefined): SpanContext | null {
  const [, traceId, spanId] = /^00-([0-9a-f]{32})-([0-9a-f]{16})-01$/.exec(traceparent ?? "") ?? [];
  return traceId && spanId ? { traceId, spanId } : null;
}

function newTraceId(): string {
  return hex(16);
}

export function newSpanId(): string {
  return hex(8);
}

/** Never all zero, which would be no id. */
function hex(bytes: number): string {
  const random = crypto.getRandomValues(new Uint8Array(bytes));
  random[0] ||= 1;
  return Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
