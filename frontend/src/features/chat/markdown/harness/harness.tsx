import "../../../../app/prose.css";
import { createRoot } from "react-dom/client";
import { flushSync } from "react-dom";
import { WithWords } from "@/testing/with-words";
import { loadKatex } from "../formula";
import { RichBlocks, RichText } from "../rich-text";
import { findForbidden } from "./forbidden";

interface Report {
  payloads: number;
  prefixes: number;
  diagrams: number;
  formulas: number;
  problems: string[];
}

const problems: string[] = [];
const note = (problem: string) => problems.length < 50 && problems.push(problem);

Object.assign(window, { canary: () => note("A script ran.") });
document.addEventListener("securitypolicyviolation", (event) =>
  note(`The security policy had to refuse ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`),
);

const place = document.getElementById("root");
if (!place) throw new Error("The page has no place for it.");
const root = createRoot(place);

function show(text: string, growing: boolean, key: number): void {
  flushSync(() =>
    root.render(
      <WithWords>
        <RichBlocks key={key} text={text} growing={growing} />
      </WithWords>,
    ),
  );
}

const frame = () => new Promise((resolve) => setTimeout(resolve, 10));

/** A diagram is drawn once its block is complete. */
async function drawn(): Promise<void> {
  const deadline = performance.now() + 30_000;
  const waits = () =>
    place?.querySelector('[aria-label="mermaid code"]') &&
    !place.querySelector('[data-testid="diagram-error"]');
  while (waits() && performance.now() < deadline) await frame();
  if (waits()) note("A diagram was neither drawn nor refused.");
}

async function run(payloads: string[]): Promise<Report> {
  await loadKatex();
  const report: Report = { payloads: payloads.length, prefixes: 0, diagrams: 0, formulas: 0, problems };
  for (const [index, payload] of payloads.entries()) {
    for (let end = 1; end <= payload.length; end += 1) {
      show(payload.slice(0, end), true, index);
      report.prefixes += 1;
      for (const found of findForbidden(place as HTMLElement)) note(`${found} in ${payload.slice(0, end)}`);
    }
    show(payload, false, index);
    if (/^```mermaid\n[^]*```$/.test(payload)) await drawn();
    for (const found of findForbidden(place as HTMLElement)) note(`${found} in ${payload}`);
    report.diagrams += place?.querySelectorAll('[data-testid="diagram"] img').length ?? 0;
    report.formulas += place?.querySelectorAll(".katex").length ?? 0;
  }
  // What events and time-outs would still start.
  for (let turn = 0; turn < 10; turn += 1) await frame();
  return report;
}

/** For measuring: a text at its own pace, as a reply grows. */
function grow(text: string, growing: boolean): void {
  root.render(
    <WithWords>
      <RichText text={text} growing={growing} />
    </WithWords>,
  );
}

Object.assign(window, { run, grow });
