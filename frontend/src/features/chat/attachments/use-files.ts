"use client";

import { useEffect, useSyncExternalStore } from "react";
import { ApiError, deleteAttachment, getAttachment } from "@/lib/api-client";
import type { Attachment } from "@/lib/protocol/rest";
import { upload } from "@/lib/upload";
import { drafts, useDraftFiles } from "../drafts";
import { shrinkImage } from "./shrink-image";
import { Uploads, type Upload } from "./uploads";

/** A file that no message has is deleted by the server a day later, if not now. */
function forget({ id }: Attachment): void {
  void deleteAttachment(id).catch(() => undefined);
}

/** The page's own. */
export const uploads = new Uploads({
  prepare: shrinkImage,
  send: ({ blob, name }, options) => upload<Attachment>("/attachments", blob, name, options),
  files: (draft) => drafts.files(draft),
  onDone: (draft, attachment) => {
    seen.add(attachment.id);
    drafts.attach(draft, [attachment]);
  },
  onUnwanted: forget,
});

/** Known to be on the server: uploaded by this page, or asked for by it. */
const seen = new Set<number>();

/** A draft may be older than what the server keeps of files that are not sent. */
async function verify(draft: string, file: Attachment): Promise<void> {
  if (seen.has(file.id)) return;
  seen.add(file.id);
  try {
    await getAttachment(file.id);
  } catch (error) {
    seen.delete(file.id);
    if (!(error instanceof ApiError) || error.status !== 404) return;
    drafts.detach(draft, file.id);
    uploads.lost(draft, file);
  }
}

const none: readonly Upload[] = [];

export interface Files {
  /** The server has them. */
  ready: readonly Attachment[];
  coming: readonly Upload[];
  add: (files: readonly File[]) => void;
  remove: (id: number) => void;
  /** Why the message cannot go yet, in words. */
  holdUp?: string;
}

function holdUpOf(coming: readonly Upload[]): string | undefined {
  if (coming.some(({ state }) => state !== "failed"))
    return "The files are still on their way. Then it can be sent.";
  return coming.length > 0
    ? "Try again, or remove what could not be attached. Then it can be sent."
    : undefined;
}

/** The server said that it does not have them: they are asked for again. */
export function doubt(files: readonly Attachment[]): void {
  for (const { id } of files) seen.delete(id);
}

/** The files of a draft. */
export function useFiles(draft: string): Files {
  const ready = useDraftFiles(draft);
  const coming = useSyncExternalStore(
    uploads.subscribe,
    () => uploads.of(draft),
    () => none,
  );
  useEffect(() => {
    for (const file of ready) void verify(draft, file);
  }, [draft, ready]);
  return {
    ready,
    coming,
    add: (files) => uploads.add(draft, files),
    remove: (id) => {
      const file = ready.find((known) => known.id === id);
      drafts.detach(draft, id);
      if (file) forget(file);
    },
    holdUp: holdUpOf(coming),
  };
}
