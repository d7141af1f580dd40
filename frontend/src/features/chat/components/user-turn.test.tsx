import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { WithWords } from "@/testing/with-words";
import { drafts, editKey } from "../drafts";
import type { ChatMessage, PendingSend } from "../state/types";
import { UserTurn } from "./user-turn";

const send = vi.fn();
const discard = vi.fn();
vi.mock("../chat-context", () => ({
  useChatClient: () => ({ send, sender: { discard }, turns: {} }),
  useChatState: () => false,
}));

const message: ChatMessage = {
  id: 41,
  conversation_id: 12,
  role: "user",
  content: "Explain tides",
  status: "complete",
  created_at: "2026-10-01T09:30:00.000Z",
};
const refused: PendingSend = {
  clientMessageId: "e",
  conversationId: 12,
  text: "Explain neap tides",
  edits: 41,
  createdAt: 0,
  refusal: { code: "conflict", error: "No." },
};

function draw(rest: Partial<Parameters<typeof UserTurn>[0]> = {}) {
  return render(<UserTurn message={message} siblings="41" {...rest} />, { wrapper: WithWords });
}

async function begin(): Promise<HTMLTextAreaElement> {
  await userEvent.click(screen.getByRole("button", { name: "Edit message" }));
  return screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Text of the message" });
}

beforeEach(() => {
  vi.clearAllMocks();
  drafts.sent(editKey(41));
});

describe("A message that is edited", () => {
  it("Goes out with Enter as another version of itself", async () => {
    draw();
    await userEvent.type(await begin(), " again{Enter}");
    expect(send).toHaveBeenCalledExactlyOnceWith("Explain tides again", 12, { edits: 41, draft: "edit-41" });
    expect(screen.queryByRole("textbox")).toBeNull();
    expect(drafts.read("edit-41")).toBe("");
  });

  it("Is left as it was with Escape, or when nothing of it changed", async () => {
    draw();
    await userEvent.type(await begin(), " again{Escape}");
    expect(screen.getByTestId("message-content").textContent).toBe("Explain tides");
    await userEvent.type(await begin(), "{Enter}");
    expect(screen.queryByRole("textbox")).toBeNull();
    expect(send).not.toHaveBeenCalled();
  });

  it("Is not sent without words", async () => {
    draw();
    await userEvent.clear(await begin());
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Save & send" }).disabled).toBe(true);
  });

  it("Keeps its text when the page goes", async () => {
    const { unmount } = draw();
    await userEvent.type(await begin(), " again");
    unmount();
    draw();
    expect(screen.getByRole<HTMLTextAreaElement>("textbox").value).toBe("Explain tides again");
  });

  it("Stays open where another tab's version takes its place, and is still a version of the same one", async () => {
    const { rerender } = draw();
    await userEvent.type(await begin(), " mine");
    rerender(<UserTurn message={{ ...message, id: 43, content: "Theirs" }} siblings="41,43" />);
    await userEvent.type(screen.getByRole("textbox"), "{Enter}");
    expect(send).toHaveBeenCalledExactlyOnceWith("Explain tides mine", 12, { edits: 41, draft: "edit-41" });
  });

  it("Keeps its text when the server refuses it, and says why", async () => {
    draw({ refused });
    expect(screen.getByRole<HTMLTextAreaElement>("textbox").value).toBe("Explain neap tides");
    expect(screen.getByRole("alert").textContent).toContain("already sent with another text");
    await userEvent.click(screen.getByRole("button", { name: "Save & send" }));
    expect(send).toHaveBeenCalledExactlyOnceWith("Explain neap tides", 12, { edits: 41, draft: "edit-41" });
    expect(discard).toHaveBeenCalledExactlyOnceWith("e");
  });
});
