import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import en from "@/i18n/messages/en";

/** For `render(…, { wrapper: WithWords })`: the page's words, in English. */
export function WithWords({ children }: { children: ReactNode }) {
  return (
    <NextIntlClientProvider locale="en" messages={en} timeZone="UTC">
      {children}
    </NextIntlClientProvider>
  );
}
