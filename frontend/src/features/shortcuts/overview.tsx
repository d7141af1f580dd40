"use client";

import { useTranslations } from "next-intl";
import { useKeyNames } from "@/components/shortcut-keys";
import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { keysOf, type Keys, type ShortcutId } from "@/lib/shortcuts";

const groups = {
  app: ["palette", "search", "shortcuts", "toggle-sidebar", "settings", "figures", "theme"],
  conversations: [
    "new-chat",
    "previous-conversation",
    "next-conversation",
    "rename",
    "pin",
    "tags",
    "archive",
    "delete",
  ],
  reply: ["find", "to-beginning", "to-end", "stop", "copy-last-reply", "regenerate", "edit-last"],
  writing: ["focus-composer", "prompts", "system"],
} as const satisfies Record<string, readonly ShortcutId[]>;

/** Keys of the message field that are no commands. */
const fixed = {
  send: [{ key: "Enter" }],
  newLine: [{ key: "Enter", shift: true }],
  earlier: [{ key: "ArrowUp" }],
  slash: [{ key: "/" }],
} as const satisfies Record<string, readonly Keys[]>;

function Line({ words, keys }: { words: string; keys: readonly Keys[] }) {
  const t = useTranslations("shortcuts");
  const names = useKeyNames();
  return (
    <div className="flex items-center justify-between gap-4 py-1.5">
      <dt className="text-sm">{words}</dt>
      <dd className="flex shrink-0 flex-wrap items-center justify-end gap-1.5">
        {keys.map((each, index) => (
          <span key={index} className="flex items-center gap-1.5">
            {index > 0 && <span className="text-xs text-soft">{t("or")}</span>}
            <Kbd keys={names(each)} />
          </span>
        ))}
      </dd>
    </div>
  );
}

export interface OverviewProps {
  open: boolean;
  onClose: () => void;
}

/** Every key that does something. */
export function ShortcutOverview({ open, onClose }: OverviewProps) {
  const t = useTranslations("shortcuts");
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t("title")}
      description={t("description")}
      width="lg"
      testId="shortcuts"
    >
      <div className="grid gap-x-10 gap-y-5 sm:grid-cols-2">
        {(["app", "conversations", "reply", "writing"] as const).map((group) => (
          <section key={group} aria-labelledby={`shortcuts-${group}`}>
            <h3 id={`shortcuts-${group}`} className="pb-1 text-xs font-medium text-soft">
              {t(`groups.${group}`)}
            </h3>
            <dl className="divide-y divide-line">
              {groups[group].map((id) => (
                <Line key={id} words={t(`commands.${id}`)} keys={keysOf(id)} />
              ))}
              {group === "writing" &&
                (["send", "newLine", "earlier", "slash"] as const).map((id) => (
                  <Line key={id} words={t(`fixed.${id}`)} keys={fixed[id]} />
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
