export type Side = "top" | "bottom" | "right";

const gap = 6;
const edge = 8;

/** Beside what it says something about; on the other side where there is no room, and never beyond the window. `right` is where reading ends. */
export function placeTooltip(tip: HTMLElement, button: HTMLElement, side: Side): void {
  const at = button.getBoundingClientRect();
  const { width, height } = tip.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  const within = (value: number, size: number, room: number) =>
    Math.max(edge, Math.min(value, room - size - edge));
  let x = at.x + (at.width - width) / 2;
  let y = at.y + (at.height - height) / 2;
  if (side === "right") {
    const after = at.right + gap;
    const before = at.x - gap - width;
    const fitsAfter = after + width + edge <= clientWidth;
    const wantsBefore = getComputedStyle(button).direction === "rtl";
    x = (wantsBefore && before >= edge) || !fitsAfter ? before : after;
  } else {
    const above = at.y - gap - height;
    const below = at.bottom + gap;
    const fitsBelow = below + height + edge <= clientHeight;
    y = (side === "top" && above >= edge) || !fitsBelow ? above : below;
  }
  tip.style.translate = `${within(x, width, clientWidth)}px ${within(y, height, clientHeight)}px`;
}
