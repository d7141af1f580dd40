import type { ErrorCode } from "@/lib/protocol/events";
import { formatWhen, isLong } from "./when";

/** What a person can do about it: ask the same again, change the text, or neither. */
export type WayOn = "retry" | "edit" | "none";

export interface ErrorWords {
  title: string;
  hint?: string;
  wayOn: WayOn;
}

const later = "Wait a moment, then try again.";

const words: Record<ErrorCode, ErrorWords> = {
  invalid_frame: { title: "The server could not read this message.", wayOn: "edit" },
  empty_message: { title: "There is no text in this message.", wayOn: "edit" },
  message_too_long: {
    title: "This message is too long.",
    hint: "Shorten it or send it in parts.",
    wayOn: "edit",
  },
  attachment_not_found: {
    title: "A file of this message is no longer on the server.",
    hint: "What is not sent within a day is deleted there. Attach it again.",
    wayOn: "edit",
  },
  too_many_attachments: {
    title: "Too many files go with this message.",
    hint: "Ten files are the limit, five of them pictures.",
    wayOn: "edit",
  },
  attachments_too_large: {
    title: "The pictures of this message are too large together.",
    hint: "Attach smaller ones, or fewer.",
    wayOn: "edit",
  },
  model_cannot_see: {
    title: "The model cannot see pictures.",
    hint: "Choose one that can, or remove the pictures.",
    wayOn: "edit",
  },
  not_found: {
    title: "This conversation no longer exists.",
    hint: "Copy the text into a new chat.",
    wayOn: "edit",
  },
  conflict: { title: "This message was already sent with another text.", wayOn: "edit" },
  gone: {
    title: "This message was deleted meanwhile.",
    hint: "Copy the text into a new message.",
    wayOn: "edit",
  },
  rate_limited: { title: "You are sending messages very fast.", hint: later, wayOn: "retry" },
  overloaded: {
    title: "Too many replies are being written at once.",
    hint: "Wait for one to end, or stop one of yours.",
    wayOn: "retry",
  },
  too_many_watches: {
    title: "Too many conversations are open in this tab.",
    hint: "Reload the page.",
    wayOn: "retry",
  },
  busy: { title: "The database was busy.", hint: "Nothing was lost. Try again.", wayOn: "retry" },
  storage_failed: {
    title: "The message could not be saved.",
    hint: "The server's disk may be full or read-only.",
    wayOn: "retry",
  },
  shutting_down: { title: "The server is restarting.", hint: later, wayOn: "retry" },
  not_growing: { title: "This reply has already ended.", wayOn: "none" },
  still_growing: { title: "This reply is still being written.", wayOn: "none" },
  not_continuable: { title: "This reply cannot be continued.", hint: "Write another one.", wayOn: "none" },
  not_queued: { title: "This message no longer waits.", hint: "It has gone out already.", wayOn: "none" },
  queue_full: {
    title: "Twenty messages wait already.",
    hint: "Wait for one to go out or remove it.",
    wayOn: "retry",
  },
  provider_unauthorized: {
    title: "The provider refused the API key.",
    hint: "Check GROQ_API_KEY in .env and restart TahoChat.",
    wayOn: "retry",
  },
  provider_forbidden: {
    title: "The provider does not accept requests from this network.",
    hint: "A VPN or a proxy may be in the way.",
    wayOn: "retry",
  },
  provider_rate_limited: {
    title: "The account's limit is reached.",
    hint: "Wait a moment, or choose another model.",
    wayOn: "retry",
  },
  provider_daily_limit: {
    title: "The account's daily limit for this model is reached.",
    hint: "Choose another model, or come back later.",
    wayOn: "retry",
  },
  provider_overloaded: { title: "The provider is over capacity.", hint: later, wayOn: "retry" },
  provider_error: { title: "The provider had a problem of its own.", hint: later, wayOn: "retry" },
  provider_rejected: {
    title: "The provider did not accept this request.",
    hint: "Other words or another model may help.",
    wayOn: "retry",
  },
  context_too_long: {
    title: "This conversation is too long for the model.",
    hint: "Start a new chat, shorten the message, or choose a model that reads more.",
    wayOn: "retry",
  },
  model_not_found: {
    title: "The model is not available.",
    hint: "Choose another one below, or set GROQ_MODEL in .env.",
    wayOn: "retry",
  },
  provider_unreachable: {
    title: "The provider cannot be reached.",
    hint: "Check the server's internet connection.",
    wayOn: "retry",
  },
  provider_timeout: { title: "The provider took too long to answer.", hint: later, wayOn: "retry" },
  provider_disconnected: { title: "The connection to the provider broke off.", wayOn: "retry" },
  provider_protocol: {
    title: "The provider's answer could not be read.",
    hint: "If it stays so, check GROQ_BASE_URL in .env.",
    wayOn: "retry",
  },
  reply_too_long: { title: "The reply became too long and was cut here.", wayOn: "none" },
  server_restarted: { title: "The server restarted while this reply was being written.", wayOn: "retry" },
  internal: {
    title: "Something went wrong on the server.",
    hint: "The log has the details.",
    wayOn: "retry",
  },
};

/** Of a day's limit, the day on which there is room again: also after a reload, which forgets the time. */
function secondSentence(text: string | undefined): string | undefined {
  const end = text?.indexOf(". ") ?? -1;
  return end < 0 ? undefined : text?.slice(end + 2);
}

/** Words for a code; one that this version does not know is told in the server's own words. */
export function errorWords(code: string | undefined, serverText: string | undefined): ErrorWords {
  // Which model can see only the server's words say.
  if (code === "model_cannot_see" && serverText) return { ...words[code], title: serverText };
  if (code === "provider_daily_limit")
    return { ...words[code], hint: secondSentence(serverText) ?? words[code].hint };
  if (code !== undefined && Object.hasOwn(words, code)) return words[code as ErrorCode];
  return { title: serverText?.trim() || "The reply broke off.", wayOn: "retry" };
}

/** What the provider said about when: the hint gives way to the time, which says more. */
export function withTime(words: ErrorWords, retryAt: number | undefined, now: number): ErrorWords {
  if (retryAt === undefined || retryAt <= now || !isLong(retryAt - now)) return words;
  return { ...words, hint: `Free again ${formatWhen(retryAt, now)}. Another model may answer before.` };
}

/** Why a reply does not begin yet, to be followed by when it is tried again. */
export function waitWords(code: string): string {
  if (code === "provider_rate_limited" || code === "provider_daily_limit")
    return "The account's limit is reached.";
  if (code === "provider_overloaded") return "The provider is over capacity.";
  return errorWords(code, undefined).title;
}
