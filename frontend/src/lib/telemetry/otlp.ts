import { SpanKind, SpanStatusCode, TraceFlags, type HrTime } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import type { Turn } from "./turn";
import { spansOf, type EndedSpan } from "./turn-spans";

/** Loaded when spans are wanted, and not before: this is all that knows OpenTelemetry's own packages. */

type ReadableSpan = Parameters<OTLPTraceExporter["export"]>[0][number];

const resource = resourceFromAttributes({ "service.name": "tahochat-browser" });
const scope = { name: "tahochat.turn" };
/** What is not sent within this, repetitions included, is dropped. */
const withinMs = 5000;
const atOnce = 2;

/** Sends spans to the API, which sends them on. `url`: absolute. */
export function createExport(url: string): (turns: Turn[]) => void {
  const exporter = new OTLPTraceExporter({ url, timeoutMillis: withinMs, concurrencyLimit: atOnce });
  // A span that is lost is lost: nobody who chats can do anything about it.
  return (turns) => exporter.export(turns.flatMap(spansOf).map(readable), () => undefined);
}

function readable(span: EndedSpan): ReadableSpan {
  const { name, traceId, spanId, parentId, error } = span;
  const contextOf = (id: string) => ({ traceId, spanId: id, traceFlags: TraceFlags.SAMPLED });
  const end = Math.max(span.start, span.end);
  return {
    name,
    kind: span.isClient ? SpanKind.CLIENT : SpanKind.INTERNAL,
    spanContext: () => contextOf(spanId),
    parentSpanContext: parentId === undefined ? undefined : contextOf(parentId),
    startTime: hrTime(span.start),
    endTime: hrTime(end),
    duration: hrTime(end - span.start),
    status: { code: error === undefined ? SpanStatusCode.UNSET : SpanStatusCode.ERROR },
    attributes: { ...span.attributes, ...(error !== undefined && { "error.type": error }) },
    events: (span.events ?? []).map(({ name, at, attributes }) => ({ name, time: hrTime(at), attributes })),
    links: [],
    ended: true,
    resource,
    instrumentationScope: scope,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

/** Seconds and nanoseconds. */
function hrTime(milliseconds: number): HrTime {
  const seconds = Math.floor(milliseconds / 1000);
  return [seconds, Math.round((milliseconds - seconds * 1000) * 1e6)];
}
