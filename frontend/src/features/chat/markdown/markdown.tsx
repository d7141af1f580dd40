"use client";

import { memo, useMemo, type ReactNode } from "react";
import { defaultRehypePlugins, Streamdown, type Components } from "streamdown";
import { CodeBlock } from "./code-block";
import { htmlAsText } from "./html-as-text";
import { useMath, withDollars } from "./math";

function textOf(node: ReactNode): string {
  if (typeof node === "string") return node;
  return Array.isArray(node) ? node.map(textOf).join("") : "";
}

function safeHref(href: string | undefined): string | undefined {
  return href && /^(https?:|mailto:)/i.test(href) ? href : undefined;
}

function SafeLink({ href, children }: { href?: string; children?: ReactNode }) {
  const safe = safeHref(href);
  if (!safe) return <span>{children}</span>;
  return (
    <a href={safe} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}

/** Nothing is fetched on the word of a model: an image is a link to it. */
const components: Components = {
  a: ({ href, children }) => <SafeLink href={href}>{children}</SafeLink>,
  img: ({ src, alt }) => {
    const label = `Image: ${alt || "without description"}`;
    return <SafeLink href={typeof src === "string" ? src : undefined}>{label}</SafeLink>;
  },
  code: ({ className, children }) => {
    const language = /language-([^\s]+)/.exec(className ?? "")?.[1] ?? "";
    return <CodeBlock code={textOf(children).replace(/\n$/, "")} language={language} />;
  },
  inlineCode: ({ children }) => <code>{children}</code>,
  table: ({ children }) => (
    <div className="table-frame" tabIndex={0} role="region" aria-label="Table">
      <table>{children}</table>
    </div>
  ),
};

const { sanitize } = defaultRehypePlugins;
const rehypePlugins = sanitize ? [htmlAsText, sanitize] : [htmlAsText];

export const Markdown = memo(function Markdown({ text, growing }: { text: string; growing: boolean }) {
  const markdown = useMemo(() => withDollars(text), [text]);
  const math = useMath(markdown);
  const plugins = useMemo(() => (math ? { math } : undefined), [math]);
  return (
    <Streamdown
      className="prose"
      mode={growing ? "streaming" : "static"}
      isAnimating={growing}
      components={components}
      rehypePlugins={rehypePlugins}
      plugins={plugins}
      controls={false}
      linkSafety={{ enabled: false }}
    >
      {markdown}
    </Streamdown>
  );
});
