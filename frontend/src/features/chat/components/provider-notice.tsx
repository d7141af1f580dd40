"use client";

import { FlaskConical, Info } from "lucide-react";
import { useTranslations } from "next-intl";
import { Popover } from "@/components/ui/popover";
import { useModels } from "../models/use-models";

const command =
  "bg-sunken border-line mt-1 block overflow-x-auto rounded-md border px-2.5 py-1.5 font-mono text-xs";

function EmulatorHelp() {
  const t = useTranslations("composer");
  return (
    <Popover
      side="bottom"
      align="end"
      title={t("talkToGroq")}
      trigger={
        <button type="button" className="shrink-0 rounded font-medium underline underline-offset-2">
          {t("how")}
        </button>
      }
    >
      <ol className="flex list-decimal flex-col gap-2.5 ps-5 text-sm">
        <li>{t("steps.key")}</li>
        <li>
          {t.rich("steps.file", { file: () => <code className="font-mono text-xs">.env</code> })}
          <code className={command}>GROQ_API_KEY=gsk_…</code>
        </li>
        <li>{t("steps.restart")}</li>
      </ol>
      <p className="text-sm text-soft">{t("untilThen")}</p>
    </Popover>
  );
}

/** Says who answers where that is not what a person would expect. */
export function ProviderNotice() {
  const t = useTranslations("composer");
  const data = useModels();
  if (!data) return null;
  return (
    <>
      {data.provider === "emulator" && (
        <aside
          data-testid="emulator-notice"
          aria-label={t("aboutAnswers")}
          className="flex items-start gap-2.5 bg-warn-wash px-4 py-2 text-xs text-warn sm:text-sm"
        >
          <FlaskConical className="mt-0.5 size-4 shrink-0" aria-hidden />
          <p className="min-w-0 flex-1">{t("emulator")}</p>
          <EmulatorHelp />
        </aside>
      )}
      {data.notice && (
        <aside
          data-testid="model-notice"
          aria-label={t("aboutModel")}
          className="flex items-start gap-2.5 bg-accent-wash px-4 py-2 text-xs sm:text-sm"
        >
          <Info className="mt-0.5 size-4 shrink-0 text-accent" aria-hidden />
          <p className="min-w-0 flex-1">{data.notice}</p>
        </aside>
      )}
    </>
  );
}
