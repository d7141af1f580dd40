"use client";

import { useTranslations } from "next-intl";
import { Opener } from "@/components/ui/opener";
import { lazyPart } from "@/lib/lazy-part";
import type { Limit, Limits } from "@/lib/protocol/limits";
import { isLow, leftAfter } from "./limits";

const popup = lazyPart(() => import("./limit-popup"));

/** The account's limits of a model: a ring at the composer, the numbers behind it. */
export function LimitMeter({ limits, afterMs, name }: { limits: Limits; afterMs: number; name: string }) {
  const t = useTranslations("limits");
  const { requests, tokens } = limits;
  const says = [
    tokens && t("tokensLeft", { left: leftAfter(tokens, afterMs), limit: tokens.limit }),
    requests && t("requestsLeft", { left: leftAfter(requests, afterMs), limit: requests.limit }),
  ].filter(Boolean);
  return (
    <Opener
      opens="dialog"
      part={popup}
      trigger={
        <button
          type="button"
          data-testid="limit-meter"
          aria-label={t("limits", { says: says.join(", ") })}
          title={t("title")}
          className="flex size-7 shrink-0 items-center justify-center rounded-md transition-colors hover:bg-hover data-popup-open:bg-hover"
        >
          <Ring limits={[requests, tokens].filter((limit) => limit !== undefined)} afterMs={afterMs} />
        </button>
      }
    >
      {({ LimitPopup }, trigger) => (
        <LimitPopup trigger={trigger} limits={limits} afterMs={afterMs} name={name} />
      )}
    </Opener>
  );
}

const radius = 6;
const length = 2 * Math.PI * radius;

/** As full as the limit of which the least is left. */
function Ring({ limits, afterMs }: { limits: Limit[]; afterMs: number }) {
  const part = Math.min(...limits.map((limit) => leftAfter(limit, afterMs) / limit.limit));
  const low = limits.some((limit) => isLow(limit, afterMs));
  return (
    <svg viewBox="0 0 16 16" className="size-4 -rotate-90" aria-hidden>
      <circle cx="8" cy="8" r={radius} fill="none" strokeWidth="2.5" className="stroke-line" />
      <circle
        cx="8"
        cy="8"
        r={radius}
        fill="none"
        strokeWidth="2.5"
        strokeLinecap="round"
        strokeDasharray={`${part * length} ${length}`}
        className={low ? "stroke-warn" : "stroke-accent"}
      />
    </svg>
  );
}
