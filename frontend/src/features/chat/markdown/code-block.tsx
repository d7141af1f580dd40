"use client";

import { Check, Copy } from "lucide-react";
import type { CSSProperties } from "react";
import { useCopy } from "@/lib/use-copy";
import { useHighlighted } from "./use-highlighted";

export function CodeBlock({ code, language }: { code: string; language: string }) {
  const { copied, copy } = useCopy();
  const highlighted = useHighlighted(code, language);
  const name = language || "text";
  return (
    <figure
      className="code-frame overflow-hidden rounded-xl border border-line bg-sunken"
      data-testid="code-block"
    >
      <figcaption className="flex items-center justify-between border-b border-line py-1 pr-1 pl-4">
        <span className="font-mono text-xs text-soft">{name}</span>
        <button
          type="button"
          onClick={() => copy(code)}
          aria-label={`Copy ${name} code`}
          className="flex h-7 items-center gap-1.5 rounded-md px-2 text-xs text-soft transition-colors hover:bg-hover hover:text-ink"
        >
          {copied ? <Check className="size-3.5" aria-hidden /> : <Copy className="size-3.5" aria-hidden />}
          {copied ? "Copied" : "Copy"}
        </button>
      </figcaption>
      <pre dir="ltr" tabIndex={0} aria-label={`${name} code`}>
        <code>
          {highlighted?.lines.map((line, row) => (
            <span key={row}>
              {row > 0 && "\n"}
              {line.map((token) => (
                <span key={token.offset} className="token" style={token.htmlStyle as CSSProperties}>
                  {token.content}
                </span>
              ))}
            </span>
          ))}
          {code.slice(highlighted?.code.length ?? 0)}
        </code>
      </pre>
    </figure>
  );
}
