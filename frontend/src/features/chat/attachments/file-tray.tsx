"use client";

import { useTranslations } from "next-intl";
import { FileText, LoaderCircle, RotateCcw, TriangleAlert, X } from "lucide-react";
import type { ReactNode } from "react";
import { attachmentHref } from "@/lib/api-client";
import { cn } from "@/lib/cn";
import type { Attachment } from "@/lib/protocol/rest";
import { formatSize } from "./accept";
import type { Upload } from "./uploads";
import { uploads, type Files } from "./use-files";

/** What goes with the message: a chip for each file, with how far it is and a way out. */
export function FileTray({ files }: { files: Files }) {
  const t = useTranslations("attachments");
  const { ready, coming } = files;
  if (ready.length + coming.length === 0) return null;
  return (
    <ul
      aria-label={t("attached")}
      data-testid="file-tray"
      className="flex max-h-40 flex-wrap gap-2 overflow-y-auto p-1"
    >
      {ready.map((file) => (
        <ReadyChip key={file.id} file={file} onRemove={() => files.remove(file.id)} />
      ))}
      {coming.map((upload) => (
        <ComingChip key={upload.id} upload={upload} />
      ))}
    </ul>
  );
}

interface ChipProps {
  name: string;
  /** The words below the name. */
  note: string;
  picture: ReactNode;
  state: string;
  failed?: boolean;
  onRemove: () => void;
  children?: ReactNode;
}

function Chip({ name, note, picture, state, failed = false, onRemove, children }: ChipProps) {
  const t = useTranslations("attachments");
  return (
    <li
      data-testid="file-chip"
      data-state={state}
      className={cn(
        "rise relative flex max-w-full min-w-0 items-center gap-2 overflow-hidden rounded-xl border py-1 ps-1 pe-0.5",
        failed ? "border-danger bg-danger-wash" : "border-line bg-sunken",
      )}
    >
      <span className="flex size-10 shrink-0 items-center justify-center overflow-hidden rounded-lg bg-hover text-soft">
        {picture}
      </span>
      <span className={cn("flex min-w-0 flex-col", failed ? "max-w-60" : "max-w-40")}>
        <span className="truncate text-sm" title={name}>
          {name}
        </span>
        <span
          className={cn("text-xs", failed ? "text-danger" : "truncate text-soft")}
          role={failed ? "alert" : undefined}
        >
          {note}
        </span>
      </span>
      {children}
      <button
        type="button"
        aria-label={t("remove", { name })}
        title={t("removeShort")}
        onClick={onRemove}
        className="flex size-8 shrink-0 items-center justify-center rounded-lg text-soft hover:bg-hover hover:text-ink"
      >
        <X className="size-4" aria-hidden />
      </button>
    </li>
  );
}

function ReadyChip({ file, onRemove }: { file: Attachment; onRemove: () => void }) {
  return (
    <Chip
      name={file.name}
      note={formatSize(file.size)}
      state="ready"
      onRemove={onRemove}
      picture={
        file.kind === "image" ? (
          // eslint-disable-next-line @next/next/no-img-element -- Next's own needs a server.
          <img src={attachmentHref(file.id)} alt="" className="size-full object-cover" />
        ) : (
          <FileText className="size-5" aria-hidden />
        )
      }
    />
  );
}

type Words = ReturnType<typeof useTranslations<"attachments">>;

function noteOf(t: Words, { state, progress, error }: Upload): string {
  if (state === "failed") return error ?? t("failed");
  if (state === "uploading")
    return progress < 1 ? t("uploading", { percent: Math.floor(progress * 100) }) : t("almost");
  return state === "preparing" ? t("preparing") : t("waiting");
}

function ComingChip({ upload }: { upload: Upload }) {
  const { id, file, state, progress, retryable } = upload;
  const t = useTranslations("attachments");
  const common = useTranslations("common");
  const failed = state === "failed";
  return (
    <Chip
      name={file.name}
      note={noteOf(t, upload)}
      state={state}
      failed={failed}
      onRemove={() => uploads.remove(id)}
      picture={
        failed ? (
          <TriangleAlert className="size-5 text-danger" aria-hidden />
        ) : (
          <LoaderCircle className="size-5 animate-spin" aria-hidden />
        )
      }
    >
      {failed && retryable && (
        <button
          type="button"
          aria-label={t("again", { name: file.name })}
          title={common("tryAgain")}
          onClick={() => uploads.retry(id)}
          className="flex size-8 shrink-0 items-center justify-center rounded-lg text-soft hover:bg-hover hover:text-ink"
        >
          <RotateCcw className="size-4" aria-hidden />
        </button>
      )}
      {!failed && (
        <progress
          aria-label={t("progress", { name: file.name })}
          max={1}
          value={state === "uploading" ? progress : 0}
          className="absolute inset-x-0 bottom-0 h-0.5 w-full appearance-none [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-transparent [&::-webkit-progress-value]:bg-accent"
        />
      )}
    </Chip>
  );
}
