import { fireEvent, render, screen } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import { conversationHref, followInPage, goTo, useShownConversation } from "./navigation";

function Shown() {
  const id = useShownConversation();
  return (
    <a href={conversationHref(7)} onClick={followInPage}>
      {id === null ? "new chat" : String(id)}
    </a>
  );
}

beforeEach(() => goTo("/"));

describe("Navigation", () => {
  it("What is shown follows a click before anything else can be typed", () => {
    render(<Shown />);
    fireEvent.click(screen.getByText("new chat"));
    expect(screen.getByRole("link").textContent).toBe("7");
    expect(window.location.search).toBe("?c=7");
  });

  it("Back and forward are followed too", () => {
    render(<Shown />);
    fireEvent.click(screen.getByRole("link"));
    window.history.replaceState(null, "", "/?c=9");
    fireEvent(window, new PopStateEvent("popstate"));
    expect(screen.getByRole("link").textContent).toBe("9");
  });

  it("An address that names no conversation is a new chat", () => {
    goTo("/?c=none");
    render(<Shown />);
    expect(screen.getByRole("link").textContent).toBe("new chat");
  });
});
