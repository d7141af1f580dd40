import type { ChatState } from "./state/types";

/** More are not leafed through one by one. */
const most = 200;

/** What was sent, newest first: in this conversation, then in the others that this page knows; each text once. */
export function sentTexts({ conversations, pending }: ChatState, conversationId: number | null): string[] {
  const waiting = (here: boolean) =>
    pending
      .filter((send) => (send.conversationId === conversationId) === here)
      .sort((a, b) => b.createdAt - a.createdAt)
      .map(({ text }) => text);
  const said = (here: boolean) =>
    Object.values(conversations)
      .filter(({ id }) => (id === conversationId) === here)
      .flatMap(({ messages }) => Object.values(messages))
      .filter(({ role }) => role === "user")
      .sort((a, b) => b.id - a.id)
      .map(({ content }) => content);
  const all = [...waiting(true), ...said(true), ...waiting(false), ...said(false)];
  return [...new Set(all.filter((text) => text.trim() !== ""))].slice(0, most);
}
