import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from "idb";
import type { Attachment } from "@/lib/protocol/rest";
import type { PendingSend } from "../state/types";

/** `attachments`: files that the server has. `at`: when it was typed, epoch ms. */
export interface StoredDraft {
  text: string;
  attachments?: Attachment[];
  at: number;
}

export interface ChatSchema extends DBSchema {
  outbox: { key: string; value: PendingSend };
  drafts: { key: string; value: StoredDraft };
}

export type ChatStore = IDBPDatabase<ChatSchema>;
export type ChatChange = IDBPTransaction<ChatSchema, ["outbox", "drafts"], "readwrite">;

/** Browsers have been seen that neither open a database nor fail to. */
export const openWithinMs = 3000;

/** What this browser keeps for its person: the outbox and the drafts, shared by all tabs. */
export class ChatDatabase {
  private opening: Promise<ChatStore | null> | undefined;
  private opened: ChatStore | null = null;
  private late: Promise<ChatStore | null> = Promise.resolve(null);

  constructor(private readonly name = "tahochat") {}

  /** Null where storage is forbidden, broken, or does not answer: what is typed then lasts as long as the page. */
  open(): Promise<ChatStore | null> {
    return (this.opening ??= this.openInTime());
  }

  /** As `open`, however long it takes: after a crash it may be seconds. Null where it failed. */
  async openLate(): Promise<ChatStore | null> {
    return (await this.open()) ?? this.late;
  }

  /** The open database, for a page that is about to go and cannot wait; null where it is not open. */
  current(): ChatStore | null {
    return this.opened;
  }

  /** All of the work or none of it. Undefined where it cannot be done: full, taken away, broken. */
  async change<T>(work: (change: ChatChange) => Promise<T>): Promise<T | undefined> {
    try {
      return await this.attempt(work);
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "InvalidStateError")) return undefined;
      // Closed behind our back: a new one may do.
      this.close();
      return this.attempt(work).catch(() => undefined);
    }
  }

  close(): void {
    this.opened?.close();
    this.lost();
  }

  private async attempt<T>(work: (change: ChatChange) => Promise<T>): Promise<T | undefined> {
    const store = await this.open();
    if (!store) return undefined;
    // Strict: on the disk before anything goes out, for a message must survive what the server keeps of it.
    const change = store.transaction(["outbox", "drafts"], "readwrite", { durability: "strict" });
    try {
      const [result] = await Promise.all([work(change), change.done]);
      return result;
    } catch (error) {
      abort(change);
      throw error;
    }
  }

  private async openInTime(): Promise<ChatStore | null> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), openWithinMs)));
    this.late = this.openNow().catch(() => {
      // Asked again next time: it need not stay broken.
      this.opening = undefined;
      return null;
    });
    const first = await Promise.race([this.late, late]);
    clearTimeout(timer);
    return first;
  }

  private async openNow(): Promise<ChatStore> {
    const store = await openDB<ChatSchema>(this.name, 1, {
      upgrade(created) {
        created.createObjectStore("outbox", { keyPath: "clientMessageId" });
        created.createObjectStore("drafts");
      },
      // A tab with a newer version waits for this one to let go.
      blocking: () => this.close(),
      terminated: () => this.lost(),
    });
    this.opened = store;
    this.opening = Promise.resolve(store);
    return store;
  }

  private lost(): void {
    this.opened = null;
    this.opening = undefined;
  }
}

/** A request that failed has done so already; a call that failed has not. */
function abort(change: ChatChange): void {
  try {
    change.abort();
  } catch {
    // It has ended.
  }
}

/** The page's own. It opens nothing before it is used. */
export const chatDatabase = new ChatDatabase();
