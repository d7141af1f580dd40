"use client";

import { Popover } from "@base-ui/react/popover";
import { Wrench } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ToolGroup } from "./tool-group";
import { useChangeTool, useTools } from "./use-tools";

/** All tools by their server, each with its switches. */
export function ToolsMenu() {
  const t = useTranslations("tools");
  const common = useTranslations("common");
  const [open, setOpen] = useState(false);
  const data = useTools(open);
  const change = useChangeTool();
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        data-testid="tools-menu"
        aria-label={t("title")}
        title={t("title")}
        className="inline-flex h-8 shrink-0 items-center gap-1.5 rounded-lg px-2 text-xs text-soft transition-colors hover:bg-hover hover:text-ink"
      >
        <Wrench className="size-3.5" aria-hidden />
        <span className="max-sm:sr-only">{t("title")}</span>
      </Popover.Trigger>
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
  );
}
