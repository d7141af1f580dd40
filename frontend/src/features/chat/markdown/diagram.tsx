"use client";

import { Code, Download, Image as ImageIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useMemo, useState } from "react";
import { CodeBlock } from "./code-block";
import { CodeButton } from "./code-button";
import { download } from "./download-name";
import type { DiagramError, Drawing } from "./draw-diagram";
import { useDark } from "./use-dark";

type State = { drawing: Drawing } | { reason: DiagramError["reason"] | "unloaded"; message: string } | null;

/** A mermaid block that is complete: its picture, and its source where it has none or somebody wants it. */
export function Diagram({ source }: { source: string }) {
  const t = useTranslations("markdown");
  const state = useDrawing(source);
  const [asSource, setAsSource] = useState(false);
  const room = useMemo(() => roomFor(source), [source]);
  if (state && !("drawing" in state)) {
    return (
      <>
        <CodeBlock code={source} language="mermaid" />
        <p className="diagram-error" data-testid="diagram-error">
          {t(`diagramErrors.${state.reason}`, { message: state.message })}
        </p>
      </>
    );
  }
  if (!state || asSource) {
    const more = state && (
      <CodeButton icon={ImageIcon} label={t("showDiagram")} onClick={() => setAsSource(false)} />
    );
    return (
      <div className="code-room" style={{ height: room }}>
        <CodeBlock code={source} language="mermaid" more={more} />
      </div>
    );
  }
  const { svg, width, height } = state.drawing;
  return (
    <figure
      className="code-frame flex flex-col overflow-hidden rounded-xl border border-line"
      style={{ height: room }}
      data-testid="diagram"
    >
      <figcaption className="flex items-center gap-0.5 border-b border-line bg-sunken py-1 ps-4 pe-1">
        <span className="me-auto font-mono text-xs text-soft">mermaid</span>
        <CodeButton icon={Code} label={t("showSource")} onClick={() => setAsSource(true)} />
        <CodeButton
          icon={Download}
          label={t("downloadDiagram")}
          onClick={() => download(svg, "diagram.svg", "image/svg+xml")}
        />
      </figcaption>
      <div
        className="flex min-h-0 flex-1 overflow-auto p-4"
        tabIndex={0}
        role="region"
        aria-label={t("diagram")}
      >
        {/* A picture from the text itself: nothing in it can run or fetch. */}
        {/* eslint-disable-next-line @next/next/no-img-element */}
        <img
          src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`}
          width={Math.ceil(width)}
          height={Math.ceil(height)}
          alt={t("diagramOf", { source: source.slice(0, 400) })}
          className="m-auto h-auto max-w-full"
        />
      </div>
    </figure>
  );
}

/** About what its picture will need, before there is one: nothing below it is to move when it comes. */
function roomFor(source: string): string {
  const lines = source.split("\n").filter((line) => line.trim() !== "").length;
  return `${Math.min(34, Math.max(14, 3.25 * lines + 5))}rem`;
}

function useDrawing(source: string): State {
  const dark = useDark();
  const [state, setState] = useState<State>(null);
  useEffect(() => {
    let current = true;
    const show = (next: State) => current && setState(next);
    import("./draw-diagram").then(
      ({ drawDiagram, DiagramError: Failed }) =>
        drawDiagram(source, dark).then(
          (drawing) => show({ drawing }),
          (error: unknown) =>
            show(
              error instanceof Failed
                ? { reason: error.reason, message: error.message }
                : { reason: "unloaded", message: "" },
            ),
        ),
      () => show({ reason: "unloaded", message: "" }),
    );
    return () => {
      current = false;
    };
  }, [source, dark]);
  return state;
}
