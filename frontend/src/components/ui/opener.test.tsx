import { act, fireEvent, render, screen } from "@testing-library/react";
import { cloneElement, useState, type ReactElement, type ReactNode } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { lazyPart } from "@/lib/lazy-part";
import { toast } from "@/lib/toast";
import { Opener } from "./opener";

afterEach(() => vi.restoreAllMocks());

interface Shown {
  Popup: (props: { trigger: ReactElement }) => ReactNode;
}

/** As small as a popup can be: its trigger opens it and says so. */
function Popup({ trigger }: { trigger: ReactElement }) {
  const [open, setOpen] = useState(false);
  const given = {
    onClick: () => setOpen((now) => !now),
    onKeyDown: (event: KeyboardEvent) => event.key === "ArrowDown" && setOpen(true),
    "aria-expanded": open,
    "data-popup-open": open ? "" : undefined,
    id: "taken-over",
  };
  return (
    <>
      {cloneElement(trigger, given)}
      {open && <p>shown</p>}
    </>
  );
}

/** A part that arrives when the test says so. */
function partInHand() {
  const waiting: { resolve: (part: Shown) => void; reject: (error: Error) => void }[] = [];
  const part = lazyPart(() => new Promise<Shown>((resolve, reject) => waiting.push({ resolve, reject })));
  return {
    part,
    fetches: () => waiting.length,
    arrive: () => act(() => Promise.resolve(waiting.at(-1)?.resolve({ Popup }))),
    fail: () => act(() => Promise.resolve(waiting.at(-1)?.reject(new Error("offline")))),
  };
}

function draw(
  part: ReturnType<typeof partInHand>["part"],
  wanted = false,
  onMissing?: () => void,
): HTMLElement {
  render(
    <Opener
      trigger={<button type="button">more</button>}
      opens="menu"
      part={part}
      wanted={wanted}
      onMissing={onMissing}
    >
      {({ Popup }, trigger) => <Popup trigger={trigger} />}
    </Opener>,
  );
  return screen.getByRole("button");
}

describe("a button whose popup comes later", () => {
  it("fetches nothing before somebody takes an interest, and then once", () => {
    const { part, fetches } = partInHand();
    const button = draw(part);
    expect(fetches()).toBe(0);
    fireEvent.pointerEnter(button);
    fireEvent.focus(button);
    expect(fetches()).toBe(1);
  });

  it("opens what was clicked too early as soon as it is there, and stays the same button with the focus", async () => {
    const { part, arrive } = partInHand();
    const button = draw(part);
    expect(button.getAttribute("aria-expanded")).toBe("false");
    expect(button.getAttribute("aria-haspopup")).toBe("menu");
    button.focus();
    fireEvent.click(button);
    await arrive();
    expect(screen.getByText("shown")).toBeTruthy();
    expect(screen.getByRole("button")).toBe(button);
    expect(document.activeElement).toBe(button);
    expect(button.getAttribute("aria-expanded")).toBe("true");
    expect(button.hasAttribute("data-popup-open")).toBe(true);
    fireEvent.click(button);
    expect(screen.queryByText("shown")).toBeNull();
    expect(button.hasAttribute("data-popup-open")).toBe(false);
  });

  it("opens by an arrow that was pressed too early", async () => {
    const { part, arrive } = partInHand();
    const button = draw(part);
    fireEvent.keyDown(button, { key: "ArrowDown" });
    await arrive();
    expect(screen.getByText("shown")).toBeTruthy();
  });

  it("opens nothing where only the mouse went over it", async () => {
    const { part, arrive } = partInHand();
    const button = draw(part);
    fireEvent.pointerEnter(button);
    await arrive();
    expect(screen.queryByText("shown")).toBeNull();
    fireEvent.click(button);
    expect(screen.getByText("shown")).toBeTruthy();
  });

  it("says that it could not be fetched where it was asked for, and is tried again", async () => {
    const told = vi.spyOn(toast, "error").mockReturnValue(undefined);
    const { part, fetches, arrive, fail } = partInHand();
    const button = draw(part);
    fireEvent.pointerEnter(button);
    await fail();
    expect(told).not.toHaveBeenCalled();
    fireEvent.click(button);
    await fail();
    expect(told).toHaveBeenCalledOnce();
    fireEvent.click(button);
    expect(fetches()).toBe(3);
    await arrive();
    expect(screen.getByText("shown")).toBeTruthy();
  });

  it("is taken over at once where the part is there already", async () => {
    const { part, arrive } = partInHand();
    void part.load();
    await arrive();
    expect(draw(part, true).id).toBe("taken-over");
  });

  it("tells who wants it open that it could not be fetched", async () => {
    vi.spyOn(toast, "error").mockReturnValue(undefined);
    const missing = vi.fn();
    const { part, fail } = partInHand();
    draw(part, true, missing);
    await fail();
    expect(missing).toHaveBeenCalledOnce();
  });
});
