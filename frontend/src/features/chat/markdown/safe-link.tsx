"use client";

import type { ReactNode } from "react";
import { destinationOf, says } from "./addresses";

/** A link that says where it leads: the host behind its words, the whole address on hover and focus. */
export function SafeLink({ url, words, children }: { url: string; words: string; children: ReactNode }) {
  const destination = destinationOf(url);
  if (!destination) return <span>{children}</span>;
  const { href, place } = destination;
  return (
    <a href={href} title={href} target="_blank" rel="noopener noreferrer">
      {children}
      {!says(words, place) && (
        <bdi dir="ltr" className="link-place">
          {" "}
          ({place})
        </bdi>
      )}
    </a>
  );
}
