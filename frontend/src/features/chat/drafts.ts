"use client";

import { useCallback, useSyncExternalStore } from "react";
import { TabChannel } from "@/lib/tab-channel";
import { chatDatabase, type ChatDatabase, type StoredDraft } from "./outbox/database";

/** What was typed is stored this soon; a crash of the browser loses no more. */
export const storeWithinMs = 250;

interface DraftNews extends StoredDraft {
  key: string;
}

export function draftKey(conversationId: number | null): string {
  return conversationId === null ? "new" : String(conversationId);
}

/** Of another version of a message. */
export function editKey(messageId: number): string {
  return `edit-${messageId}`;
}

/**
 * The unsent text of each conversation and of the new chat: one for all tabs, of which the latest word holds, kept across
 * reloads and restarts. Where nothing can be stored it lasts as long as the page.
 */
export class Drafts {
  private readonly drafts = new Map<string, StoredDraft>();
  private readonly unstored = new Set<string>();
  private readonly listeners = new Set<() => void>();
  private readonly tabs: TabChannel<DraftNews>;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private loaded = false;

  constructor(
    private readonly database: ChatDatabase,
    channel = "tahochat.drafts",
    private readonly now: () => number = Date.now,
  ) {
    this.tabs = new TabChannel(channel);
  }

  /** Brings back what is stored; returns how to end. */
  start(): () => void {
    const flush = () => this.flush();
    const hidden = () => document.visibilityState === "hidden" && this.flush();
    const endNews = this.tabs.listen((news) => this.heard(news));
    window.addEventListener("pagehide", flush);
    document.addEventListener("visibilitychange", hidden);
    void this.load();
    return () => {
      endNews();
      window.removeEventListener("pagehide", flush);
      document.removeEventListener("visibilitychange", hidden);
      this.flush();
    };
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  read(key: string): string {
    return this.drafts.get(key)?.text ?? "";
  }

  write(key: string, text: string): void {
    this.set(key, text);
    this.unstored.add(key);
    this.timer ??= setTimeout(() => this.flush(), storeWithinMs);
  }

  /** The text became a message: whoever stores that ends the stored draft in the same transaction. */
  sent(key: string): void {
    this.set(key, "");
    this.unstored.delete(key);
  }

  /** The new chat became a conversation: what was typed meanwhile goes along. */
  move(from: string, to: string): void {
    const text = this.read(from);
    if (text === "") return;
    this.write(to, this.read(to) ? `${this.read(to)}\n\n${text}` : text);
    this.write(from, "");
  }

  /** Starts storing at once: the page may be about to go. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.unstored.size === 0) return;
    const store = this.database.current();
    if (!store) {
      void this.database.open().then((opened) => opened && this.flush());
      return;
    }
    try {
      const change = store.transaction("drafts", "readwrite");
      change.done.catch(() => undefined);
      for (const key of this.unstored) {
        const draft = this.drafts.get(key);
        const write = draft?.text ? change.store.put(draft, key) : change.store.delete(key);
        write.catch(() => undefined);
      }
      // Without this a page that goes takes its transaction along.
      change.commit();
      this.unstored.clear();
    } catch {
      this.database.close();
    }
  }

  private async load(): Promise<void> {
    await this.database.openLate();
    const [keys, stored] = (await this.database.change((change) => {
      const drafts = change.objectStore("drafts");
      return Promise.all([drafts.getAllKeys(), drafts.getAll()]);
    })) ?? [[], []];
    if (this.loaded) return;
    this.loaded = true;
    keys.forEach((key, index) => {
      const draft = stored[index];
      const known = this.drafts.get(key);
      if (!draft || known?.text === draft.text) return;
      // Typed before what was there could be shown: neither goes.
      if (known?.text && this.unstored.has(key)) this.write(key, `${draft.text}\n${known.text}`);
      else if (!known || known.at < draft.at) this.drafts.set(key, draft);
    });
    if (this.unstored.size > 0) this.flush();
    this.tell();
  }

  private set(key: string, text: string): void {
    const draft = { text, at: Math.max(this.now(), (this.drafts.get(key)?.at ?? 0) + 1) };
    this.drafts.set(key, draft);
    this.tabs.post({ key, ...draft });
    this.tell();
  }

  private heard({ key, text, at }: DraftNews): void {
    if (at <= (this.drafts.get(key)?.at ?? 0)) return;
    this.drafts.set(key, { text, at });
    this.unstored.delete(key);
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

/** The page's own. It reads nothing before it is started. */
export const drafts = new Drafts(chatDatabase);

/** The unsent text of a conversation, and how to change it. */
export function useDraft(conversationId: number | null): [string, (text: string) => void] {
  return useDraftAt(draftKey(conversationId));
}

export function useDraftAt(key: string): [string, (text: string) => void] {
  const text = useSyncExternalStore(
    drafts.subscribe,
    () => drafts.read(key),
    () => "",
  );
  const set = useCallback((next: string) => drafts.write(key, next), [key]);
  return [text, set];
}
