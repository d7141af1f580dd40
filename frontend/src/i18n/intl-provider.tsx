"use client";

import { NextIntlClientProvider } from "next-intl";
import { useSyncExternalStore, type ReactNode } from "react";
import { asEnglish, noteGap } from "./missing";
import { english, getSpoken, startSpeaking, subscribeSpoken } from "./spoken";

// Before React begins: the words come while the page is made ready for them.
if (typeof window !== "undefined") startSpeaking();

/** The page in the person's language. The export does not know it: it has no more than `waiting`, which shows no words. */
export function IntlProvider({ waiting, children }: { waiting: ReactNode; children: ReactNode }) {
  const spoken = useSyncExternalStore(subscribeSpoken, getSpoken, () => null);
  const { tag, words } = spoken ?? english;
  return (
    <NextIntlClientProvider
      locale={tag}
      messages={words}
      timeZone={timeZone()}
      onError={noteGap}
      getMessageFallback={asEnglish}
    >
      {spoken ? children : waiting}
    </NextIntlClientProvider>
  );
}

function timeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
