"use client";

import { SlidersHorizontal } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo, useRef, useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { Popover } from "@/components/ui/popover";
import { useCommands } from "@/lib/commands";
import type { ModelChoice } from "../models/choice";
import type { Choose } from "../models/use-choice";
import { PromptForm } from "../prompts/prompt-form";
import { PromptsDialog } from "../prompts/prompts-dialog";
import { countSet } from "./settings";
import { SettingsForm } from "./settings-form";

export interface SettingsButtonProps {
  choice: ModelChoice;
  onChoose: Choose;
}

/** Behind one button: system prompt, parameters and presets. A dot says that something is not as it comes. */
export function SettingsButton({ choice, onChoose }: SettingsButtonProps) {
  const t = useTranslations("prompts");
  const [open, setOpen] = useState(false);
  const [managing, setManaging] = useState(false);
  const [saving, setSaving] = useState<string | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const set = countSet(choice);
  const says = set > 0 ? t("settingsChanged", { count: set }) : t("settings");
  const words = { settings: t("settings"), manage: t("manageCommand"), group: t("group") };
  useCommands(
    useMemo(
      () => [
        { id: "system", title: words.settings, group: words.group, run: () => setOpen(true) },
        { id: "prompts", title: words.manage, group: words.group, run: () => setManaging(true) },
      ],
      [words.settings, words.manage, words.group],
    ),
  );
  return (
    <>
      <Popover
        open={open}
        onOpenChange={setOpen}
        title={t("settings")}
        testId="conversation-settings"
        trigger={
          <button
            ref={button}
            type="button"
            data-testid="settings-button"
            data-set={set > 0}
            aria-label={says}
            title={says}
            className="relative flex size-7 shrink-0 items-center justify-center rounded-md text-soft transition-colors hover:bg-hover hover:text-ink data-popup-open:bg-hover data-popup-open:text-ink"
          >
            <SlidersHorizontal className="size-4" aria-hidden />
            {set > 0 && (
              <span
                aria-hidden
                className="absolute end-0.5 top-0.5 size-2 rounded-full bg-accent ring-2 ring-page"
              />
            )}
          </button>
        }
      >
        <SettingsForm
          choice={choice}
          onChoose={onChoose}
          onManage={() => {
            setOpen(false);
            setManaging(true);
          }}
          onSaveAs={(text) => {
            setOpen(false);
            setSaving(text);
          }}
        />
      </Popover>
      <PromptsDialog open={managing} onClose={() => setManaging(false)} />
      <Dialog open={saving !== null} onClose={() => setSaving(null)} title={t("saveAs")} finalFocus={button}>
        <PromptForm
          key={saving}
          first={{ kind: "system", text: saving ?? "" }}
          onDone={() => setSaving(null)}
          onCancel={() => setSaving(null)}
        />
      </Dialog>
    </>
  );
}
