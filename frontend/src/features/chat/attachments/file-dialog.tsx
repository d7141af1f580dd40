"use client";

import { Dialog } from "@base-ui/react/dialog";
import { useQuery } from "@tanstack/react-query";
import { Download, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { attachmentHref, getAttachmentText } from "@/lib/api-client";
import type { Attachment } from "@/lib/protocol/rest";
import { formatSize } from "./accept";

/** More of a text is not laid out at once; the download has all of it. */
const longestPreview = 100_000;

const round =
  "flex size-9 shrink-0 items-center justify-center rounded-lg text-soft hover:bg-hover hover:text-ink";

/** A file by itself: the picture as large as it fits, or the text to read. */
export function FileDialog({ file, onClose }: { file: Attachment | null; onClose: () => void }) {
  // It is still shown while the dialog goes.
  const [last, setLast] = useState(file);
  if (file && file !== last) setLast(file);
  return (
    <Dialog.Root open={file !== null} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-[#000b] backdrop" />
        <Dialog.Popup
          data-testid="file-dialog"
          className="fixed inset-0 z-50 m-auto flex h-fit max-h-[calc(100dvh-1.5rem)] w-fit max-w-[min(64rem,calc(100vw-1.5rem))] min-w-[min(20rem,calc(100vw-1.5rem))] popup flex-col overflow-hidden rounded-2xl border border-line bg-page shadow-xl outline-none"
        >
          {last && <FileView file={last} />}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function FileView({ file }: { file: Attachment }) {
  const t = useTranslations("attachments");
  const common = useTranslations("common");
  const size = file.width
    ? `${file.width} × ${file.height}, ${formatSize(file.size)}`
    : formatSize(file.size);
  return (
    <>
      <header className="flex items-center gap-1 p-2 ps-4">
        <div className="min-w-0 flex-1">
          <Dialog.Title className="truncate text-sm font-medium">{file.name}</Dialog.Title>
          <Dialog.Description className="text-xs text-soft">{size}</Dialog.Description>
        </div>
        <a
          href={attachmentHref(file.id)}
          download={file.name}
          aria-label={t("download")}
          title={t("download")}
          className={round}
        >
          <Download className="size-4.5" aria-hidden />
        </a>
        <Dialog.Close aria-label={common("close")} title={common("close")} className={round}>
          <X className="size-4.5" aria-hidden />
        </Dialog.Close>
      </header>
      <div className="min-h-0 flex-1 overflow-auto bg-sunken">
        {file.kind === "image" ? (
          // eslint-disable-next-line @next/next/no-img-element -- Next's own needs a server.
          <img
            src={attachmentHref(file.id)}
            alt={file.name}
            width={file.width}
            height={file.height}
            className="mx-auto h-auto max-h-[calc(100dvh-7rem)] w-auto max-w-full object-contain"
          />
        ) : (
          <TextPreview id={file.id} />
        )}
      </div>
    </>
  );
}

function TextPreview({ id }: { id: number }) {
  const t = useTranslations("attachments");
  const common = useTranslations("common");
  const { data, isError } = useQuery({
    queryKey: ["attachment", id],
    queryFn: ({ signal }) => getAttachmentText(id, signal),
    staleTime: Infinity,
    gcTime: 60_000,
  });
  if (isError) return <p className="p-4 text-sm text-danger">{t("notLoaded")}</p>;
  if (data === undefined) return <p className="p-4 text-sm text-soft">{common("loading")}</p>;
  const cut = data.length > longestPreview;
  return (
    <>
      {/* Scrolled by keyboard, too. */}
      <pre
        tabIndex={0}
        data-testid="text-preview"
        className="p-4 font-mono text-xs break-words whitespace-pre-wrap"
      >
        {cut ? data.slice(0, longestPreview) : data}
      </pre>
      {cut && <p className="px-4 pb-4 text-sm text-soft">{t("rest")}</p>}
    </>
  );
}
