"use client";

import type { List, ListItem } from "mdast";
import { useTranslations } from "next-intl";
import { Fragment, type ReactNode } from "react";
import { showNodes, type Around } from "./nodes";
import { wordsOf } from "./words-of";

export function ListView({ list, around }: { list: List; around: Around }) {
  const loose = list.spread || list.children.some((item) => item.spread);
  const items = list.children.map((item, index) => (
    <ItemView key={index} item={item} loose={loose} around={around} />
  ));
  if (!list.ordered) return <ul dir="auto">{items}</ul>;
  return (
    <ol dir="auto" start={list.start ?? 1}>
      {items}
    </ol>
  );
}

function ItemView({ item, loose, around }: { item: ListItem; loose: boolean; around: Around }) {
  const t = useTranslations("markdown");
  const isTask = typeof item.checked === "boolean";
  const name = isTask ? item.children.slice(0, 1).map(wordsOf).join("").slice(0, 200).trim() : "";
  return (
    <li>
      {isTask && (
        <input
          type="checkbox"
          checked={item.checked ?? false}
          disabled
          readOnly
          aria-label={name || t("task")}
        />
      )}
      {isTask && " "}
      {item.children.map((child, index) => (
        <Fragment key={index}>{showItemPart(child, loose, around)}</Fragment>
      ))}
    </li>
  );
}

/** The paragraphs of a tight list are its items' own text. */
function showItemPart(child: ListItem["children"][number], loose: boolean, around: Around): ReactNode {
  return !loose && child.type === "paragraph"
    ? showNodes(child.children, around)
    : showNodes([child], around);
}
