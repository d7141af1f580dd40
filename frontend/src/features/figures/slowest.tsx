"use client";

import { ExternalLink } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useFormats } from "@/i18n/formats";
import { conversationHref, followInPage } from "@/lib/navigation";
import type { Figures, SlowReply } from "@/lib/protocol/figures";
import { useTraceUrl } from "@/lib/telemetry/use-telemetry";
import { PlotCard } from "./plot-card";
import { Segments } from "./segments";

type Order = "by_duration" | "by_first_token";

function Trace({ id, title }: { id: string; title: string }) {
  const t = useTranslations("figures.slowest");
  const traceUrl = useTraceUrl();
  if (!traceUrl) {
    return (
      <span title={t("traceTitle", { id })}>
        {t.rich("trace", {
          id: id.slice(0, 8),
          code: (short) => (
            <code dir="ltr" className="font-mono">
              {short}
            </code>
          ),
        })}
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
      <span>{t.rich("openTrace", { title, more: (of) => <span className="sr-only">{of}</span> })}</span>
      <ExternalLink className="size-3" aria-hidden />
    </a>
  );
}

function Row({ reply }: { reply: SlowReply }) {
  const { conversation_id: conversation, title, model, status, created_at: sent, trace_id: trace } = reply;
  const t = useTranslations("figures.slowest");
  const all = useTranslations("figures");
  const formats = useFormats();
  const time = (seconds: number | undefined) =>
    seconds === undefined ? all("none") : formats.seconds(seconds);
  const ending = status === "complete" ? undefined : t(status);
  const meta = [model || all("unknownModel"), formats.moment(sent), ending].filter(Boolean).join(" · ");
  return (
    <tr data-testid="slow-reply" className="border-t border-line align-top">
      <th scope="row" className="py-2.5 pe-3 text-start font-normal">
        <a
          href={conversationHref(conversation)}
          onClick={followInPage}
          dir="auto"
          className="font-medium break-words underline-offset-2 hover:underline"
        >
          {title}
        </a>
        <p className="mt-0.5 flex flex-wrap gap-x-2.5 gap-y-0.5 text-xs text-soft">
          <span className="min-w-0 break-words">{meta}</span>
          {trace && <Trace id={trace} title={title} />}
        </p>
      </th>
      <td className="py-2.5 ps-3 text-end whitespace-nowrap tabular-nums">{time(reply.duration)}</td>
      <td className="py-2.5 ps-3 text-end whitespace-nowrap tabular-nums">
        {time(reply.time_to_first_token)}
      </td>
      <td className="py-2.5 ps-3 text-end tabular-nums max-sm:hidden">
        {formats.count(reply.completion_tokens)}
      </td>
    </tr>
  );
}

/** The replies that took longest, each with a way into its conversation and its trace. */
export function Slowest({ slowest }: { slowest: Figures["slowest"] }) {
  const [order, setOrder] = useState<Order>("by_duration");
  const t = useTranslations("figures.slowest");
  const orders: { value: Order; label: string }[] = [
    { value: "by_duration", label: t("byEnd") },
    { value: "by_first_token", label: t("byFirstToken") },
  ];
  const replies = slowest[order];
  return (
    <PlotCard
      testId="slowest"
      title={t("title")}
      summary={t("summary")}
      aside={<Segments label={t("order")} options={orders} value={order} onChange={setOrder} />}
    >
      <table className="w-full text-start text-sm">
        <caption className="sr-only">{t("caption")}</caption>
        <thead className="text-xs text-soft">
          <tr>
            <th scope="col" className="pb-2 text-start font-medium">
              {t("reply")}
            </th>
            <th scope="col" className="ps-3 pb-2 text-end font-medium">
              {t("took")}
            </th>
            <th scope="col" className="ps-3 pb-2 text-end font-medium">
              {t("firstToken")}
            </th>
            <th scope="col" className="ps-3 pb-2 text-end font-medium max-sm:hidden">
              {t("tokensOut")}
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
