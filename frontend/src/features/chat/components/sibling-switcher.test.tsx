import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { WithWords } from "@/testing/with-words";
import { SiblingSwitcher } from "./sibling-switcher";

const select = vi.fn(() => true);
vi.mock("../chat-context", () => ({ useChatClient: () => ({ turns: { select } }) }));

function draw(id: number, siblings = "41,43,47") {
  return render(<SiblingSwitcher conversationId={12} id={id} siblings={siblings} of="message" />, {
    wrapper: WithWords,
  });
}

beforeEach(() => vi.clearAllMocks());

describe("SiblingSwitcher", () => {
  it("Says which version it is and leads to the ones before and after", async () => {
    draw(43);
    expect(screen.getByRole("group", { name: "Versions of this message" }).textContent).toBe("2 / 3");
    await userEvent.click(screen.getByRole("button", { name: "Earlier version" }));
    await userEvent.click(screen.getByRole("button", { name: "Later version" }));
    expect(select.mock.calls).toEqual([
      [12, 41],
      [12, 47],
    ]);
  });

  it("At an end its button does nothing and keeps the focus", async () => {
    draw(47);
    const later = screen.getByRole("button", { name: "Later version" });
    await userEvent.click(later);
    expect(select).not.toHaveBeenCalled();
    expect(later.getAttribute("aria-disabled")).toBe("true");
    expect(document.activeElement).toBe(later);
  });

  it("Of a single version there is nothing to see", () => {
    expect(draw(41, "41").container.textContent).toBe("");
  });
});
