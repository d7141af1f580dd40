"use client";

import { CornerLeftUp } from "lucide-react";
import { useTranslations } from "next-intl";
import type { MouseEvent } from "react";
import { showNodes, type Around } from "./nodes";
import type { References } from "./references";

const noteId = (prefix: string, number: number) => `${prefix}-note-${number}`;

const placeId = (prefix: string, number: number, count: number) => `${prefix}-ref-${number}-${count}`;

/** Goes there without a step in the browser's history: "back" leads to the conversation before. */
function follow(event: MouseEvent<HTMLAnchorElement>): void {
  const target = document.getElementById(event.currentTarget.hash.slice(1));
  if (!target) return;
  event.preventDefault();
  target.scrollIntoView({ block: "nearest" });
  target.focus({ preventScroll: true });
}

interface ReferenceProps {
  name: string;
  /** Which of the references to this footnote in its block it is, from 1. */
  place: number;
  around: Around;
}

export function FootnoteReference({ name, place, around }: ReferenceProps) {
  const t = useTranslations("markdown");
  const number = around.numbers.get(name);
  if (number === undefined) return `[^${name}]`;
  const count = (around.earlier?.get(name) ?? 0) + place;
  return (
    <sup>
      <a
        id={placeId(around.prefix, number, count)}
        href={`#${noteId(around.prefix, number)}`}
        onClick={follow}
        aria-label={t("footnote", { number })}
        className="footnote-reference"
      >
        {number}
      </a>
    </sup>
  );
}

/** The notes of a reply, at its end, each with ways back to where it was referred to. */
export function Footnotes({ footnotes, around }: { footnotes: References["footnotes"]; around: Around }) {
  const t = useTranslations("markdown");
  const shown = footnotes.filter(({ definition }) => definition);
  if (shown.length === 0) return null;
  return (
    <section className="footnotes" aria-label={t("footnotes")}>
      <ol>
        {shown.map(({ label, number, definition, references }) => (
          <li key={label} id={noteId(around.prefix, number)} value={number} tabIndex={-1}>
            {showNodes(definition?.children ?? [], around)}
            {Array.from({ length: references }, (_, index) => (
              <a
                key={index}
                href={`#${placeId(around.prefix, number, index + 1)}`}
                onClick={follow}
                aria-label={t("backToText", { number, place: index + 1 })}
                className="footnote-back"
              >
                <CornerLeftUp className="inline size-3.5 rtl:-scale-x-100" aria-hidden />
              </a>
            ))}
          </li>
        ))}
      </ol>
    </section>
  );
}
