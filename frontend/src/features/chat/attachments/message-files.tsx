"use client";

import { FileText } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useOpened } from "@/components/ui/dialog";
import { attachmentHref } from "@/lib/api-client";
import { cn } from "@/lib/cn";
import { lazyPart } from "@/lib/lazy-part";
import type { Attachment } from "@/lib/protocol/rest";
import { formatSize } from "./accept";

const dialogPart = lazyPart(() => import("./file-dialog"));

export interface MessageFilesProps {
  files: readonly Attachment[] | undefined;
  /** In the queue and in an editor: smaller, on the side where the text is. */
  small?: boolean;
}

/** The files of a message: pictures as thumbnails, texts as chips. Each opens in a dialog. */
export function MessageFiles({ files, small = false }: MessageFilesProps) {
  const t = useTranslations("attachments");
  const [shown, setShown] = useState<Attachment | null>(null);
  const dialog = useOpened(dialogPart, shown !== null, () => setShown(null));
  if (!files?.length) return null;
  return (
    <>
      <ul
        aria-label={t("ofMessage")}
        data-testid="message-files"
        className={cn("flex max-w-full flex-wrap gap-2", !small && "max-w-[min(36rem,92%)] justify-end")}
      >
        {files.map((file) => (
          <li key={file.id} className="max-w-full min-w-0">
            {file.kind === "image" ? (
              <Thumbnail file={file} small={small || files.length > 2} onOpen={() => setShown(file)} />
            ) : (
              <FileButton file={file} onOpen={() => setShown(file)} />
            )}
          </li>
        ))}
      </ul>
      {dialog && <dialog.FileDialog file={shown} onClose={() => setShown(null)} />}
    </>
  );
}

interface ItemProps {
  file: Attachment;
  onOpen: () => void;
}

/** As wide as it will be before it is there: what follows does not jump. */
function Thumbnail({ file, small, onOpen }: ItemProps & { small: boolean }) {
  const t = useTranslations("attachments");
  const { width = 1, height = 1 } = file;
  const side = small ? 96 : 256;
  const scale = Math.min(1, side / Math.max(width, height));
  return (
    <button
      type="button"
      data-testid="thumbnail"
      aria-label={t("openPicture", { name: file.name })}
      onClick={onOpen}
      className="block max-w-full overflow-hidden rounded-xl border border-line bg-sunken hover:border-accent"
    >
      {/* eslint-disable-next-line @next/next/no-img-element -- Next's own needs a server. */}
      <img
        src={attachmentHref(file.id)}
        alt={file.name}
        loading="lazy"
        decoding="async"
        width={Math.max(32, Math.round(width * scale))}
        height={Math.max(32, Math.round(height * scale))}
        className="h-auto max-w-full object-contain"
      />
    </button>
  );
}

function FileButton({ file, onOpen }: ItemProps) {
  return (
    <button
      type="button"
      data-testid="file-button"
      onClick={onOpen}
      className="flex max-w-64 min-w-0 items-center gap-2 rounded-xl border border-line bg-page py-2 ps-2.5 pe-3.5 text-start hover:border-accent"
    >
      <FileText className="size-5 shrink-0 text-soft" aria-hidden />
      <span className="flex min-w-0 flex-col">
        <span className="truncate text-sm">{file.name}</span>
        <bdi dir="ltr" className="text-xs text-soft">
          {formatSize(file.size)}
        </bdi>
      </span>
    </button>
  );
}
