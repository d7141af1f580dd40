import { TabChannel } from "@/lib/tab-channel";
import type { PendingSend } from "../state/types";
import type { ChatDatabase } from "./database";

/** A send that is done with: acknowledged in a conversation, or discarded. */
export interface Settled {
  clientMessageId: string;
  /** The new chat it belonged to, which is this conversation from now on. */
  newChat?: string;
  conversationId?: number;
}

export type OutboxNews = { type: "added" } | ({ type: "settled" } & Settled);

/**
 * The messages that no server has acknowledged, in the browser's storage and shared by its tabs. Nothing here fails: what
 * cannot be stored lasts as long as the page.
 */
export class Outbox {
  /** Messages in this page's memory alone, with the draft each of them was. */
  private readonly unstored = new Map<string, string | undefined>();
  private readonly tabs: TabChannel<OutboxNews>;

  constructor(
    private readonly database: ChatDatabase,
    channel = "tahochat.outbox",
  ) {
    this.tabs = new TabChannel(channel);
  }

  /** Hears of other tabs; returns how to end it. */
  listen(listener: (news: OutboxNews) => void): () => void {
    return this.tabs.listen(listener);
  }

  /** All that is stored, in the order it was typed; null where nothing can be read. */
  async read(): Promise<PendingSend[] | null> {
    const sends = await this.database.change((change) => change.objectStore("outbox").getAll());
    return sends?.sort((a, b) => a.createdAt - b.createdAt) ?? null;
  }

  /** True once what is stored can be read, however long that takes; false where it never can. */
  async isReadable(): Promise<boolean> {
    return (await this.database.openLate()) !== null;
  }

  /** Stores a message and ends the draft it was, both or neither. `draft`: the draft's key. */
  async accept(send: PendingSend, draft?: string): Promise<void> {
    const stored = await this.database.change(async (change) => {
      const writes = [change.objectStore("outbox").put(send)];
      const ends = draft === undefined ? [] : [change.objectStore("drafts").delete(draft)];
      // Without this a page that goes takes its transaction along.
      change.commit();
      await Promise.all([...writes, ...ends]);
      return true;
    });
    if (stored) this.tabs.post({ type: "added" });
    else this.unstored.set(send.clientMessageId, draft);
  }

  /** Stores what changed of a message, unless it is done with. */
  async update(send: PendingSend): Promise<void> {
    await this.database.change(async (change) => {
      const sends = change.objectStore("outbox");
      if (await sends.getKey(send.clientMessageId)) await sends.put(send);
    });
  }

  /** False where another tab is done with it. */
  async holds(clientMessageId: string): Promise<boolean> {
    if (this.unstored.has(clientMessageId)) return true;
    const count = await this.database.change((change) => change.objectStore("outbox").count(clientMessageId));
    return count !== 0;
  }

  /** Whether it could not be stored. */
  isUnstored(clientMessageId: string): boolean {
    return this.unstored.has(clientMessageId);
  }

  /** Forgets a message; what follows it in the same new chat belongs to the conversation from now on. */
  async settle({ clientMessageId, newChat, conversationId }: Settled): Promise<void> {
    await this.database.change(async (change) => {
      const sends = change.objectStore("outbox");
      await sends.delete(clientMessageId);
      if (newChat === undefined || conversationId === undefined) return;
      for (const other of await sends.getAll()) {
        if (other.conversationId === null && other.newChat === newChat) {
          await sends.put({ ...other, conversationId });
        }
      }
    });
    await this.endDraft(clientMessageId);
    this.tabs.post({ type: "settled", clientMessageId, newChat, conversationId });
  }

  /** The draft of a message that could not be stored was kept in its place. */
  private async endDraft(clientMessageId: string): Promise<void> {
    const draft = this.unstored.get(clientMessageId);
    this.unstored.delete(clientMessageId);
    if (draft !== undefined)
      await this.database.change((change) => change.objectStore("drafts").delete(draft));
  }
}
