import type { MermaidConfig } from "mermaid";

export interface Drawing {
  /** The whole picture, as a file of its own. */
  svg: string;
  width: number;
  height: number;
}

/** Why there is no picture: what is wrong with its source, or what it asks for that no picture may. */
export class DiagramError extends Error {
  constructor(
    readonly reason: "wrong" | "elsewhere" | "long",
    message = "",
  ) {
    super(message);
  }
}

const longest = 20_000;

/** While it is drawn a diagram is in the page: nothing in it may ask for an address. Escapes hide what styles say. */
const asksElsewhere =
  /url\s*\(|image-set\s*\(|@import|\bimg\s*:|^\s*(?:style|classDef|linkStyle)\b.*\\|%%\s*\{/im;

const font = "ui-sans-serif, system-ui, sans-serif";

/** Some diagrams put their words into the page as HTML to measure them: what would be an element is shown as its text. */
function withoutElements(source: string): string {
  return source.replace(/<<\w+>>|<(?!br\s*\/?>)(?=[a-z/!?])/gi, (found) =>
    found.startsWith("<<") ? found : "#lt;",
  );
}

let queue: Promise<unknown> = Promise.resolve();
let count = 0;

/** Draws one diagram after the other: mermaid has one configuration. */
export function drawDiagram(source: string, dark: boolean): Promise<Drawing> {
  const drawing = queue.then(() => draw(source, dark));
  queue = drawing.catch(() => undefined);
  return drawing;
}

async function draw(source: string, dark: boolean): Promise<Drawing> {
  if (source.length > longest) throw new DiagramError("long");
  if (asksElsewhere.test(source) || /^---\s*$/m.test(source.split("\n")[0] ?? ""))
    throw new DiagramError("elsewhere");
  const { default: mermaid } = await import("mermaid");
  mermaid.initialize(config(dark));
  count += 1;
  const id = `diagram-${count}`;
  try {
    const { svg } = await mermaid.render(id, withoutElements(source));
    return asFile(svg);
  } catch (error) {
    throw new DiagramError("wrong", error instanceof Error ? (error.message.split("\n")[0] ?? "") : "");
  } finally {
    document.getElementById(`d${id}`)?.remove();
  }
}

function config(dark: boolean): MermaidConfig {
  return {
    startOnLoad: false,
    securityLevel: "strict",
    suppressErrorRendering: true,
    deterministicIds: true,
    htmlLabels: false,
    flowchart: { htmlLabels: false, useMaxWidth: false },
    class: { htmlLabels: false, useMaxWidth: false },
    sequence: { useMaxWidth: false },
    theme: dark ? "dark" : "neutral",
    fontFamily: font,
    maxTextSize: longest,
    maxEdges: 400,
  };
}

/** As a picture it has a size of its own, and nothing in it runs or is fetched. */
function asFile(svg: string): Drawing {
  const root = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  const [, , width = 0, height = 0] = (root.getAttribute("viewBox") ?? "").split(/[\s,]+/).map(Number);
  if (root.tagName !== "svg" || !(width > 0) || !(height > 0)) throw new DiagramError("wrong");
  root.removeAttribute("style");
  root.setAttribute("width", String(width));
  root.setAttribute("height", String(height));
  return { svg: new XMLSerializer().serializeToString(root), width, height };
}
