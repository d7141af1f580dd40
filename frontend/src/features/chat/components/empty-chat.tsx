"use client";

import { ChartNetwork, Code, Lightbulb, ListChecks, Sigma, Table, type LucideIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { Logo } from "@/components/ui/logo";

/** Each shows something else that a reply can hold. */
const suggestions = [
  { id: "explain", Icon: Lightbulb },
  { id: "code", Icon: Code },
  { id: "table", Icon: Table },
  { id: "maths", Icon: Sigma },
  { id: "diagram", Icon: ChartNetwork },
  { id: "plan", Icon: ListChecks },
] as const satisfies readonly { id: string; Icon: LucideIcon }[];

export function EmptyChat({ onPick }: { onPick: (prompt: string) => void }) {
  const t = useTranslations("composer");
  return (
    <div className="rise flex flex-1 flex-col items-center justify-center gap-5 py-4 sm:gap-8 sm:py-10">
      <div className="flex flex-col items-center gap-3 text-center sm:gap-4">
        <Logo className="size-10 sm:size-12" />
        <h1 className="text-lg font-semibold tracking-tight text-balance sm:text-xl">{t("question")}</h1>
      </div>
      <ul className="grid w-full gap-2 sm:grid-cols-2">
        {suggestions.map(({ id, Icon }) => (
          <li key={id} className="min-w-0">
            <button
              type="button"
              data-testid="suggestion"
              onClick={() => onPick(t(`suggestions.${id}.prompt`))}
              className="flex h-full w-full items-start gap-3 rounded-xl border border-line px-4 py-2.5 text-start text-sm transition-colors hover:border-accent hover:bg-accent-wash sm:py-3"
            >
              <Icon className="mt-0.5 size-4 shrink-0 text-accent" aria-hidden />
              <span className="flex min-w-0 flex-1 flex-col gap-0.5">
                <span className="font-medium">{t(`suggestions.${id}.title`)}</span>
                <span className="text-soft max-sm:truncate">{t(`suggestions.${id}.prompt`)}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
