import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { ConversationPage } from "../api-client";
import type { Conversation } from "../protocol/rest";

/** `savedAt`: when the server said so, epoch ms. */
export interface Copy<T> {
  value: T;
  savedAt: number;
}

interface CopySchema extends DBSchema {
  list: { key: "first"; value: Copy<ConversationPage> };
  conversations: { key: number; value: Copy<Conversation>; indexes: { savedAt: number } };
}

export const conversationsKept = 20;
export const messagesKept = 200;

const databaseName = "tahochat-copies";

/** What was read last, for when the server cannot be reached. Nothing depends on it: where storage fails there are no copies. */
export class OfflineCopies {
  /** Deleted, as far as this page was told: what is still on its way into a copy of them is not kept. */
  private readonly gone = new Set<number>();
  private opening: Promise<IDBPDatabase<CopySchema> | null> | undefined;

  constructor(
    private readonly name = databaseName,
    private readonly now: () => number = Date.now,
  ) {}

  /** The list as the server's first page has it. */
  async keepList(page: ConversationPage): Promise<void> {
    const known = await this.list();
    if (known && isOther(known.value.items, page.items)) await this.clear();
    const store = await this.open();
    await store?.put("list", { value: page, savedAt: this.now() }, "first").catch(ignored);
  }

  async list(): Promise<Copy<ConversationPage> | undefined> {
    return (await this.open())?.get("list", "first").catch(ignored);
  }

  /** Its newest messages; the copies that were saved longest ago make room. */
  async keep(conversation: Conversation): Promise<void> {
    const store = await this.open();
    if (!store || this.gone.has(conversation.id)) return;
    try {
      const known = (await store.get("conversations", conversation.id))?.value;
      if (known && isOther([known], [conversation])) await this.clear();
      const created_at = conversation.created_at || known?.created_at || "";
      const value = { ...conversation, created_at, messages: conversation.messages.slice(-messagesKept) };
      if (this.gone.has(conversation.id)) return;
      const change = store.transaction("conversations", "readwrite", { durability: "relaxed" });
      await change.store.put({ value, savedAt: this.now() }, conversation.id);
      const oldest = await change.store.index("savedAt").getAllKeys();
      const tooMany = oldest.slice(0, Math.max(0, oldest.length - conversationsKept));
      await Promise.all(tooMany.map((id) => change.store.delete(id)));
      await change.done;
    } catch {
      // Full, or taken away: what is not kept cannot be read offline, and that is all.
    }
  }

  async conversation(id: number): Promise<Copy<Conversation> | undefined> {
    return (await this.open())?.get("conversations", id).catch(ignored);
  }

  /** It is in the trash, or gone for good. */
  async forget(id: number): Promise<void> {
    this.gone.add(id);
    await (await this.open())?.delete("conversations", id).catch(ignored);
  }

  /** It is there, perhaps again. */
  found(id: number): void {
    this.gone.delete(id);
  }

  /** Forgets those that are neither listed nor there when they are asked for one by one. */
  async forgetGone(listed: ReadonlySet<number>, isThere: (id: number) => Promise<boolean>): Promise<void> {
    const kept = (await (await this.open())?.getAllKeys("conversations").catch(ignored)) ?? [];
    for (const id of kept) {
      if (!listed.has(id) && !(await isThere(id))) await this.forget(id);
    }
  }

  async clear(): Promise<void> {
    const store = await this.open();
    await Promise.all([store?.clear("list"), store?.clear("conversations")]).catch(ignored);
  }

  /** How many conversations can be read offline. */
  async count(): Promise<number> {
    return (await (await this.open())?.count("conversations").catch(ignored)) ?? 0;
  }

  private open(): Promise<IDBPDatabase<CopySchema> | null> {
    return (this.opening ??= openDB<CopySchema>(this.name, 1, {
      upgrade(created) {
        created.createObjectStore("list");
        created.createObjectStore("conversations").createIndex("savedAt", "savedAt");
      },
      blocking: (_, __, event) => {
        (event.target as IDBDatabase).close();
        this.opening = undefined;
      },
      terminated: () => (this.opening = undefined),
    }).catch(() => null));
  }
}

type Dated = Pick<Conversation, "id" | "created_at">;

/** Ids begin again where the server's data is another one: its conversations were begun at other times. */
export function isOther(known: readonly Dated[], now: readonly Dated[]): boolean {
  const times = new Map(known.map(({ id, created_at }) => [id, created_at]));
  return now.some(
    ({ id, created_at }) => Boolean(times.get(id) && created_at) && times.get(id) !== created_at,
  );
}

const ignored = () => undefined;

/** The page's own. It opens nothing before it is used. */
export const offlineCopies = new OfflineCopies();
