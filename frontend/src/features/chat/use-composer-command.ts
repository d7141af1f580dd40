"use client";

import { useTranslations } from "next-intl";
import { useMemo, type RefObject } from "react";
import { useCommands } from "@/lib/commands";

/** The way to the message field, by its keys and in the palette. */
export function useComposerCommand(composer: RefObject<{ focus: () => void } | null>): void {
  const t = useTranslations("shortcuts");
  const title = t("commands.focus-composer");
  const group = t("groups.writing");
  useCommands(
    useMemo(
      () => [{ id: "focus-composer", title, group, run: () => composer.current?.focus() }],
      [title, group, composer],
    ),
  );
}
