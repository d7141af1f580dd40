"use client";

import { useCallback, useSyncExternalStore } from "react";
import type { Attachment } from "@/lib/protocol/rest";
import { TabChannel } from "@/lib/tab-channel";
import { chatDatabase, type ChatDatabase, type StoredDraft } from "./outbox/database";

/** What was typed is stored this soon; a crash of the browser loses no more. */
export const storeWithinMs = 250;

const readAgainAfterMs = [100, 500, 2000, 5000, 15_000];

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

const noFiles: readonly Attachment[] = [];

function isEmpty({ text, attachments }: StoredDraft): boolean {
  return text === "" && !attachments?.length;
}

function bothFiles(first: readonly Attachment[], second: readonly Attachment[]): Attachment[] {
  return [...first, ...second.filter(({ id }) => !first.some((file) => file.id === id))];
}

/**
 * The unsent text of each conversation and of the new chat, and the files that go with it: one for all tabs, of which the latest word holds, kept across
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

  files(key: string): readonly Attachment[] {
    return this.drafts.get(key)?.attachments ?? noFiles;
  }

  write(key: string, text: string): void {
    this.change(key, text, this.files(key));
  }

  attach(key: string, files: readonly Attachment[]): void {
    this.change(key, this.read(key), bothFiles(this.files(key), files));
  }

  detach(key: string, id: number): void {
    const files = this.files(key).filter((file) => file.id !== id);
    this.change(key, this.read(key), files);
  }

  /** The text became a message: whoever stores that ends the stored draft in the same transaction. */
  sent(key: string): void {
    this.set(key, "", noFiles);
    this.unstored.delete(key);
  }

  /** The new chat became a conversation: what was typed meanwhile goes along. */
  move(from: string, to: string): void {
    const text = this.read(from);
    const files = this.files(from);
    if (text === "" && files.length === 0) return;
    const both = this.read(to) && text ? `${this.read(to)}\n\n${text}` : this.read(to) || text;
    this.change(to, both, bothFiles(this.files(to), files));
    this.change(from, "", noFiles);
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
        const write = draft && !isEmpty(draft) ? change.store.put(draft, key) : change.store.delete(key);
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
    for (const pause of readAgainAfterMs) {
      const found = await this.stored();
      if (this.loaded) return;
      if (found) return this.adopt(...found);
      // Shown and typed into meanwhile; after a crash of another page the browser has been seen to fail the first reads.
      this.tell();
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  private async stored(): Promise<[string[], StoredDraft[]] | undefined> {
    await this.database.openLate();
    return this.database.change((change) => {
      const drafts = change.objectStore("drafts");
      return Promise.all([drafts.getAllKeys(), drafts.getAll()]);
    });
  }

  private adopt(keys: string[], stored: StoredDraft[]): void {
    this.loaded = true;
    keys.forEach((key, index) => {
      const draft = stored[index];
      const known = this.drafts.get(key);
      if (!draft || (known?.text === draft.text && !draft.attachments?.length)) return;
      // Typed before what was there could be shown: neither goes.
      if (known && !isEmpty(known) && this.unstored.has(key)) {
        const both = [draft.text, known.text].filter(Boolean).join("\n");
        this.change(key, both, bothFiles(draft.attachments ?? [], this.files(key)));
      } else if (!known || known.at < draft.at) this.drafts.set(key, draft);
    });
    if (this.unstored.size > 0) this.flush();
    this.tell();
  }

  private change(key: string, text: string, files: readonly Attachment[]): void {
    this.set(key, text, files);
    this.unstored.add(key);
    this.timer ??= setTimeout(() => this.flush(), storeWithinMs);
  }

  private set(key: string, text: string, files: readonly Attachment[]): void {
    const attachments = files.length > 0 ? { attachments: [...files] } : {};
    const draft = { text, ...attachments, at: Math.max(this.now(), (this.drafts.get(key)?.at ?? 0) + 1) };
    this.drafts.set(key, draft);
    this.tabs.post({ key, ...draft });
    this.tell();
  }

  private heard({ key, ...draft }: DraftNews): void {
    if (draft.at <= (this.drafts.get(key)?.at ?? 0)) return;
    this.drafts.set(key, draft);
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

/** The files that go with it. */
export function useDraftFiles(key: string): readonly Attachment[] {
  return useSyncExternalStore(
    drafts.subscribe,
    () => drafts.files(key),
    () => noFiles,
  );
}
