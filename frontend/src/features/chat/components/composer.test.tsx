import { fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { WithWords } from "@/testing/with-words";
import { Composer } from "./composer";

const found = vi.fn();
const options = [
  { id: "prompt-1", name: "sum-up", title: "Sum this up:", text: "Sum this up: " },
  { id: "settings", name: "settings", title: "Settings", run: found },
];
const sent = ["newest", "oldest"];

function setUp({ growing = false, stopping = false, first = "" } = {}) {
  const onSend = vi.fn();
  const onStop = vi.fn();
  function Host() {
    const [text, setText] = useState(first);
    return (
      <Composer
        text={text}
        onText={setText}
        onSend={onSend}
        onStop={onStop}
        growing={growing}
        stopping={stopping}
        focusKey="new"
        history={() => sent}
        slashOptions={options}
      />
    );
  }
  render(<Host />, { wrapper: WithWords });
  return { onSend, onStop, area: screen.getByTestId<HTMLTextAreaElement>("composer") };
}

describe("Composer", () => {
  it("Enter sends the text without the space around it", async () => {
    const { onSend, area } = setUp();
    await userEvent.type(area, "  Hello {Enter}");
    expect(onSend).toHaveBeenCalledExactlyOnceWith("Hello");
  });

  it("Shift+Enter breaks the line", async () => {
    const { onSend, area } = setUp();
    await userEvent.type(area, "one{Shift>}{Enter}{/Shift}two");
    expect(area.value).toBe("one\ntwo");
    expect(onSend).not.toHaveBeenCalled();
  });

  it("Enter that ends a composition of an input method does not send", () => {
    const { onSend, area } = setUp({ first: "こんにちは" });
    fireEvent.keyDown(area, { key: "Enter", isComposing: true });
    fireEvent.keyDown(area, { key: "Enter", keyCode: 229 });
    expect(onSend).not.toHaveBeenCalled();
    fireEvent.keyDown(area, { key: "Enter" });
    expect(onSend).toHaveBeenCalledOnce();
  });

  it("Nothing but space is not sent", async () => {
    const { onSend, area } = setUp();
    await userEvent.type(area, "   {Enter}");
    expect(onSend).not.toHaveBeenCalled();
    expect(screen.getByTestId<HTMLButtonElement>("send").disabled).toBe(true);
  });

  it("While a reply grows one can type, send what is to follow it, and stop it", async () => {
    const { onSend, onStop, area } = setUp({ growing: true });
    await userEvent.type(area, "next{Enter}");
    expect(onSend).toHaveBeenCalledExactlyOnceWith("next");
    await userEvent.click(screen.getByRole("button", { name: "Send after this reply" }));
    expect(onSend).toHaveBeenCalledTimes(2);
    await userEvent.click(screen.getByRole("button", { name: "Stop the reply" }));
    expect(onStop).toHaveBeenCalledOnce();
    expect(document.activeElement).toBe(area);
  });

  it("A stop that the server has not heard of yet says that it waits", () => {
    setUp({ growing: true, stopping: true });
    expect(screen.getByText("Stopping the reply…")).toBeTruthy();
  });

  it("48 KiB of UTF-8 can be sent and a byte more cannot", () => {
    const { onSend, area } = setUp({ first: "ü".repeat(24 * 1024) });
    fireEvent.keyDown(area, { key: "Enter" });
    expect(onSend).toHaveBeenCalledOnce();
    fireEvent.change(area, { target: { value: `${"ü".repeat(24 * 1024)}.` } });
    fireEvent.keyDown(area, { key: "Enter" });
    expect(onSend).toHaveBeenCalledOnce();
    expect(screen.getByText(/too long to send/)).toBeTruthy();
  });

  it("a text that no frame holds once its quotes are escaped cannot be sent", () => {
    const { onSend, area } = setUp({ first: '"\n'.repeat(20_000) });
    fireEvent.keyDown(area, { key: "Enter" });
    expect(onSend).not.toHaveBeenCalled();
    expect(screen.getByText(/too long to send/)).toBeTruthy();
  });

  it("A slash opens a list: arrows point, Tab puts a preset in the place of what was typed", async () => {
    const { area } = setUp();
    await userEvent.type(area, "/s");
    expect(screen.getAllByRole("option").map(({ textContent }) => textContent)).toEqual([
      "/sum-upSum this up:",
      "/settingsSettings",
    ]);
    expect(area.getAttribute("aria-activedescendant")).toBe("slash-prompt-1");
    await userEvent.keyboard("{ArrowDown}");
    expect(area.getAttribute("aria-activedescendant")).toBe("slash-settings");
    await userEvent.keyboard("{ArrowUp}{Tab}");
    expect(area.value).toBe("Sum this up: ");
    expect(document.activeElement).toBe(area);
    expect(screen.queryByRole("listbox")).toBeNull();
  });

  it("Enter runs a command, a click does too, and nothing is sent", async () => {
    const { area, onSend } = setUp();
    await userEvent.type(area, "/set{Enter}");
    expect([found.mock.calls.length, area.value]).toEqual([1, ""]);
    await userEvent.type(area, "/set");
    await userEvent.click(screen.getByRole("option"));
    expect([found.mock.calls.length, area.value]).toEqual([2, ""]);
    expect(onSend).not.toHaveBeenCalled();
  });

  it("Escape closes the list and keeps the text, and a path can be sent", async () => {
    const { area, onSend } = setUp();
    await userEvent.type(area, "/s{Escape}");
    expect([screen.queryByRole("listbox"), area.value]).toEqual([null, "/s"]);
    await userEvent.type(area, "{Enter}");
    await userEvent.clear(area);
    await userEvent.type(area, "/etc/passwd{Enter}");
    expect(onSend.mock.calls).toEqual([["/s"], ["/etc/passwd"]]);
  });

  it("Up recalls what was sent, Escape brings back what was typed", async () => {
    const { area } = setUp();
    await userEvent.type(area, "half{Home}{ArrowUp}");
    expect(area.value).toBe("newest");
    await userEvent.keyboard("{ArrowUp}");
    expect(area.value).toBe("oldest");
    await userEvent.keyboard("{ArrowDown}");
    expect(area.value).toBe("newest");
    await userEvent.keyboard("{Escape}");
    expect(area.value).toBe("half");
  });
});
