import type { Locale } from "./locales";
import en from "./messages/en";
import { withEnglish } from "./missing";

export type Words = typeof en;

/** English is part of the page; every other language is a file of its own. */
const loaders: Record<Exclude<Locale, "en">, () => Promise<{ default: object }>> = {
  fr: () => import("./messages/fr"),
  de: () => import("./messages/de"),
  es: () => import("./messages/es"),
  ar: () => import("./messages/ar"),
  ja: () => import("./messages/ja"),
};

export async function loadMessages(locale: Locale): Promise<Words> {
  return locale === "en" ? en : withEnglish((await loaders[locale]()).default, en);
}
