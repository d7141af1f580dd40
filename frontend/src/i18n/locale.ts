import { directionOf, formatTag, isLocale, locales, matchLocale, type Locale } from "./locales";

const key = "tahochat.locale";
const listeners = new Set<() => void>();

/** Runs before the first paint, as a string in the page's head: a page that turns round would flash. */
export const localeScript = `try{var l=localStorage.getItem("${key}"),a=${JSON.stringify(locales)};if(a.indexOf(l)<0)l=(navigator.languages||[navigator.language]).map(function(t){return t.toLowerCase().split("-")[0]}).find(function(t){return a.indexOf(t)>=0})||"en";document.documentElement.lang=l;document.documentElement.dir=l==="ar"?"rtl":"ltr"}catch(e){}`;

/** The language that the person chose; null: as the browser says. */
export function chosenLocale(): Locale | null {
  try {
    const stored = localStorage.getItem(key);
    return isLocale(stored) ? stored : null;
  } catch {
    return null;
  }
}

export function getLocale(): Locale {
  return chosenLocale() ?? matchLocale(navigator.languages);
}

/** null: as the browser says. */
export function setLocale(locale: Locale | null): void {
  try {
    if (locale === null) localStorage.removeItem(key);
    else localStorage.setItem(key, locale);
  } catch {
    // Storage is forbidden: nothing to remember it with.
  }
  for (const listener of listeners) listener();
}

/** How dates and numbers are written: as in the person's region, where the browser names one for the page's language. */
export function getFormatTag(): string {
  return formatTag(getLocale(), navigator.languages);
}

export function showLocale(locale: Locale): void {
  document.documentElement.lang = locale;
  document.documentElement.dir = directionOf(locale);
}

/** Follows the other tabs, and the browser's own languages. */
export function subscribeLocale(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  window.addEventListener("languagechange", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
    window.removeEventListener("languagechange", listener);
  };
}
