"use client";

import { Menu } from "@base-ui/react/menu";
import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { Directed } from "@/components/ui/directed";
import { EffortMenu } from "./effort-menu";
import { ModelItems } from "./model-items";
import type { ModelMenuProps } from "./model-menu";

/** More than these are searched rather than looked through. */
const many = 8;

/** A menu of models; where there are many, with a field to find one. */
export function ModelPopup({ models, ...props }: ModelMenuProps) {
  const searched = models.length > many;
  const menu = <Open models={models} searched={searched} {...props} />;
  return (
    <Directed>{searched ? <Menu.FilterProvider autoHighlight>{menu}</Menu.FilterProvider> : menu}</Directed>
  );
}

function Open(props: ModelMenuProps & { searched: boolean }) {
  const { trigger, label, models, value, onPick, note, effort, searched, open, onOpenChange } = props;
  const t = useTranslations("models");
  const items = (
    <>
      <Menu.RadioGroup
        aria-label={label}
        value={value ?? ""}
        onValueChange={(picked: string) => onPick(picked)}
      >
        <ModelItems models={models} />
      </Menu.RadioGroup>
      {effort && <EffortMenu {...effort} />}
    </>
  );
  return (
    <Menu.Root open={open} onOpenChange={onOpenChange}>
      <Menu.Trigger render={trigger} />
      <Menu.Portal>
        <Menu.Positioner side="top" align="start" sideOffset={6} collisionPadding={8} className="z-50">
          <Menu.Popup
            aria-label={label}
            data-testid="model-menu"
            className="flex max-h-(--available-height) w-76 max-w-[calc(100vw-1rem)] popup flex-col overflow-hidden rounded-xl border border-line bg-page shadow-lg outline-none"
          >
            {note}
            {searched && (
              <div className="flex items-center gap-2 border-b border-line px-3">
                <Search className="size-4 shrink-0 text-soft" aria-hidden />
                <Menu.Input
                  aria-label={t("find")}
                  placeholder={t("find")}
                  className="h-10 min-w-0 flex-1 bg-transparent text-sm outline-none placeholder:text-soft"
                />
              </div>
            )}
            {searched && <Menu.Empty className="text-sm text-soft not-empty:p-3">{t("none")}</Menu.Empty>}
            {searched ? (
              <Menu.List className="max-h-80 overflow-y-auto p-1 outline-none">{items}</Menu.List>
            ) : (
              <div className="overflow-y-auto p-1">{items}</div>
            )}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
