import { createTranslator, type useTranslations } from "next-intl";
import { loadMessages, type Words } from "./load-messages";
import { getFormatTag, getLocale, showLocale, subscribeLocale } from "./locale";
import { defaultLocale, type Locale } from "./locales";
import en from "./messages/en";
import { asEnglish, noteGap } from "./missing";

/** What the page speaks now. `tag`: the same language with the person's region, for dates and numbers ("en-GB"). */
export interface Spoken {
  locale: Locale;
  tag: string;
  words: Words;
}

type Namespace = NonNullable<Parameters<typeof useTranslations>[0]>;
export type Translate<N extends Namespace> = ReturnType<typeof useTranslations<N>>;

export const english: Spoken = { locale: defaultLocale, tag: defaultLocale, words: en };
const listeners = new Set<() => void>();
let spoken: Spoken | null = null;

/** Null until the words of the person's language are there. */
export function getSpoken(): Spoken | null {
  return spoken;
}

export function subscribeSpoken(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function speak(next: Spoken): void {
  spoken = next;
  said.clear();
  showLocale(next.locale);
  for (const listener of listeners) listener();
}

/** English is there at once; another language is waited for. What cannot be loaded leaves the page as it speaks, or in English. */
function follow(): void {
  const [locale, tag] = [getLocale(), getFormatTag()];
  if (spoken?.locale === locale && spoken.tag === tag) return;
  if (locale === defaultLocale) return speak({ ...english, tag });
  const stillWanted = () => getLocale() === locale && getFormatTag() === tag;
  loadMessages(locale).then(
    (words) => stillWanted() && speak({ locale, tag, words }),
    () => stillWanted() && !spoken && speak(english),
  );
}

/** Speaks the person's language from now on: the chosen one, or the browser's. A language that did not load is tried again online. */
export function startSpeaking(): () => void {
  const stop = subscribeLocale(follow);
  window.addEventListener("online", follow);
  follow();
  return () => {
    stop();
    window.removeEventListener("online", follow);
  };
}

const said = new Map<Namespace, unknown>();

/** The words of a namespace outside of components: for toasts and for errors. */
export function say<N extends Namespace>(namespace: N): Translate<N> {
  const { tag: locale, words: messages } = spoken ?? english;
  const known =
    said.get(namespace) ??
    createTranslator({ locale, messages, namespace, onError: noteGap, getMessageFallback: asEnglish });
  said.set(namespace, known);
  return known as Translate<N>;
}

/** For `Intl` outside of components. */
export function spokenTag(): string {
  return (spoken ?? english).tag;
}

export function speaksEnglish(): boolean {
  return (spoken ?? english).locale === "en";
}
