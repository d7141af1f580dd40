"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore, type ReactNode } from "react";
import { ChatProvider } from "@/features/chat/chat-context";
import { OfflineSupport } from "@/features/offline/offline-support";
import { tooltipPart } from "@/components/ui/icon-button";
import { surface } from "@/components/ui/surface";
import { ApiError } from "@/lib/api-client";
import { cn } from "@/lib/cn";
import { IntlProvider } from "@/i18n/intl-provider";
import { SocketProvider } from "@/lib/socket/socket-context";
import { BrowserTelemetry } from "@/lib/telemetry/browser-telemetry";
import { loadPartsWhenIdle, useLazyPart } from "@/lib/lazy-part";
import { plainWords, toaster } from "@/lib/toast";
import { useShownPreferences } from "@/lib/use-shown-preferences";
import { getTheme, subscribeTheme, type Theme } from "@/lib/theme";
import { LoadingPage } from "./loading-page";

/** What the server refused it refuses again; what did not reach it is worth another try. */
function worthRetrying(failures: number, error: Error): boolean {
  return failures < 3 && !(error instanceof ApiError && error.status >= 400 && error.status < 500);
}

export function Providers({ children }: { children: ReactNode }) {
  const [queries] = useState(
    () => new QueryClient({ defaultOptions: { queries: { retry: worthRetrying, staleTime: 60_000 } } }),
  );
  useShownPreferences();
  useEffect(loadPartsWhenIdle, []);
  const tooltips = useLazyPart(tooltipPart, false, () => undefined);
  useEffect(() => tooltips?.showTooltips(), [tooltips]);
  return (
    <IntlProvider waiting={<LoadingPage />}>
      <QueryClientProvider client={queries}>
        <SocketProvider>
          <BrowserTelemetry />
          <OfflineSupport />
          <ChatProvider>
            {children}
            <Toasts />
          </ChatProvider>
        </SocketProvider>
      </QueryClientProvider>
    </IntlProvider>
  );
}

const fonts = { fontFamily: "inherit" };

function Toasts() {
  const theme = useSyncExternalStore(subscribeTheme, getTheme, (): Theme => "system");
  const plain = useSyncExternalStore(plainWords.subscribe, plainWords.get, () => null);
  const part = useLazyPart(toaster, false, () => undefined);
  return (
    <>
      {plain && (
        <p
          role="alert"
          className={cn(surface, "fixed inset-x-4 top-4 z-60 mx-auto w-fit rounded-lg p-4 text-sm")}
        >
          {plain}
        </p>
      )}
      {part && <part.Toaster theme={theme} position="top-center" style={fonts} />}
    </>
  );
}
