"use client";

import { BookMarked } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { usePrompts } from "../prompts/use-prompts";
import { isTooLongPrompt } from "./settings";
import { useTyped } from "./use-typed";

export interface SystemPromptProps {
  value: string;
  onChange: (text: string) => void;
  onSaveAs: (text: string) => void;
  onManage: () => void;
}

/** What the model is told before the messages, and the presets for it. */
export function SystemPrompt({ value, onChange, onSaveAs, onManage }: SystemPromptProps) {
  const t = useTranslations("prompts");
  const { prompts } = usePrompts();
  const presets = prompts.filter(({ kind }) => kind === "system");
  const { text, type, commit, put } = useTyped(value, (next) => {
    if (!isTooLongPrompt(next)) onChange(next);
  });
  return (
    <div className="flex flex-col gap-2">
      <Field
        label={t("systemPrompt")}
        hint={t("systemPromptHint")}
        problem={isTooLongPrompt(text) ? t("tooLong") : undefined}
        placeholder={t("systemPromptExample")}
        value={text}
        rows={4}
        onChange={type}
        onBlur={commit}
        testId="system-prompt"
      />
      <div className="flex flex-wrap items-center gap-1">
        <Menu
          label={t("presets")}
          side="top"
          testId="preset-menu"
          trigger={
            <Button variant="ghost" className="h-8 px-2 text-xs" data-testid="presets">
              <BookMarked className="size-3.5" aria-hidden />
              {t("presets")}
            </Button>
          }
        >
          {presets.map((preset) => (
            <MenuItem key={preset.id} onClick={() => put(preset.text)}>
              <span dir="auto" className="max-w-60 truncate">
                {preset.name}
              </span>
            </MenuItem>
          ))}
          {presets.length > 0 && <MenuSeparator />}
          <MenuItem disabled={text.trim() === "" || isTooLongPrompt(text)} onClick={() => onSaveAs(text)}>
            {t("saveAs")}
          </MenuItem>
          <MenuItem onClick={onManage}>{t("manage")}</MenuItem>
        </Menu>
        {text !== "" && (
          <Button
            variant="ghost"
            className="h-8 px-2 text-xs"
            data-testid="clear-system-prompt"
            onClick={() => put("")}
          >
            {t("clear")}
          </Button>
        )}
      </div>
    </div>
  );
}
