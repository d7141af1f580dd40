"use client";

import { CloudOff, Loader } from "lucide-react";
import { useEffect, useState } from "react";
import { cn } from "@/lib/cn";
import type { ConnectionState } from "@/lib/socket/chat-socket";
import { useConnection, useSocket } from "@/lib/socket/socket-context";

/** Quick recoveries are not worth a word. */
const patienceMs = 600;

const words: Record<ConnectionState["phase"], string> = {
  open: "Connected",
  connecting: "Connecting…",
  reconnecting: "Reconnecting…",
  offline: "You are offline",
};

export function ConnectionStatus() {
  const { phase, failures } = useConnection();
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
    <div
      role="status"
      data-testid="connection"
      data-state={phase}
      className="flex shrink-0 items-center text-xs"
    >
      {!visible && <span className="sr-only">{open ? words.open : ""}</span>}
      {visible && (
        <span className="flex items-center gap-1.5 rounded-full bg-warn-wash px-2.5 py-1 font-medium text-warn">
          <Icon className={cn("size-3.5", phase !== "offline" && "animate-spin")} aria-hidden />
          {words[phase]}
          {failures > 2 && phase !== "offline" && (
            <button type="button" onClick={socket.retryNow} className="underline underline-offset-2">
              Try now
            </button>
          )}
        </span>
      )}
    </div>
  );
}
