/** The languages of the page, with their own names. */
export const localeNames = {
  en: "English",
  fr: "Français",
  de: "Deutsch",
  es: "Español",
  ar: "العربية",
  ja: "日本語",
} as const;

export type Locale = keyof typeof localeNames;

export const locales = Object.keys(localeNames) as Locale[];

export const defaultLocale: Locale = "en";

export function isLocale(value: string | null | undefined): value is Locale {
  return value != null && Object.hasOwn(localeNames, value);
}

export function directionOf(locale: Locale): "ltr" | "rtl" {
  return locale === "ar" ? "rtl" : "ltr";
}

/** The first of the wanted languages (BCP 47, most wanted first) that there is, whatever its region. */
export function matchLocale(wanted: readonly string[]): Locale {
  for (const tag of wanted) {
    const language = tag.toLowerCase().split("-")[0];
    if (isLocale(language)) return language;
  }
  return defaultLocale;
}

/** The wanted tag of that language ("de-AT" for "de"), which says how its region writes dates and numbers. */
export function formatTag(locale: Locale, wanted: readonly string[]): string {
  const tag = wanted.find((candidate) => candidate.toLowerCase().split("-")[0] === locale);
  try {
    return tag === undefined ? locale : (Intl.getCanonicalLocales(tag)[0] ?? locale);
  } catch {
    return locale;
  }
}
