import type { Locale } from "./locales";
import en from "./messages/en";

export type Words = typeof en;

/** English is part of the page; every other language is a file of its own. */
const loaders: Record<Exclude<Locale, "en">, () => Promise<{ default: object }>> = {
  fr: () => import("./messages/en"),
  de: () => import("./messages/en"),
  es: () => import("./messages/en"),
  ar: () => import("./messages/en"),
  ja: () => import("./messages/en"),
};

export async function loadMessages(locale: Locale): Promise<Words> {
  return locale === "en" ? en : ((await loaders[locale]()).default as Words);
}
