"use client";

import { goTo, useFromAddress } from "@/lib/navigation";

export const periods = [7, 30, 90, 365] as const;

export type Period = (typeof periods)[number];

export function parsePeriod(value: string | null): Period {
  return periods.find((period) => String(period) === value) ?? 30;
}

function shownPeriod(): Period {
  return parsePeriod(new URLSearchParams(window.location.search).get("days"));
}

/** The period in the address, which a reload and a bookmark keep. */
export function usePeriod(): [Period, (period: Period) => void] {
  const period = useFromAddress(shownPeriod) ?? 30;
  return [period, (next) => goTo(`/figures/?days=${next}`, "replace")];
}
