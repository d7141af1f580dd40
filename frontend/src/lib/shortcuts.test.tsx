import { fireEvent, render } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { useCommands } from "./commands";
import { keysOf, shortcutFor, shortcuts, useShortcuts, type Pressed } from "./shortcuts";

function pressed(key: string, rest: Partial<Pressed> = {}): Pressed {
  return { key, code: "", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...rest };
}

function idOf(event: Pressed, mac = false): string | undefined {
  return shortcutFor(event, mac)?.id;
}

describe("the keys of commands", () => {
  it("Take Ctrl elsewhere and Command on a Mac, and never both", () => {
    expect(idOf(pressed("k", { ctrlKey: true }))).toBe("palette");
    expect(idOf(pressed("k", { metaKey: true }), true)).toBe("palette");
    expect(idOf(pressed("k", { ctrlKey: true }), true)).toBeUndefined();
    expect(idOf(pressed("k", { ctrlKey: true, metaKey: true }))).toBeUndefined();
    expect(idOf(pressed("k", { ctrlKey: true, shiftKey: true }))).toBeUndefined();
    expect(idOf(pressed("k"))).toBeUndefined();
  });

  it("Letters are where they are on a Latin keyboard where the layout has others", () => {
    expect(idOf(pressed("ن", { code: "KeyK", ctrlKey: true }))).toBe("palette");
    expect(idOf(pressed("K", { code: "KeyT", ctrlKey: true }))).toBe("palette");
  });

  it("Signs are what is written, however the layout writes them", () => {
    expect(idOf(pressed("?", { code: "Minus", shiftKey: true }))).toBe("shortcuts");
    expect(idOf(pressed("؟", { shiftKey: true }))).toBe("shortcuts");
    expect(idOf(pressed("/", { code: "Digit7", shiftKey: true }))).toBe("focus-composer");
    expect(idOf(pressed(",", { ctrlKey: true }))).toBe("settings");
  });

  it("Two commands never share keys", () => {
    for (const mac of [false, true]) {
      const said = Object.keys(shortcuts).flatMap((id) =>
        keysOf(id, mac).map((keys) => JSON.stringify(keys)),
      );
      expect(new Set(said).size).toBe(said.length);
    }
  });
});

function Page({ ids, run }: { ids: readonly string[]; run: (id: string) => void }) {
  useShortcuts();
  useCommands(ids.map((id) => ({ id, title: id, run: () => run(id) })));
  return <textarea aria-label="field" />;
}

describe("pressing them", () => {
  afterEach(() => document.body.replaceChildren());

  function setUp() {
    const run = vi.fn();
    const ids = ["palette", "shortcuts", "stop", "rename"];
    const { getByLabelText } = render(<Page ids={ids} run={run} />);
    return { run, field: getByLabelText("field") };
  }

  it("Runs what has the keys, and what is not there leaves them to the browser", () => {
    const { run } = setUp();
    expect(fireEvent.keyDown(document.body, { key: "?" })).toBe(false);
    expect(fireEvent.keyDown(document.body, { key: ",", ctrlKey: true })).toBe(true);
    expect(run.mock.calls).toEqual([["shortcuts"]]);
  });

  it("While somebody types a sign is a sign, and neither composing nor AltGr is a shortcut", () => {
    const { run, field } = setUp();
    fireEvent.keyDown(field, { key: "?" });
    fireEvent.keyDown(field, { key: "k", ctrlKey: true, isComposing: true });
    fireEvent.keyDown(field, { key: "Escape", isComposing: true });
    expect(run).not.toHaveBeenCalled();
    fireEvent.keyDown(field, { key: "k", ctrlKey: true });
    fireEvent.keyDown(field, { key: "Escape" });
    expect(run.mock.calls).toEqual([["palette"], ["stop"]]);
  });

  it("What is open over the page keeps its keys, save those of the palette", () => {
    const { run } = setUp();
    const dialog = document.createElement("div");
    dialog.setAttribute("role", "dialog");
    document.body.append(dialog);
    fireEvent.keyDown(dialog, { key: "Escape" });
    fireEvent.keyDown(dialog, { key: "?" });
    expect(run).not.toHaveBeenCalled();
    fireEvent.keyDown(dialog, { key: "k", ctrlKey: true });
    expect(run.mock.calls).toEqual([["palette"]]);
  });
});
