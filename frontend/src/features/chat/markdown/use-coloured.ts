"use client";

import { useEffect, useState } from "react";
import type { ThemedToken } from "shiki/core";
import { grammarOf } from "./grammars";
import type { Coloured } from "./highlighter";

export interface ColouredPiece {
  piece: string;
  lines: ThemedToken[][];
}

/** The piece that still grows is coloured this often at most; what came since is shown plain. */
const everyMs = 150;

/** More is not coloured at all. */
const mostPieces = 400;

/**
 * Colours pieces of code one by one, each in a task of its own that goes on from the one before, so that neither long
 * code nor code that grows holds up the page.
 */
export function useColoured(
  pieces: readonly string[],
  language: string,
): readonly (ColouredPiece | undefined)[] {
  const grammar = grammarOf(language);
  const [painter] = useState(() => new Painter());
  const [coloured, setColoured] = useState<readonly ColouredPiece[]>([]);
  useEffect(() => {
    if (!grammar || pieces.length > mostPieces) return;
    return painter.paint(grammar, pieces, setColoured);
  }, [painter, grammar, pieces]);
  return grammar ? coloured : [];
}

class Painter {
  private done: (ColouredPiece & Coloured)[] = [];
  private grammar: string | undefined;
  private at = 0;

  paint(
    grammar: NonNullable<ReturnType<typeof grammarOf>>,
    pieces: readonly string[],
    show: (done: readonly ColouredPiece[]) => void,
  ): () => void {
    let stopped = false;
    let timer: ReturnType<typeof setTimeout>;
    if (grammar !== this.grammar) this.done = [];
    this.grammar = grammar;
    const kept = this.done.findIndex(({ piece }, index) => piece !== pieces[index]);
    const first = kept < 0 ? this.done.length : kept;
    const colours = import("./highlighter").then(({ colourOf }) => colourOf(grammar));
    const step = (index: number) => {
      colours.then(
        (colour) => {
          const piece = pieces[index];
          if (stopped || piece === undefined) return;
          this.at = Date.now();
          const result = colour(piece, this.done[index - 1]?.end);
          this.done = [...this.done.slice(0, index), { piece, ...result }];
          show(this.done);
          if (index + 1 < pieces.length) timer = setTimeout(() => step(index + 1), 0);
        },
        () => undefined,
      );
    };
    if (first < pieces.length) {
      const isLast = first === pieces.length - 1;
      timer = setTimeout(() => step(first), isLast ? Math.max(0, this.at + everyMs - Date.now()) : 0);
    }
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }
}
