"use client";

import { useTranslations } from "next-intl";
import { useEffect, useMemo, useState } from "react";
import { useCommands, type Command } from "@/lib/commands";

export interface ThreadActions {
  find: () => void;
  toEnd: () => void;
  toBeginning: () => void;
  copyLastReply?: () => void;
  regenerate?: () => void;
  editLast?: () => void;
  stop?: () => void;
}

/** Commands keep their identity while what they do changes with every message. */
class Latest {
  private actions?: ThreadActions;

  set(actions: ThreadActions): void {
    this.actions = actions;
  }

  run(name: keyof ThreadActions): void {
    this.actions?.[name]?.();
  }
}

/** What can be done with the conversation that is shown, for the palette and for keys. What cannot be done now is left out. */
export function useThreadCommands(actions: ThreadActions): void {
  const t = useTranslations("thread.commands");
  const [latest] = useState(() => new Latest());
  useEffect(() => {
    latest.set(actions);
  });
  const { copyLastReply, regenerate, editLast, stop } = actions;
  const canCopy = copyLastReply !== undefined;
  const canRegenerate = regenerate !== undefined;
  const canEdit = editLast !== undefined;
  const canStop = stop !== undefined;
  const commands = useMemo(() => {
    const group = t("group");
    const command = (id: string, title: string, name: keyof ThreadActions): Command => ({
      id,
      title,
      group,
      run: () => latest.run(name),
    });
    return [
      command("find", t("find"), "find"),
      command("to-end", t("toEnd"), "toEnd"),
      command("to-beginning", t("toBeginning"), "toBeginning"),
      ...(canCopy ? [command("copy-last-reply", t("copyLastReply"), "copyLastReply")] : []),
      ...(canRegenerate ? [command("regenerate", t("regenerate"), "regenerate")] : []),
      ...(canEdit ? [command("edit-last", t("editLast"), "editLast")] : []),
      ...(canStop ? [command("stop", t("stop"), "stop")] : []),
    ];
  }, [t, latest, canCopy, canRegenerate, canEdit, canStop]);
  useCommands(commands);
}
