import type { Tag } from "@/lib/protocol/kept";
import { sameTag } from "./list-state";

/** As the server has it. */
export const mostTags = 16;
export const longestTag = 32;

/** With what was written, unless it is there already or there is no room; a list with commas is several. */
export function addTag(tags: readonly string[], written: string): readonly string[] {
  const names = written
    .split(/[,،、，]/)
    .map((name) => name.trim())
    .filter((name) => name !== "");
  return names.reduce<readonly string[]>(
    (all, name) => (all.length >= mostTags || all.some((tag) => sameTag(tag, name)) ? all : [...all, name]),
    tags,
  );
}

/** Those that could be added, the most used first. */
export function otherTags(all: readonly Tag[], tags: readonly string[]): string[] {
  return all
    .filter(({ name }) => !tags.some((tag) => sameTag(tag, name)))
    .sort((a, b) => b.count + b.archived - (a.count + a.archived))
    .map(({ name }) => name);
}
