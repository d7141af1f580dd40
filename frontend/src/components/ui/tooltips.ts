import { placeTooltip, type Side } from "./place-tooltip";

/** Of the pointer's rest on a button; and for its way from the button to the tooltip. */
const showAfterMs = 500;
const hideAfterMs = 100;
/** Whoever looks along a row of buttons does not wait at each. */
const nextWithinMs = 400;

const marked = "[data-tooltip]";

function buttonAt(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>(marked) : null;
}

/** One element for the tooltips of all buttons: of the one that the mouse rests on, or that the keyboard came to. */
export function showTooltips(): () => void {
  const tip = document.createElement("div");
  tip.className =
    "tooltip fixed z-60 w-max max-w-[calc(100vw-1rem)] rounded-md bg-ink px-2 py-1 text-xs text-page";
  tip.dataset.testid = "tooltip";
  // The button has the same words as its name.
  tip.ariaHidden = "true";
  tip.hidden = true;
  // It is moved from there.
  tip.style.inset = "0 auto auto 0";
  document.body.append(tip);
  const gone = new AbortController();
  let shownFor: HTMLElement | null = null;
  let waitsFor: HTMLElement | null = null;
  let timer = 0;
  let hiddenAt = -Infinity;

  const hide = () => {
    clearTimeout(timer);
    waitsFor = null;
    if (!shownFor) return;
    shownFor = null;
    hiddenAt = performance.now();
    tip.hidden = true;
  };
  const show = (button: HTMLElement) => {
    clearTimeout(timer);
    waitsFor = null;
    const words = button.ariaLabel;
    if (!button.isConnected || !words) return;
    shownFor = button;
    tip.textContent = words;
    tip.hidden = false;
    placeTooltip(tip, button, button.dataset.tooltip as Side);
  };
  const over = (event: PointerEvent) => {
    if (event.pointerType === "touch") return;
    const button = buttonAt(event.target);
    if (button !== null && button === waitsFor) return;
    clearTimeout(timer);
    waitsFor = null;
    if (event.target === tip || (button !== null && button === shownFor)) return;
    waitsFor = button;
    const soon = shownFor !== null || performance.now() - hiddenAt < nextWithinMs;
    if (button) timer = window.setTimeout(() => show(button), soon ? hideAfterMs : showAfterMs);
    else if (shownFor) timer = window.setTimeout(hide, hideAfterMs);
  };
  const focus = (event: FocusEvent) => {
    const button = buttonAt(event.target);
    if (button?.matches(":focus-visible")) show(button);
    else hide();
  };
  const on = <K extends keyof DocumentEventMap>(name: K, listener: (event: DocumentEventMap[K]) => void) =>
    document.addEventListener(name, listener, { signal: gone.signal, capture: true, passive: true });
  on("pointerover", over);
  on("focusin", focus);
  on("focusout", hide);
  on("pointerdown", hide);
  on("click", hide);
  on("scroll", hide);
  on("keydown", (event) => event.key === "Escape" && hide());
  on("pointerout", (event) => event.relatedTarget === null && hide());
  return () => {
    gone.abort();
    hide();
    tip.remove();
  };
}
