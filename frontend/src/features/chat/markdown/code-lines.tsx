"use client";

import { memo, useMemo, type CSSProperties } from "react";
import type { ThemedToken } from "shiki/core";
import { piecesOf } from "./pieces";
import { useColoured } from "./use-coloured";

/** Code with its colours as far as there are any yet. A piece that did not change is not drawn again. */
export function CodeLines({ code, language }: { code: string; language: string }) {
  const pieces = useMemo(() => piecesOf(code), [code]);
  const coloured = useColoured(pieces, language);
  return pieces.map((piece, index) => {
    const known = coloured[index];
    const fits = known && piece.startsWith(known.piece);
    return (
      <Piece
        key={index}
        piece={piece}
        lines={fits ? known.lines : undefined}
        length={fits ? known.piece.length : 0}
        long={pieces.length > 3}
      />
    );
  });
}

interface PieceProps {
  piece: string;
  lines: ThemedToken[][] | undefined;
  /** How much of the piece the lines are. */
  length: number;
  long: boolean;
}

const Piece = memo(function Piece({ piece, lines, length, long }: PieceProps) {
  return (
    <span className={long ? "code-piece code-piece-long" : "code-piece"}>
      {lines?.map((line, row) => (
        <span key={row}>
          {row > 0 && "\n"}
          {line.map((token) => (
            <span key={token.offset} className="token" style={token.htmlStyle as CSSProperties}>
              {token.content}
            </span>
          ))}
        </span>
      ))}
      {piece.slice(length)}
    </span>
  );
});
