"use client";

import { DirectionProvider } from "@base-ui/react/direction-provider";
import { NextIntlClientProvider } from "next-intl";
import { useEffect, useState, useSyncExternalStore, type ReactNode } from "react";
import { loadMessages, type Words } from "./load-messages";
import { getLocale, showLocale, subscribeLocale } from "./locale";
import { defaultLocale, directionOf, type Locale } from "./locales";
import en from "./messages/en";

interface Spoken {
  locale: Locale;
  words: Words;
}

const english: Spoken = { locale: defaultLocale, words: en };

/** The page in the person's language. The export is in English: another language is there before anything is shown. */
export function IntlProvider({ waiting, children }: { waiting: ReactNode; children: ReactNode }) {
  const wanted = useSyncExternalStore(subscribeLocale, getLocale, () => defaultLocale);
  const [spoken, setSpoken] = useState(english);
  const [failed, setFailed] = useState<Locale | null>(null);
  useEffect(() => {
    let current = true;
    loadMessages(wanted).then(
      (words) => current && setSpoken({ locale: wanted, words }),
      () => current && setFailed(wanted),
    );
    return () => {
      current = false;
    };
  }, [wanted]);
  const { locale, words } = spoken;
  useEffect(() => showLocale(locale), [locale]);
  const ready = locale === wanted || failed === wanted || spoken !== english;
  return (
    <NextIntlClientProvider locale={locale} messages={words} timeZone={timeZone()}>
      <DirectionProvider direction={directionOf(locale)}>{ready ? children : waiting}</DirectionProvider>
    </NextIntlClientProvider>
  );
}

function timeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
