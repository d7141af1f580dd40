"use client";

import { useTranslations } from "next-intl";
import { formatWait } from "../when";
import type { Warning } from "./limits";

type Words = ReturnType<typeof useTranslations<"limits">>;

function words(t: Words, warning: Warning): string {
  switch (warning.kind) {
    case "no_requests":
      return t("noRequests", { wait: formatWait(warning.waitMs) });
    case "too_large":
      return t("tooLarge", { needed: warning.needed, limit: warning.limit });
    case "wait":
      return t("wait", { wait: formatWait(warning.waitMs) });
    case "few_requests":
      return t("fewRequests", { count: warning.left });
  }
}

/** Tells of the wall before the message runs into it. */
export function LimitWarning({ warning }: { warning: Warning }) {
  const t = useTranslations("limits");
  return (
    <p
      data-testid="limit-warning"
      data-kind={warning.kind}
      className="min-w-0 ps-2 text-xs text-warn tabular-nums max-sm:basis-full"
    >
      {words(t, warning)}
    </p>
  );
}
