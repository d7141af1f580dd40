"use client";

import { Paperclip } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { IconButton } from "@/components/ui/icon-button";

/** Chooses files; the input itself is not shown, the button is what has the focus. */
export function AttachButton({ onFiles }: { onFiles: (files: File[]) => void }) {
  const t = useTranslations("attachments");
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        data-testid="file-input"
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])]);
          // The same file once more is a change, too.
          currentTarget.value = "";
        }}
      />
      <IconButton
        label={t("attach")}
        side="top"
        data-testid="attach"
        onClick={() => input.current?.click()}
        className="rounded-xl"
      >
        <Paperclip className="size-4.5" aria-hidden />
      </IconButton>
    </>
  );
}
