import { say, speaksEnglish, type Translate } from "@/i18n/spoken";
import type en from "@/i18n/messages/en";
import type { ErrorCode } from "@/lib/protocol/events";
import { formatWhen, isLong } from "./when";

/** What a person can do about it: ask the same again, change the text, or neither. */
export type WayOn = "retry" | "edit" | "none";

export interface ErrorWords {
  title: string;
  hint?: string;
  wayOn: WayOn;
}

type T = Translate<"errors">;
type Codes = (typeof en)["errors"]["codes"];
type HintedCode = { [Code in ErrorCode]: Codes[Code] extends { hint: string } ? Code : never }[ErrorCode];

const waysOn: Record<ErrorCode, WayOn> = {
  invalid_frame: "edit",
  empty_message: "edit",
  message_too_long: "edit",
  attachment_not_found: "edit",
  too_many_attachments: "edit",
  attachments_too_large: "edit",
  model_cannot_see: "edit",
  not_found: "edit",
  conflict: "edit",
  gone: "edit",
  rate_limited: "retry",
  overloaded: "retry",
  too_many_watches: "retry",
  busy: "retry",
  storage_failed: "retry",
  shutting_down: "retry",
  not_growing: "none",
  still_growing: "none",
  not_continuable: "none",
  not_queued: "none",
  queue_full: "retry",
  provider_unauthorized: "retry",
  provider_forbidden: "retry",
  provider_rate_limited: "retry",
  provider_daily_limit: "retry",
  provider_overloaded: "retry",
  provider_error: "retry",
  provider_rejected: "retry",
  context_too_long: "retry",
  model_not_found: "retry",
  provider_unreachable: "retry",
  provider_timeout: "retry",
  provider_disconnected: "retry",
  provider_protocol: "retry",
  reply_too_long: "none",
  server_restarted: "retry",
  internal: "retry",
};

const hinted: Record<HintedCode, true> = {
  message_too_long: true,
  attachment_not_found: true,
  too_many_attachments: true,
  attachments_too_large: true,
  model_cannot_see: true,
  not_found: true,
  gone: true,
  rate_limited: true,
  overloaded: true,
  too_many_watches: true,
  busy: true,
  storage_failed: true,
  shutting_down: true,
  not_continuable: true,
  not_queued: true,
  queue_full: true,
  provider_unauthorized: true,
  provider_forbidden: true,
  provider_rate_limited: true,
  provider_daily_limit: true,
  provider_overloaded: true,
  provider_error: true,
  provider_rejected: true,
  context_too_long: true,
  model_not_found: true,
  provider_unreachable: true,
  provider_timeout: true,
  provider_protocol: true,
  internal: true,
};

function isKnown(code: string | undefined): code is ErrorCode {
  return code !== undefined && Object.hasOwn(waysOn, code);
}

function hasHint(code: ErrorCode): code is HintedCode {
  return Object.hasOwn(hinted, code);
}

/** Of a day's limit, the day on which there is room again: also after a reload, which forgets the time. */
function secondSentence(text: string | undefined): string | undefined {
  const end = text?.indexOf(". ") ?? -1;
  return end < 0 ? undefined : text?.slice(end + 2);
}

/**
 * Words for a code; one that this version does not know is told in the server's own words, which are English. Which model
 * can see, and when a day's limit has room again, only the server's words say.
 */
export function errorWords(
  code: string | undefined,
  serverText: string | undefined,
  t: T = say("errors"),
): ErrorWords {
  if (!isKnown(code)) return { title: serverText?.trim() || t("brokeOff"), wayOn: "retry" };
  const words: ErrorWords = { title: t(`codes.${code}.title`), wayOn: waysOn[code] };
  if (hasHint(code)) words.hint = t(`codes.${code}.hint`);
  if (!speaksEnglish()) return words;
  if (code === "model_cannot_see" && serverText) words.title = serverText;
  if (code === "provider_daily_limit") words.hint = secondSentence(serverText) ?? words.hint;
  return words;
}

/** What the provider said about when: the hint gives way to the time, which says more. */
export function withTime(
  words: ErrorWords,
  retryAt: number | undefined,
  now: number,
  t: T = say("errors"),
): ErrorWords {
  if (retryAt === undefined || retryAt <= now || !isLong(retryAt - now)) return words;
  return { ...words, hint: t("freeAgain", { when: formatWhen(retryAt, now) }) };
}

/** Why a reply does not begin yet, to be followed by when it is tried again. */
export function waitWords(code: string, t: T = say("errors")): string {
  if (code === "provider_rate_limited" || code === "provider_daily_limit") return t("limitReached");
  return errorWords(code, undefined, t).title;
}
