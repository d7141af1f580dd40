import type { Formats } from "@/i18n/formats";
import type { Translate } from "@/i18n/spoken";
import type { Message } from "@/lib/protocol/rest";

/** How a reply ended, in words. */
export function endWords(
  { status, finish_reason: reason, error_code: code }: Message,
  t: Translate<"receipt">,
): string {
  if (status === "stopped") return t("ends.stopped");
  if (status === "failed") return code ? t("ends.failedBy", { code }) : t("ends.failed");
  if (status === "interrupted") return code ? t("ends.brokenOffBy", { code }) : t("ends.brokenOff");
  switch (reason) {
    case undefined:
    case "stop":
      return t("ends.finished");
    case "length":
      return t("ends.length");
    case "content_filter":
      return t("ends.filter");
    default:
      return reason;
  }
}

/** How often the provider was asked; null where that was once, and nothing failed. */
export function requestWords(
  { timing, status }: Message,
  t: Translate<"receipt">,
  { count }: Formats,
): string | null {
  const { requests, retries = 0 } = timing ?? {};
  if (requests === undefined || (requests === 1 && status !== "failed")) return null;
  if (requests === 0) return t("requestCount.none");
  const told = { requests: count(requests), retries };
  return retries > 0 ? t("requestCount.repeated", told) : count(requests);
}
