"use client";

import { useSyncExternalStore } from "react";
import { deleteAttachment } from "@/lib/api-client";
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
  onDone: (draft, attachment) => drafts.attach(draft, [attachment]),
  onUnwanted: forget,
});

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

/** The files of a draft. */
export function useFiles(draft: string): Files {
  const ready = useDraftFiles(draft);
  const coming = useSyncExternalStore(
    uploads.subscribe,
    () => uploads.of(draft),
    () => none,
  );
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
