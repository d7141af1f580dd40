"use client";

import { Meter } from "@base-ui/react/meter";
import { Popover } from "@base-ui/react/popover";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactElement } from "react";
import { Directed } from "@/components/ui/directed";
import { cn } from "@/lib/cn";
import type { Limit, Limits } from "@/lib/protocol/limits";
import { formatWait } from "../when";
import { isLow, leftAfter } from "./limits";

export interface LimitPopupProps {
  trigger: ReactElement;
  limits: Limits;
  afterMs: number;
  name: string;
}

export function LimitPopup({ trigger, limits, afterMs, name }: LimitPopupProps) {
  const t = useTranslations("limits");
  const { requests, tokens } = limits;
  return (
    <Directed>
      <Popover.Root>
        <Popover.Trigger render={trigger} />
        <Popover.Portal>
          <Popover.Positioner side="top" align="start" sideOffset={6} collisionPadding={8} className="z-50">
            <Popover.Popup
              data-testid="limit-details"
              className="w-72 max-w-[calc(100vw-1rem)] popup rounded-xl border border-line bg-page p-4 text-sm shadow-lg outline-none"
            >
              <Popover.Title className="font-semibold">{t("leftFor", { name })}</Popover.Title>
              <div className="mt-3 flex flex-col gap-3">
                {tokens && <Bar label={t("tokens")} limit={tokens} afterMs={afterMs} />}
                {requests && <Bar label={t("requests")} limit={requests} afterMs={afterMs} />}
              </div>
              <Popover.Description className="mt-3 text-xs text-soft">
                {t("reserved", { count: limits.reserved_tokens })}
              </Popover.Description>
            </Popover.Popup>
          </Popover.Positioner>
        </Popover.Portal>
      </Popover.Root>
    </Directed>
  );
}

function Bar({ label, limit, afterMs }: { label: string; limit: Limit; afterMs: number }) {
  const t = useTranslations("limits");
  const format = useFormatter();
  const left = leftAfter(limit, afterMs);
  const fullIn = limit.reset_after_ms - afterMs;
  return (
    <Meter.Root
      value={left}
      max={limit.limit}
      getAriaValueText={() => t("leftOf", { left, limit: limit.limit })}
      className="grid grid-cols-[1fr_auto] gap-x-3 gap-y-1 tabular-nums"
    >
      <Meter.Label>{label}</Meter.Label>
      <span aria-hidden>
        {format.number(left)} <span className="text-soft">{t("of", { limit: limit.limit })}</span>
      </span>
      <Meter.Track className="col-span-2 h-1.5 overflow-hidden rounded-full bg-hover">
        <Meter.Indicator
          className={cn("block rounded-full", isLow(limit, afterMs) ? "bg-warn" : "bg-accent")}
        />
      </Meter.Track>
      <span className="col-span-2 text-xs text-soft">
        {left < limit.limit ? t("fullIn", { wait: formatWait(fullIn) }) : t("full")}
      </span>
    </Meter.Root>
  );
}
