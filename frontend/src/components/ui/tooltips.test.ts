import { fireEvent } from "@testing-library/dom";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { showTooltips } from "./tooltips";

let end: () => void;

function button(name: string): HTMLElement {
  const made = document.createElement("button");
  made.ariaLabel = name;
  made.dataset.tooltip = "bottom";
  document.body.append(made);
  return made;
}

function shown(): string | null {
  const tip = document.querySelector<HTMLElement>("[data-testid=tooltip]");
  return tip && !tip.hidden ? tip.textContent : null;
}

const over = (element: Element, pointerType = "mouse") => fireEvent.pointerOver(element, { pointerType });

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  end = showTooltips();
});

afterEach(() => {
  end();
  document.body.replaceChildren();
  vi.useRealTimers();
});

describe("tooltips", () => {
  it("come after a rest, and go with the mouse", () => {
    const copy = button("Copy");
    over(copy);
    vi.advanceTimersByTime(400);
    expect(shown()).toBeNull();
    vi.advanceTimersByTime(100);
    expect(shown()).toBe("Copy");
    over(document.body);
    vi.advanceTimersByTime(100);
    expect(shown()).toBeNull();
  });

  it("stay while the mouse is on them", () => {
    const copy = button("Copy");
    over(copy);
    vi.advanceTimersByTime(500);
    over(document.body);
    vi.advanceTimersByTime(50);
    over(document.querySelector("[data-testid=tooltip]") ?? document.body);
    vi.advanceTimersByTime(1000);
    expect(shown()).toBe("Copy");
  });

  it("follow along a row of buttons without another rest", () => {
    const [copy, edit] = [button("Copy"), button("Edit")];
    over(copy);
    vi.advanceTimersByTime(500);
    over(edit);
    vi.advanceTimersByTime(100);
    expect(shown()).toBe("Edit");
  });

  it("go by Escape and by a press, and do not come for a finger", () => {
    const copy = button("Copy");
    over(copy);
    vi.advanceTimersByTime(500);
    fireEvent.keyDown(document.body, { key: "Escape" });
    expect(shown()).toBeNull();
    vi.advanceTimersByTime(1000);
    over(document.body);
    over(copy);
    vi.advanceTimersByTime(500);
    expect(shown()).toBe("Copy");
    fireEvent.pointerDown(copy);
    expect(shown()).toBeNull();
    vi.advanceTimersByTime(1000);
    over(document.body);
    over(copy, "touch");
    vi.advanceTimersByTime(1000);
    expect(shown()).toBeNull();
  });
});
