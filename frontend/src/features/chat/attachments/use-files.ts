"use client";

import { useTranslations } from "next-intl";
import { useEffect, useSyncExternalStore } from "react";
import { offerUndo } from "@/components/ui/undo-toast";
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

function holdUpOf(coming: readonly Upload[]): "coming" | "failed" | undefined {
  if (coming.some(({ state }) => state !== "failed")) return "coming";
  return coming.length > 0 ? "failed" : undefined;
}

/** The server said that it does not have them: they are asked for again. */
export function doubt(files: readonly Attachment[]): void {
  for (const { id } of files) seen.delete(id);
}

/** The files of a draft. */
export function useFiles(draft: string): Files {
  const t = useTranslations("attachments");
  const common = useTranslations("common");
  const ready = useDraftFiles(draft);
  const coming = useSyncExternalStore(
    uploads.subscribe,
    () => uploads.of(draft),
    () => none,
  );
  useEffect(() => {
    for (const file of ready) void verify(draft, file);
  }, [draft, ready]);
  const holdUp = holdUpOf(coming);
  return {
    ready,
    coming,
    add: (files) => uploads.add(draft, files),
    remove: (id) => {
      const file = ready.find((known) => known.id === id);
      drafts.detach(draft, id);
      if (!file) return;
      offerUndo({
        words: t("removed", { name: file.name }),
        undoWords: common("undo"),
        undo: () => drafts.attach(draft, [file]),
        // The server has it until nobody can want it back.
        onGone: () => forget(file),
      });
    },
    holdUp: holdUp && t(`holdUps.${holdUp}`),
  };
}
