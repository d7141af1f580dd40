"use client";

import { SlidersHorizontal } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo, useRef, useState } from "react";
import { useOpened } from "@/components/ui/dialog";
import { Opener } from "@/components/ui/opener";
import { useCommands } from "@/lib/commands";
import { lazyPart } from "@/lib/lazy-part";
import type { ModelChoice } from "../models/choice";
import type { Choose } from "../models/use-choice";
import { countSet } from "./settings";

const parts = lazyPart(() => import("./settings-parts"));

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
  const closeDialogs = () => {
    setManaging(false);
    setSaving(null);
  };
  const dialogs = useOpened(parts, managing || saving !== null, closeDialogs);
  return (
    <>
      <Opener
        opens="dialog"
        part={parts}
        wanted={open}
        onMissing={() => setOpen(false)}
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
        {({ SettingsPopup }, trigger) => (
          <SettingsPopup
            trigger={trigger}
            open={open}
            onOpenChange={setOpen}
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
        )}
      </Opener>
      {dialogs && (
        <>
          <dialogs.PromptsDialog open={managing} onClose={() => setManaging(false)} />
          <dialogs.SavePromptDialog text={saving} onClose={() => setSaving(null)} button={button} />
        </>
      )}
    </>
  );
}
