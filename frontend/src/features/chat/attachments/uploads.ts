import { ApiError } from "@/lib/api-client";
import { newId } from "@/lib/ids";
import type { Attachment } from "@/lib/protocol/rest";
import { isImage, problemOf } from "./accept";
import { largestFile, mostFiles, mostImages } from "./limits";
import type { ReadyFile } from "./shrink-image";

/** A file on its way to the server. `draft`: the key of the draft that it goes with. `progress`: 0 to 1. */
export interface Upload {
  id: string;
  draft: string;
  file: File;
  state: "waiting" | "preparing" | "uploading" | "failed";
  progress: number;
  error?: string;
  /** Trying again can help. */
  retryable?: boolean;
}

export interface UploadsOptions {
  prepare: (image: File) => Promise<ReadyFile>;
  send: (
    file: ReadyFile,
    options: { onProgress: (done: number) => void; signal: AbortSignal },
  ) => Promise<Attachment>;
  /** What the draft has already. */
  files: (draft: string) => readonly Attachment[];
  onDone: (draft: string, attachment: Attachment) => void;
  /** It came after it was taken away. */
  onUnwanted: (attachment: Attachment) => void;
}

/** A photo in memory is some 50 MB: no more of them at once. */
const atOnce = 2;
const none: readonly Upload[] = [];

/** Gets files to the server, a few at a time, and then into the draft that they were dropped on. */
export class Uploads {
  private all: readonly Upload[] = none;
  private byDraft = new Map<string, readonly Upload[]>();
  private readonly ends = new Map<string, AbortController>();
  private readonly listeners = new Set<() => void>();

  constructor(private readonly options: UploadsOptions) {}

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Stable for as long as nothing of the draft's changes. */
  of(draft: string): readonly Upload[] {
    return this.byDraft.get(draft) ?? none;
  }

  add(draft: string, files: readonly File[]): void {
    for (const file of files) {
      const error = this.refusal(draft, file);
      const upload = { id: newId(), draft, file, progress: 0 };
      this.set([
        ...this.all,
        error ? { ...upload, state: "failed", error } : { ...upload, state: "waiting" },
      ]);
    }
    this.pump();
  }

  /** A file of the draft that the server has no more. */
  lost(draft: string, { name }: Attachment): void {
    const error = "No longer on the server. Attach it again.";
    this.set([
      ...this.all,
      { id: newId(), draft, file: new File([], name), progress: 0, state: "failed", error },
    ]);
  }

  retry(id: string): void {
    this.change(id, { state: "waiting", progress: 0, error: undefined, retryable: undefined });
    this.pump();
  }

  remove(id: string): void {
    this.ends.get(id)?.abort();
    this.set(this.all.filter((upload) => upload.id !== id));
    this.pump();
  }

  /** The new chat became a conversation. */
  move(from: string, to: string): void {
    if (this.of(from).length === 0) return;
    this.set(this.all.map((upload) => (upload.draft === from ? { ...upload, draft: to } : upload)));
  }

  /** Words for a file that need not be tried. */
  private refusal(draft: string, file: File): string | undefined {
    const coming = this.of(draft).filter(({ state }) => state !== "failed");
    const there = this.options.files(draft);
    if (coming.length + there.length >= mostFiles) return `A message has at most ${mostFiles} files.`;
    const images = coming.filter((upload) => isImage(upload.file)).length;
    const imagesThere = there.filter(({ kind }) => kind === "image").length;
    if (isImage(file) && images + imagesThere >= mostImages)
      return `A message has at most ${mostImages} pictures.`;
    return problemOf(file);
  }

  private pump(): void {
    const running = this.all.filter(({ state }) => state === "preparing" || state === "uploading").length;
    const next = this.all.filter(({ state }) => state === "waiting").slice(0, Math.max(0, atOnce - running));
    for (const upload of next) void this.run(upload);
  }

  private async run({ id, file }: Upload): Promise<void> {
    const end = new AbortController();
    this.ends.set(id, end);
    try {
      this.change(id, { state: "preparing" });
      const ready = await this.ready(file);
      if (ready.blob.size > largestFile) throw new Error("This file is larger than 20 MB.");
      if (!end.signal.aborted) this.change(id, { state: "uploading" });
      const onProgress = (progress: number) => this.change(id, { progress });
      this.arrived(id, await this.options.send(ready, { onProgress, signal: end.signal }));
    } catch (error) {
      this.failed(id, error);
    } finally {
      this.ends.delete(id);
      this.pump();
    }
  }

  /** A picture that this browser cannot read goes as it is: the server says what is wrong with it. */
  private async ready(file: File): Promise<ReadyFile> {
    if (!isImage(file)) return { blob: file, name: file.name };
    return this.options.prepare(file).catch(() => ({ blob: file, name: file.name }));
  }

  private arrived(id: string, attachment: Attachment): void {
    const upload = this.find(id);
    if (!upload) {
      this.options.onUnwanted(attachment);
      return;
    }
    this.options.onDone(upload.draft, attachment);
    this.set(this.all.filter((other) => other.id !== id));
  }

  private failed(id: string, error: unknown): void {
    if (!this.find(id)) return;
    const passes =
      error instanceof ApiError && (error.status === 0 || error.status === 429 || error.status >= 500);
    const words = error instanceof Error ? error.message : "The file could not be uploaded.";
    this.change(id, { state: "failed", error: words, retryable: passes });
  }

  private find(id: string): Upload | undefined {
    return this.all.find((upload) => upload.id === id);
  }

  private change(id: string, changes: Partial<Upload>): void {
    if (!this.find(id)) return;
    this.set(this.all.map((upload) => (upload.id === id ? { ...upload, ...changes } : upload)));
  }

  private set(all: readonly Upload[]): void {
    this.all = all;
    const drafts = new Set(all.map(({ draft }) => draft));
    const next = new Map<string, readonly Upload[]>();
    for (const draft of drafts) {
      const now = all.filter((upload) => upload.draft === draft);
      const before = this.of(draft);
      const same = before.length === now.length && before.every((upload, index) => upload === now[index]);
      next.set(draft, same ? before : now);
    }
    this.byDraft = next;
    for (const listener of this.listeners) listener();
  }
}
