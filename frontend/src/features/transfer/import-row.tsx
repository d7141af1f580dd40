"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Upload } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState, type DragEvent } from "react";
import { Button } from "@/components/ui/button";
import { Row } from "@/components/ui/section";
import { cn } from "@/lib/cn";
import { ImportResult } from "./import-result";
import { isBusy, type ImportState } from "./import-state";
import { useImport } from "./import-store";
import { ProgressLine } from "./progress-line";

/** A file of this or another program comes in: chosen, or dropped here. */
export function ImportRow() {
  const t = useTranslations("transfer");
  const { state, start, resume } = useImport();
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const client = useQueryClient();
  const busy = isBusy(state);
  const imported = state.phase === "done";
  useEffect(() => {
    if (imported) void client.invalidateQueries({ queryKey: ["prompts"] });
  }, [imported, client]);

  useEffect(() => void resume(), [resume]);

  const take = (file?: File) => file && void start(file);
  const drag = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    setOver(event.type === "dragenter" || event.type === "dragover");
    if (event.type === "drop") take(event.dataTransfer.files[0]);
  };

  return (
    <div
      data-testid="import-row"
      onDragEnter={drag}
      onDragOver={drag}
      onDragLeave={drag}
      onDrop={drag}
      className={cn("-mx-4 rounded-b-2xl px-4", over && "bg-hover")}
    >
      <Row label={t("import")} hint={t("importHint")}>
        <input
          ref={input}
          type="file"
          hidden
          accept=".zip,.json,.db,.sqlite,.sqlite3"
          data-testid="import-file"
          onChange={({ currentTarget }) => {
            take(currentTarget.files?.[0]);
            currentTarget.value = "";
          }}
        />
        <Button
          data-testid="choose-import"
          aria-disabled={busy}
          onClick={() => !busy && input.current?.click()}
        >
          <Upload className="size-4 text-soft" aria-hidden />
          {t("chooseFile")}
        </Button>
      </Row>
      <div role="status" className="pb-3 empty:hidden">
        <ImportProgress state={state} />
      </div>
    </div>
  );
}

function ImportProgress({ state }: { state: ImportState }) {
  const t = useTranslations("transfer");
  const { phase, name = "", job, progress } = state;
  switch (phase) {
    case "idle":
      return null;
    case "uploading":
      return <ProgressLine label={t("uploading", { name })} value={progress} />;
    case "checking":
      return <ProgressLine label={t("checking", { name })} value={progress} />;
    case "writing":
      return (
        <ProgressLine
          label={t("writing", { done: job?.done ?? 0, total: job?.total ?? 0 })}
          value={progress}
        />
      );
    case "done":
      return job ? <ImportResult job={job} /> : null;
    case "failed":
      return (
        <div data-testid="import-failed" className="flex flex-col gap-1 text-sm">
          <p className="text-danger">{t("notImported", { name, reason: state.problem ?? "" })}</p>
          {state.detail && (
            <p lang="en" dir="ltr" className="text-xs text-soft">
              {state.detail}
            </p>
          )}
          {job?.state === "failed" && <p className="text-xs text-soft">{t("again")}</p>}
        </div>
      );
  }
}
