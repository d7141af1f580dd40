import { beforeEach, describe, expect, it } from "vitest";
import { EndKeeper } from "./end-keeper";

/** A scroller of 500 px whose content is as high as it is told. */
function scrollerOf(height: number) {
  const element = document.createElement("div");
  let top = 0;
  const content = { height };
  Object.defineProperties(element, {
    clientHeight: { get: () => 500 },
    scrollHeight: { get: () => Math.max(500, content.height) },
    scrollTop: {
      get: () => top,
      set: (value: number) => {
        top = Math.max(0, Math.min(value, element.scrollHeight - 500));
      },
    },
  });
  return { element, content };
}

describe("keeping to the end", () => {
  const away: boolean[] = [];
  let keeper: EndKeeper;
  let scroller: ReturnType<typeof scrollerOf>;
  const scrollTo = (top: number) => {
    scroller.element.scrollTop = top;
    scroller.element.dispatchEvent(new Event("scroll"));
  };
  const grow = (by: number) => {
    scroller.content.height += by;
    keeper.resized();
  };

  beforeEach(() => {
    away.length = 0;
    keeper = new EndKeeper();
    scroller = scrollerOf(2000);
    keeper.attach(scroller.element, (isAway) => away.push(isAway));
    keeper.toEnd();
    scrollTo(1500);
  });

  it("Goes along while the content grows", () => {
    grow(300);
    expect(scroller.element.scrollTop).toBe(1800);
  });

  it("Stays where the person scrolled to, and says that the end is away", () => {
    scrollTo(1200);
    grow(300);
    expect(scroller.element.scrollTop).toBe(1200);
    expect(away.at(-1)).toBe(true);
  });

  it("Lets go with the first turn of the wheel, before anything moved", () => {
    scroller.element.dispatchEvent(new WheelEvent("wheel", { deltaY: -10 }));
    grow(300);
    expect(scroller.element.scrollTop).toBe(1500);
  });

  it("Keeps to the end again once the person is back there, or asks for it", () => {
    scrollTo(1200);
    scrollTo(1498);
    grow(100);
    expect(scroller.element.scrollTop).toBe(1600);
    scrollTo(900);
    keeper.toEnd();
    expect(scroller.element.scrollTop).toBe(1600);
    expect(away.at(-1)).toBe(false);
  });

  it("Does not take for scrolling what became shorter", () => {
    scroller.content.height = 1700;
    scrollTo(1100);
    grow(50);
    expect(scroller.element.scrollTop).toBe(1250);
  });
});
