"use client";

import { useTranslations } from "next-intl";
import { useEffect, useLayoutEffect, useRef, useState, type FormEvent, type KeyboardEvent } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/lib/cn";
import type { Attachment } from "@/lib/protocol/rest";
import { MessageFiles } from "../attachments/message-files";
import { composes, isTooLong } from "../typing";

export interface MessageEditorProps {
  /** What is in the editor at first. */
  text: string;
  /** What the message says; saving that is leaving it as it is. */
  original: string;
  /** Stay with the message whatever its text. */
  files?: readonly Attachment[];
  /** What the button that saves says. */
  action: string;
  /** Why the text was refused before, in words. */
  problem?: string;
  onChange: (text: string) => void;
  onSave: (text: string) => void;
  onCancel: () => void;
}

/** A message's text in its own place. Enter saves, Shift+Enter breaks the line, Escape leaves it as it was. */
export function MessageEditor(props: MessageEditorProps) {
  const { text, original, files, action, problem, onChange, onSave, onCancel } = props;
  const t = useTranslations("turns.edit");
  const common = useTranslations("common");
  const [draft, setDraft] = useState(text);
  const area = useRef<HTMLTextAreaElement>(null);
  const tooLong = isTooLong(draft);
  const canSave = (draft.trim() !== "" || (files?.length ?? 0) > 0) && !tooLong;
  const complaint = tooLong ? t("tooLong") : problem;

  useLayoutEffect(() => {
    const element = area.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight}px`;
  }, [draft]);

  useEffect(() => {
    const element = area.current;
    element?.focus({ preventScroll: true });
    element?.setSelectionRange(element.value.length, element.value.length);
    element?.scrollIntoView({ block: "nearest" });
  }, []);

  const save = (event?: FormEvent) => {
    event?.preventDefault();
    if (!canSave) return;
    if (draft.trim() === original.trim()) onCancel();
    else onSave(draft.trim());
  };

  const keyDown = (event: KeyboardEvent) => {
    if (composes(event)) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      onCancel();
    }
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    save();
  };

  return (
    <form onSubmit={save} aria-label={t("form")} className="rise w-full" data-testid="editor">
      <textarea
        ref={area}
        dir={draft === "" ? undefined : "auto"}
        value={draft}
        onChange={(event) => {
          setDraft(event.target.value);
          onChange(event.target.value);
        }}
        onKeyDown={keyDown}
        rows={1}
        aria-label={t("field")}
        aria-invalid={tooLong}
        className={cn(
          "block max-h-[50dvh] w-full resize-none rounded-2xl border bg-page px-4 py-2.5 text-base outline-none",
          complaint ? "border-danger" : "border-accent",
        )}
      />
      <div className="mt-2 flex flex-wrap items-center justify-end gap-2">
        <div className="me-auto max-w-full">
          <MessageFiles files={files} small />
        </div>
        {complaint && (
          <p role="alert" className="me-auto text-sm text-danger">
            {complaint}
          </p>
        )}
        <Button variant="ghost" onClick={onCancel}>
          {common("cancel")}
        </Button>
        <Button variant="primary" type="submit" disabled={!canSave}>
          {action}
        </Button>
      </div>
    </form>
  );
}
