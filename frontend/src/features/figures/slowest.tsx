"use client";

import { ExternalLink } from "lucide-react";
import { useState } from "react";
import { conversationHref, followInPage } from "@/lib/navigation";
import type { Figures, SlowReply } from "@/lib/protocol/figures";
import { useTraceUrl } from "@/lib/telemetry/use-telemetry";
import { formatCount, formatMoment, formatSeconds } from "./format";
import { PlotCard } from "./plot-card";
import { Segments } from "./segments";
import { modelName } from "./summaries";

const orders = [
  { value: "by_duration", label: "To the end" },
  { value: "by_first_token", label: "To the first token" },
] as const;

type Order = (typeof orders)[number]["value"];

const endings: Record<SlowReply["status"], string | undefined> = {
  complete: undefined,
  stopped: "stopped",
  interrupted: "broken off",
  failed: "failed",
};

const time = (seconds: number | undefined) => (seconds === undefined ? "–" : formatSeconds(seconds));

function Trace({ id, title }: { id: string; title: string }) {
  const traceUrl = useTraceUrl();
  if (!traceUrl) {
    return (
      <span title={`Trace ${id}`}>
        trace <code className="font-mono">{id.slice(0, 8)}</code>
      </span>
    );
  }
  return (
    <a
      href={traceUrl(id)}
      target="_blank"
      rel="noreferrer"
      className="inline-flex items-center gap-1 text-accent underline underline-offset-2"
    >
      Open trace
      <span className="sr-only"> of the reply in {title}</span>
      <ExternalLink className="size-3" aria-hidden />
    </a>
  );
}

function Row({ reply }: { reply: SlowReply }) {
  const { conversation_id: conversation, title, model, status, created_at: sent, trace_id: trace } = reply;
  const meta = [modelName(model ?? ""), formatMoment(sent), endings[status]].filter(Boolean).join(" · ");
  return (
    <tr data-testid="slow-reply" className="border-t border-line align-top">
      <th scope="row" className="py-2.5 pr-3 font-normal">
        <a
          href={conversationHref(conversation)}
          onClick={followInPage}
          className="font-medium break-words underline-offset-2 hover:underline"
        >
          {title}
        </a>
        <p className="mt-0.5 flex flex-wrap gap-x-2.5 gap-y-0.5 text-xs text-soft">
          <span className="min-w-0 break-words">{meta}</span>
          {trace && <Trace id={trace} title={title} />}
        </p>
      </th>
      <td className="py-2.5 pl-3 text-right whitespace-nowrap tabular-nums">{time(reply.duration)}</td>
      <td className="py-2.5 pl-3 text-right whitespace-nowrap tabular-nums">
        {time(reply.time_to_first_token)}
      </td>
      <td className="py-2.5 pl-3 text-right tabular-nums max-sm:hidden">
        {formatCount(reply.completion_tokens)}
      </td>
    </tr>
  );
}

/** The replies that took longest, each with a way into its conversation and its trace. */
export function Slowest({ slowest }: { slowest: Figures["slowest"] }) {
  const [order, setOrder] = useState<Order>("by_duration");
  const replies = slowest[order];
  return (
    <PlotCard
      testId="slowest"
      title="Slowest replies"
      summary="Without the wait behind another reply."
      aside={<Segments label="Slowest" options={orders} value={order} onChange={setOrder} />}
    >
      <table className="w-full text-left text-sm">
        <caption className="sr-only">The slowest replies</caption>
        <thead className="text-xs text-soft">
          <tr>
            <th scope="col" className="pb-2 font-medium">
              Reply
            </th>
            <th scope="col" className="pb-2 pl-3 text-right font-medium">
              Took
            </th>
            <th scope="col" className="pb-2 pl-3 text-right font-medium">
              First token
            </th>
            <th scope="col" className="pb-2 pl-3 text-right font-medium max-sm:hidden">
              Tokens out
            </th>
          </tr>
        </thead>
        <tbody>
          {replies.map((reply) => (
            <Row key={reply.message_id} reply={reply} />
          ))}
        </tbody>
      </table>
    </PlotCard>
  );
}
