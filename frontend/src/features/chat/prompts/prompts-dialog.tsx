"use client";

import { Pencil, Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { IconButton } from "@/components/ui/icon-button";
import type { Prompt } from "@/lib/protocol/rest";
import { slashName } from "../slash/slash";
import { PromptForm } from "./prompt-form";
import { usePromptChanges, usePrompts } from "./use-prompts";

export interface PromptsDialogProps {
  open: boolean;
  onClose: () => void;
}

/** All presets: to look at, to write, to change, to delete. */
export function PromptsDialog({ open, onClose }: PromptsDialogProps) {
  const t = useTranslations("prompts");
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t("title")}
      description={t("description")}
      testId="prompts-dialog"
    >
      <Presets />
    </Dialog>
  );
}

function Presets() {
  const t = useTranslations("prompts");
  const common = useTranslations("common");
  const { prompts, state, retry } = usePrompts();
  const { remove } = usePromptChanges();
  const [edited, setEdited] = useState<Prompt | "new" | null>(null);
  const add = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLUListElement>(null);

  const focusRow = (index: number) => {
    const rows = [...(list.current?.querySelectorAll<HTMLElement>("[data-button=edit]") ?? [])];
    (rows[Math.min(index, rows.length - 1)] ?? add.current)?.focus();
  };
  /** What had the focus goes away: the same button of the preset that takes its place has it then, or the one for a new one. */
  const gone = useRef<number | null>(null);
  const drop = (prompt: Prompt, index: number) => {
    gone.current = index;
    remove(prompt);
  };
  useEffect(() => {
    if (gone.current === null) return;
    const rows = [...(list.current?.querySelectorAll<HTMLElement>("[data-button=remove]") ?? [])];
    (rows[Math.min(gone.current, rows.length - 1)] ?? add.current)?.focus();
    gone.current = null;
  }, [prompts.length]);
  const leave = () => {
    const index = prompts.findIndex((prompt) => edited !== "new" && prompt.id === edited?.id);
    flushSync(() => setEdited(null));
    if (index >= 0) focusRow(index);
    else add.current?.focus();
  };

  if (edited !== null) {
    return <PromptForm prompt={edited === "new" ? undefined : edited} onDone={leave} onCancel={leave} />;
  }
  return (
    <div className="flex flex-col gap-3">
      {state === "loading" && <p className="py-4 text-sm text-soft">{common("loading")}</p>}
      {state === "failed" && (
        <div className="flex items-center justify-between gap-3 text-sm text-danger">
          {t("notLoaded")}
          <Button onClick={retry}>{common("tryAgain")}</Button>
        </div>
      )}
      {state === "ready" && prompts.length === 0 && <p className="py-2 text-sm text-soft">{t("none")}</p>}
      <ul ref={list} className="flex flex-col divide-y divide-line empty:hidden">
        {prompts.map((prompt, index) => (
          <li key={prompt.id} data-testid="preset" className="flex items-center gap-1 py-1.5">
            <span className="min-w-0 flex-1">
              <span className="flex min-w-0 items-baseline gap-2 text-sm">
                <span dir="auto" className="truncate font-medium">
                  {prompt.name}
                </span>
                <span className="shrink-0 text-xs text-soft">
                  {prompt.kind === "system" ? t("kinds.system") : `/${slashName(prompt.name)}`}
                </span>
              </span>
              <span dir="auto" className="block truncate text-xs text-soft">
                {prompt.text}
              </span>
            </span>
            <IconButton
              label={t("edit", { name: prompt.name })}
              data-button="edit"
              onClick={() => setEdited(prompt)}
            >
              <Pencil className="size-4" aria-hidden />
            </IconButton>
            <IconButton
              label={t("delete", { name: prompt.name })}
              data-button="remove"
              onClick={() => drop(prompt, index)}
            >
              <Trash2 className="size-4" aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
      <Button ref={add} className="self-start" data-testid="new-preset" onClick={() => setEdited("new")}>
        <Plus className="size-4" aria-hidden />
        {t("new")}
      </Button>
    </div>
  );
}
