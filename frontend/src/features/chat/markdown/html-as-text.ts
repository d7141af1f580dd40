interface HtmlNode {
  type: string;
  value?: string;
  tagName?: string;
  properties?: Record<string, unknown>;
  children?: HtmlNode[];
}

/** Turns raw HTML of a reply into the text it is; a line break, which tables need, stays one. */
export function htmlAsText() {
  return (tree: HtmlNode): void => visit(tree);
}

function visit(node: HtmlNode): void {
  node.children = node.children?.map((child) => {
    visit(child);
    if (child.type !== "raw" && child.type !== "text") return child;
    const isBreak = /^<br\s*\/?>$/i.test(child.value ?? "");
    return isBreak
      ? { type: "element", tagName: "br", properties: {}, children: [] }
      : { type: "text", value: child.value };
  });
}
