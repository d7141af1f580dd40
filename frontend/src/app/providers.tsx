"use client";

import { Tooltip } from "@base-ui/react/tooltip";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState, useSyncExternalStore, type ReactNode } from "react";
import { Toaster } from "sonner";
import { ChatProvider } from "@/features/chat/chat-context";
import { OfflineSupport } from "@/features/offline/offline-support";
import { ApiError } from "@/lib/api-client";
import { IntlProvider } from "@/i18n/intl-provider";
import { SocketProvider } from "@/lib/socket/socket-context";
import { BrowserTelemetry } from "@/lib/telemetry/browser-telemetry";
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
  const theme = useSyncExternalStore(subscribeTheme, getTheme, (): Theme => "system");
  return (
    <IntlProvider waiting={<LoadingPage />}>
      <QueryClientProvider client={queries}>
        <SocketProvider>
          <BrowserTelemetry />
          <OfflineSupport />
          <ChatProvider>
            <Tooltip.Provider delay={500}>{children}</Tooltip.Provider>
            <Toaster theme={theme} position="top-center" style={{ fontFamily: "inherit" }} />
          </ChatProvider>
        </SocketProvider>
      </QueryClientProvider>
    </IntlProvider>
  );
}
