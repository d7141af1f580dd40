import { partsOf } from "@/lib/snippet";
import type { SearchHit } from "@/lib/protocol/search";

/** A piece of a message with what was searched for marked. */
export function Snippet({ snippet: { text, marks } }: { snippet: SearchHit["snippet"] }) {
  return partsOf(text, marks).map((part, index) =>
    part.marked ? (
      <mark key={index} className="rounded-xs bg-warn-wash text-ink">
        {part.text}
      </mark>
    ) : (
      part.text
    ),
  );
}
