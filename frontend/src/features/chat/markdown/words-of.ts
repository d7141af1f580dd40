import type { Nodes } from "mdast";

/** A node's text without its marks. */
export function wordsOf(node: Nodes): string {
  if ("value" in node) return node.value;
  if (node.type === "image" || node.type === "imageReference") return node.alt ?? "";
  return "children" in node ? node.children.map(wordsOf).join("") : "";
}
