"use client";

import { Check, Copy, Download, WrapText } from "lucide-react";
import { useTranslations } from "next-intl";
import { memo, type ReactNode } from "react";
import { cn } from "@/lib/cn";
import { useCopy } from "@/lib/use-copy";
import { useStoredFlag } from "@/lib/use-stored-flag";
import { CodeButton } from "./code-button";
import { CodeLines } from "./code-lines";
import { download, downloadName } from "./download-name";
import { languageName } from "./fence";

interface CodeBlockProps {
  code: string;
  language: string;
  /** Buttons before the usual ones. */
  more?: ReactNode;
}

export const CodeBlock = memo(function CodeBlock({ code, language, more }: CodeBlockProps) {
  const t = useTranslations("markdown");
  const { copied, copy } = useCopy();
  const [wraps, setWraps] = useStoredFlag("tahochat.wrap-code", false);
  const name = languageName(language) || t("plainText");
  return (
    <figure
      dir="ltr"
      className="code-frame overflow-hidden rounded-xl border border-line bg-sunken"
      data-testid="code-block"
    >
      <figcaption className="flex items-center gap-0.5 border-b border-line py-1 ps-4 pe-1">
        <span className="me-auto truncate font-mono text-xs text-soft">{name}</span>
        {more}
        <CodeButton
          icon={WrapText}
          label={t("wrap", { language: name })}
          pressed={wraps}
          onClick={() => setWraps(!wraps)}
        />
        <CodeButton
          icon={Download}
          label={t("download", { language: name })}
          onClick={() => download(code, downloadName(language))}
        />
        <CodeButton
          icon={copied ? Check : Copy}
          label={t("copyCode", { language: name })}
          words={copied ? t("copied") : t("copy")}
          onClick={() => copy(code)}
        />
      </figcaption>
      <pre tabIndex={0} aria-label={t("code", { language: name })} className={cn(wraps && "wraps")}>
        <code>
          <CodeLines code={code} language={language} />
        </code>
      </pre>
    </figure>
  );
});
