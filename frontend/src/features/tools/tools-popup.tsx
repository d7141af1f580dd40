"use client";

import { Popover } from "@base-ui/react/popover";
import { useTranslations } from "next-intl";
import type { ReactElement } from "react";
import { Directed } from "@/components/ui/directed";
import { ToolGroup } from "./tool-group";
import { useChangeTool, useTools } from "./use-tools";

export interface ToolsPopupProps {
  trigger: ReactElement;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function ToolsPopup({ trigger, open, onOpenChange }: ToolsPopupProps) {
  const t = useTranslations("tools");
  const common = useTranslations("common");
  const data = useTools(open);
  const change = useChangeTool();
  return (
    <Directed>
      <Popover.Root open={open} onOpenChange={onOpenChange}>
        <Popover.Trigger render={trigger} />
        <Popover.Portal>
          <Popover.Positioner side="top" sideOffset={8} align="start" collisionPadding={12} className="z-40">
            <Popover.Popup className="flex max-h-[min(32rem,var(--available-height))] w-96 max-w-[calc(100vw-1.5rem)] popup flex-col gap-4 overflow-y-auto rounded-xl border border-line bg-page p-4 text-sm text-ink shadow-lg">
              <div>
                <Popover.Title className="font-semibold">{t("title")}</Popover.Title>
                <Popover.Description className="mt-0.5 text-xs text-soft">{t("about")}</Popover.Description>
              </div>
              {!data && <p className="text-soft">{common("loading")}</p>}
              {data && (
                <ToolGroup
                  title={t("builtIn")}
                  tools={data.tools.filter((tool) => !tool.server)}
                  onChange={change}
                />
              )}
              {data?.servers.map((server) => (
                <ToolGroup
                  key={server.name}
                  title={server.name}
                  server={server}
                  tools={data.tools.filter((tool) => tool.server === server.name)}
                  onChange={change}
                />
              ))}
            </Popover.Popup>
          </Popover.Positioner>
        </Popover.Portal>
      </Popover.Root>
    </Directed>
  );
}
