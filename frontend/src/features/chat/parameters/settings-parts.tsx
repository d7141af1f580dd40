"use client";

import { useTranslations } from "next-intl";
import type { ReactElement, RefObject } from "react";
import { Dialog } from "@/components/ui/dialog";
import { PopoverPopup } from "@/components/ui/popover-popup";
import { PromptForm } from "../prompts/prompt-form";
import { SettingsForm, type SettingsFormProps } from "./settings-form";

export { PromptsDialog } from "../prompts/prompts-dialog";

export interface SettingsPopupProps extends SettingsFormProps {
  trigger: ReactElement;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function SettingsPopup({ trigger, open, onOpenChange, ...form }: SettingsPopupProps) {
  const t = useTranslations("prompts");
  return (
    <PopoverPopup
      trigger={trigger}
      open={open}
      onOpenChange={onOpenChange}
      title={t("settings")}
      testId="conversation-settings"
    >
      <SettingsForm {...form} />
    </PopoverPopup>
  );
}

export interface SavePromptDialogProps {
  /** What is to be saved; null: nothing is. */
  text: string | null;
  onClose: () => void;
  /** Where the focus goes then. */
  button: RefObject<HTMLButtonElement | null>;
}

export function SavePromptDialog({ text, onClose, button }: SavePromptDialogProps) {
  const t = useTranslations("prompts");
  return (
    <Dialog open={text !== null} onClose={onClose} title={t("saveAs")} finalFocus={button}>
      <PromptForm
        key={text}
        first={{ kind: "system", text: text ?? "" }}
        onDone={onClose}
        onCancel={onClose}
      />
    </Dialog>
  );
}
