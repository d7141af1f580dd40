"use client";

import { Switch } from "@base-ui/react/switch";
import { useTranslations } from "next-intl";
import type { Translate } from "@/i18n/spoken";
import { cn } from "@/lib/cn";
import type { Tool, ToolServer } from "@/lib/protocol/rest";

export interface ToolGroupProps {
  title: string;
  server?: ToolServer;
  tools: Tool[];
  onChange: (change: { name: string; enabled?: boolean; always_allowed?: boolean }) => void;
}

function serverWords({ state, error }: ToolServer, t: Translate<"tools">): string {
  if (state === "connecting") return t("connecting");
  if (state === "ready") return t("connected");
  return error ? t("downBecause", { error }) : t("down");
}

/** A server's tools, or our own. */
export function ToolGroup({ title, server, tools, onChange }: ToolGroupProps) {
  const t = useTranslations("tools");
  return (
    <section aria-label={title} data-testid="tool-group">
      <h3 className="flex flex-wrap items-baseline gap-x-2 text-xs font-semibold">
        <span className="break-all">{title}</span>
        {server && (
          <span className={cn("font-normal", server.state === "down" ? "text-warn" : "text-soft")}>
            {serverWords(server, t)}
          </span>
        )}
      </h3>
      <ul className="mt-1.5 flex flex-col gap-2">
        {tools.map((tool) => (
          <ToolItem key={tool.name} tool={tool} onChange={onChange} />
        ))}
      </ul>
    </section>
  );
}

function ToolItem({ tool, onChange }: { tool: Tool; onChange: ToolGroupProps["onChange"] }) {
  const t = useTranslations("tools");
  const { name, title, description, enabled, safe, always_allowed: always } = tool;
  return (
    <li className="flex items-start gap-3" data-testid="tool" data-name={name}>
      <div className="min-w-0 flex-1">
        <p dir="auto" className="text-match font-medium break-words">
          {title}
        </p>
        <p dir="auto" className="line-clamp-2 text-match text-xs break-words text-soft" title={description}>
          {description}
        </p>
        {safe && <p className="mt-0.5 text-xs text-soft">{t("safe")}</p>}
        {!safe && (
          <label className="mt-1 flex items-center gap-2 text-xs text-soft">
            <input
              type="checkbox"
              checked={always}
              onChange={(event) => onChange({ name, always_allowed: event.target.checked })}
              className="size-4 accent-accent"
            />
            {t("runWithoutAsking")}
          </label>
        )}
      </div>
      <Switch.Root
        checked={enabled}
        onCheckedChange={(checked) => onChange({ name, enabled: checked })}
        aria-label={t("offer", { tool: title })}
        className="mt-0.5 flex h-5 w-9 shrink-0 items-center rounded-full border border-line bg-hover p-0.5 transition-colors data-[checked]:border-accent data-[checked]:bg-accent"
      >
        <Switch.Thumb className="size-3.5 rounded-full bg-soft transition-transform data-[checked]:translate-x-4 data-[checked]:bg-on-accent rtl:data-[checked]:-translate-x-4" />
      </Switch.Root>
    </li>
  );
}
