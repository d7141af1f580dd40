"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { toast } from "@/lib/toast";
import { env } from "@/lib/env";
import { whenIdle } from "@/lib/when-idle";
import { startServiceWorker } from "./service-worker";

/** Lets the page open without a network, in the export only: a dev server's files change under their names. */
export function OfflineSupport() {
  const t = useTranslations("offline");
  const words = useRef(t);
  useEffect(() => {
    words.current = t;
  }, [t]);

  useEffect(() => {
    if (!env.sameOrigin || process.env.NEXT_PUBLIC_SERVICE_WORKER === "off") return;
    const start = () =>
      whenIdle(
        () =>
          void startServiceWorker((reload) =>
            toast(words.current("update"), {
              id: "update",
              duration: Infinity,
              action: { label: words.current("reload"), onClick: reload },
            }),
          ),
      );
    if (document.readyState === "complete") start();
    else window.addEventListener("load", start, { once: true });
    return () => window.removeEventListener("load", start);
  }, []);

  return null;
}
