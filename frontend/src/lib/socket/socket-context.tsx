"use client";

import { createContext, useContext, useEffect, useState, useSyncExternalStore, type ReactNode } from "react";
import { env, webSocketUrl } from "../env";
import { ChatSocket, type ConnectionState } from "./chat-socket";

const SocketContext = createContext<ChatSocket | null>(null);
const beforeMount: ConnectionState = { phase: "connecting", failures: 0 };

/** One socket for the page. It starts after mount: a page that is rendered ahead of time has none. */
export function SocketProvider({ children }: { children: ReactNode }) {
  const [socket] = useState(
    () => new ChatSocket({ url: typeof window === "undefined" ? "" : webSocketUrl(env, window.location) }),
  );
  useEffect(() => {
    socket.start();
    return () => socket.stop();
  }, [socket]);
  return <SocketContext value={socket}>{children}</SocketContext>;
}

export function useSocket(): ChatSocket {
  const socket = useContext(SocketContext);
  if (!socket) throw new Error("SocketProvider is missing.");
  return socket;
}

export function useConnection(): ConnectionState {
  const socket = useSocket();
  return useSyncExternalStore(socket.onState, socket.getState, () => beforeMount);
}
