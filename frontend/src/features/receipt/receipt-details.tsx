"use client";

import { Check, Copy, ExternalLink } from "lucide-react";
import { useTranslations } from "next-intl";
import { useFormats } from "@/i18n/formats";
import { IconButton } from "@/components/ui/icon-button";
import type { Message } from "@/lib/protocol/rest";
import { useTraceUrl } from "@/lib/telemetry/use-telemetry";
import { useCopy } from "@/lib/use-copy";
import { endWords, requestWords } from "./words";

/** Which reply it was: its model, its end, and its trace. */
export function ReceiptDetails({ message }: { message: Message }) {
  const t = useTranslations("receipt");
  const formats = useFormats();
  const { model, trace_id: traceId } = message;
  const requests = requestWords(message, t, formats);
  return (
    <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-1.5 border-t border-line pt-3 text-xs">
      {model && <Detail name={t("model")}>{model}</Detail>}
      <Detail name={t("end")}>{endWords(message, t)}</Detail>
      {requests && <Detail name={t("requests")}>{requests}</Detail>}
      {traceId && (
        <Detail name={t("trace")}>
          <Trace id={traceId} />
        </Detail>
      )}
    </dl>
  );
}

function Detail({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <>
      <dt className="text-soft">{name}</dt>
      <dd className="min-w-0 text-end break-words">{children}</dd>
    </>
  );
}

function Trace({ id }: { id: string }) {
  const t = useTranslations("receipt");
  const common = useTranslations("common");
  const urlOf = useTraceUrl();
  const { copied, copy } = useCopy();
  return (
    <span className="flex items-center justify-end gap-1">
      <code
        dir="ltr"
        className="min-w-0 truncate font-mono text-[0.6875rem]"
        title={id}
        data-testid="trace-id"
      >
        {id}
      </code>
      <IconButton size="sm" label={copied ? common("copied") : t("copyTrace")} onClick={() => copy(id)}>
        {copied ? <Check className="size-3.5" aria-hidden /> : <Copy className="size-3.5" aria-hidden />}
      </IconButton>
      {urlOf && (
        <a
          href={urlOf(id)}
          target="_blank"
          rel="noopener noreferrer"
          data-testid="open-trace"
          className="-me-1.5 inline-flex h-8 shrink-0 items-center gap-1 rounded-lg px-1.5 font-medium text-accent transition-colors hover:bg-hover"
        >
          {t("openTrace")}
          <ExternalLink className="size-3.5" aria-hidden />
        </a>
      )}
    </span>
  );
}
