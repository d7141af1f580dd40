"use client";

import { CloudOff, Loader } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { cn } from "@/lib/cn";
import { useConnection, useSocket } from "@/lib/socket/socket-context";

/** Quick recoveries are not worth a word. */
const patienceMs = 600;

export function ConnectionStatus() {
  const t = useTranslations("shell");
  const { phase } = useConnection();
  const socket = useSocket();
  const [patient, setPatient] = useState(true);
  const open = phase === "open";
  useEffect(() => {
    if (open) return;
    const timer = setTimeout(() => setPatient(false), patienceMs);
    return () => {
      clearTimeout(timer);
      setPatient(true);
    };
  }, [open]);
  const visible = !open && !patient;
  const Icon = phase === "offline" ? CloudOff : Loader;
  return (
    <div data-testid="connection" data-state={phase} className="flex shrink-0 items-center gap-1 text-xs">
      <span role="status" className={cn(!visible && "sr-only")}>
        {!visible && open && t("connection.open")}
        {visible && (
          <span className="flex h-8 items-center gap-1.5 rounded-lg bg-warn-wash px-2.5 font-medium text-warn">
            <Icon
              className={cn("size-3.5 max-[23rem]:hidden", phase !== "offline" && "animate-spin")}
              aria-hidden
            />
            {t(`connection.${phase}`)}
          </span>
        )}
      </span>
      {visible && phase !== "connecting" && (
        <button
          type="button"
          onClick={socket.retryNow}
          className="h-8 rounded-lg px-2 font-medium text-warn underline underline-offset-2 hover:bg-warn-wash"
        >
          {t("connection.tryNow")}
        </button>
      )}
    </div>
  );
}
