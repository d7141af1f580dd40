import en from "@/i18n/messages/en";
import { say, speaksEnglish } from "@/i18n/spoken";

const { codes, rest } = en.errors;

function has<T extends object>(words: T, code: unknown): code is keyof T {
  return typeof code === "string" && Object.hasOwn(words, code);
}

/**
 * Words for a REST call that did not succeed. `body`: its problem document; a proxy that answers in the API's place has none.
 * The server's own sentence is the most precise, but English: in other languages its code is told, and it only in need.
 */
export function problemWords(status: number, body: unknown): string {
  const t = say("errors");
  const { detail, title, code } = (body ?? {}) as { detail?: unknown; title?: unknown; code?: unknown };
  if (speaksEnglish() && typeof detail === "string") return detail;
  if (has(rest, code)) return t(`rest.${code}`);
  if (has(codes, code)) return t(`codes.${code}.title`);
  if (typeof detail === "string") return detail;
  if (typeof title === "string") return title;
  return status >= 500 ? t("unreachable") : t("answered", { status: String(status) });
}

/** The server's own sentence, in English. */
export function problemDetail(body: unknown): string | undefined {
  const { detail } = (body ?? {}) as { detail?: unknown };
  return typeof detail === "string" ? detail : undefined;
}

/** Words for a call that nothing answered. */
export function unreachableWords(): string {
  return say("errors")("unreachable");
}
