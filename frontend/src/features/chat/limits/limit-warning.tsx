"use client";

import { formatWait } from "../when";
import type { Warning } from "./limits";

function words(warning: Warning): string {
  switch (warning.kind) {
    case "no_requests":
      return `No request is left today. The next one is free in ${formatWait(warning.waitMs)}.`;
    case "too_large":
      return `This needs about ${warning.needed.toLocaleString("en")} tokens; the account's limit is ${warning.limit.toLocaleString("en")} a minute.`;
    case "wait":
      return `About ${formatWait(warning.waitMs)} until this fits.`;
    case "few_requests":
      return warning.left === 1 ? "One request is left today." : `${warning.left} requests are left today.`;
  }
}

/** Tells of the wall before the message runs into it. */
export function LimitWarning({ warning }: { warning: Warning }) {
  return (
    <p
      data-testid="limit-warning"
      data-kind={warning.kind}
      className="min-w-0 ps-2 text-xs text-warn tabular-nums max-sm:basis-full"
    >
      {words(warning)}
    </p>
  );
}
