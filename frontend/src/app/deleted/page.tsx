import type { Metadata } from "next";
import { ChatPage } from "../chat-page";

export const metadata: Metadata = { title: "Trash · TahoChat" };

/** The same page as the chat, at another address: going there and back, neither the socket nor a growing reply notices. */
export default function Page() {
  return <ChatPage />;
}
