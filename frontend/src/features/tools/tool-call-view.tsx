"use client";

import { ChevronRight, Wrench } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useFormats } from "@/i18n/formats";
import { Button } from "@/components/ui/button";
import { cn } from "@/lib/cn";
import type { ToolDecision } from "@/lib/protocol/commands";
import type { ToolCall } from "@/lib/protocol/rest";
import { prettyJson, shortToolName, stateWords } from "./tool-call-words";

export interface ToolCallViewProps {
  call: ToolCall;
  growing: boolean;
  onDecide: (decision: ToolDecision) => boolean;
}

/** A tool call at its place in the reply. Whatever a tool says is shown as text, never as markup. */
export function ToolCallView({ call, growing, onDecide }: ToolCallViewProps) {
  const t = useTranslations("tools");
  const formats = useFormats();
  const asks = call.state === "asking" && growing;
  const name = shortToolName(call);
  const duration = call.duration_ms === undefined ? null : formats.seconds(call.duration_ms / 1000);
  const warns = asks || call.state === "failed" || call.state === "refused";
  return (
    <section
      aria-label={t("call", { tool: name })}
      data-testid="tool-call"
      data-state={call.state}
      className={cn(
        "my-3 rounded-xl border text-sm",
        asks ? "border-warn bg-warn-wash" : "border-line bg-sunken",
      )}
    >
      <details className="group" open={asks || undefined}>
        <summary className="flex min-h-10 list-none flex-wrap items-center gap-x-2 gap-y-0.5 rounded-xl px-3 py-2 [&::-webkit-details-marker]:hidden">
          <ChevronRight
            className="size-3.5 shrink-0 text-soft transition-transform group-open:rotate-90 rtl:rotate-180"
            aria-hidden
          />
          <Wrench className="size-3.5 shrink-0 text-soft" aria-hidden />
          <span className="min-w-0 font-medium break-all">{name}</span>
          {call.server && <span className="text-xs break-all text-soft">{call.server}</span>}
          <span className={cn("ms-auto text-xs", warns ? "text-warn" : "text-soft")}>
            <span className={cn(call.state === "running" && growing && "breathe")}>
              {stateWords(call, growing, t)}
            </span>
            {duration && <span className="tabular-nums"> · {duration}</span>}
          </span>
        </summary>
        <div className="flex flex-col gap-2 px-3 pb-3">
          <Text label={t("arguments")} text={prettyJson(call.arguments)} />
          {call.result !== undefined && <Text label={t("result")} text={prettyJson(call.result)} />}
        </div>
      </details>
      {asks && <Question name={name} onDecide={onDecide} />}
    </section>
  );
}

function Text({ label, text }: { label: string; text: string }) {
  return (
    <div>
      <p className="text-xs font-medium text-soft">{label}</p>
      <pre
        tabIndex={0}
        dir="auto"
        aria-label={label}
        className="mt-1 max-h-72 overflow-auto rounded-md border border-line bg-page px-2.5 py-1.5 font-mono text-xs break-words whitespace-pre-wrap"
      >
        {text}
      </pre>
    </div>
  );
}

function Question({ name, onDecide }: { name: string; onDecide: (decision: ToolDecision) => boolean }) {
  const t = useTranslations("tools");
  const [said, setSaid] = useState(false);
  const decide = (decision: ToolDecision) => () => setSaid(onDecide(decision));
  return (
    <div role="group" aria-label={t("mayRun", { tool: name })} className="flex flex-wrap gap-2 px-3 pb-3">
      <Button variant="primary" data-testid="tool-allow" disabled={said} onClick={decide("allow")}>
        {t("allowOnce")}
      </Button>
      <Button data-testid="tool-always" disabled={said} onClick={decide("always")}>
        {t("alwaysAllow")}
      </Button>
      <Button variant="ghost" data-testid="tool-refuse" disabled={said} onClick={decide("refuse")}>
        {t("refuse")}
      </Button>
    </div>
  );
}
