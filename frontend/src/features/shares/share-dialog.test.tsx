import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { addShare, ApiError, getShares, revokeShare } from "@/lib/api-client";
import { WithWords } from "@/testing/with-words";
import { ShareDialog } from "./share-dialog";

vi.mock(import("@/lib/api-client"), async (original) => ({
  ...(await original()),
  getShares: vi.fn(),
  addShare: vi.fn(),
  revokeShare: vi.fn(),
}));

const share = (id: number) => ({ id, title: `Title ${id}`, created_at: "2026-11-23T08:30:00Z" });

function show() {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <QueryClientProvider client={client}>
      <WithWords>
        <ShareDialog open id={7} title="Tides" onClose={() => undefined} />
      </WithWords>
    </QueryClientProvider>,
  );
}

describe("the addresses of a conversation", () => {
  beforeEach(() => {
    vi.mocked(getShares).mockResolvedValue([share(1)]);
    vi.mocked(addShare).mockResolvedValue({ ...share(2), url: "http://api.example:8000/s/token" });
    vi.mocked(revokeShare).mockResolvedValue();
  });
  afterEach(() => {
    cleanup();
    vi.clearAllMocks();
  });

  it("shows a new one once, at the place where this browser finds the API", async () => {
    show();
    await waitFor(() => expect(screen.getAllByTestId("share")).toHaveLength(1));
    fireEvent.click(screen.getByTestId("make-share"));
    await waitFor(() => expect(screen.getAllByTestId("share")).toHaveLength(2));
    const address = screen.getByTestId<HTMLInputElement>("share-address").value;
    expect(new URL(address).pathname).toBe("/s/token");
    expect(new URL(address).host).not.toBe("api.example:8000");
    expect(addShare).toHaveBeenCalledExactlyOnceWith(7);
  });

  it("ends one, and gives the focus to what is left", async () => {
    vi.mocked(getShares).mockResolvedValue([share(2), share(1)]);
    show();
    await waitFor(() => expect(screen.getAllByTestId("share")).toHaveLength(2));
    fireEvent.click(document.querySelectorAll("[data-button=revoke]")[1]!);
    await waitFor(() => expect(screen.getAllByTestId("share")).toHaveLength(1));
    expect(revokeShare).toHaveBeenCalledExactlyOnceWith(7, 1);
    await waitFor(() => expect(document.activeElement).toBe(document.querySelector("[data-button=revoke]")));
  });

  it("says why one could not be made, and keeps what there is", async () => {
    vi.mocked(addShare).mockRejectedValue(new ApiError(409, "Nothing is finished yet."));
    show();
    fireEvent.click(screen.getByTestId("make-share"));
    await waitFor(() => expect(screen.getByRole("alert").textContent).toContain("Nothing is finished yet."));
    expect(screen.queryByTestId("share-address")).toBeNull();
    await waitFor(() => expect(screen.getAllByTestId("share")).toHaveLength(1));
  });

  it("offers to try again where they could not be loaded", async () => {
    vi.mocked(getShares).mockRejectedValueOnce(new ApiError(503, "Busy."));
    show();
    fireEvent.click(await screen.findByRole("button", { name: "Try again" }));
    await waitFor(() => expect(screen.getAllByTestId("share")).toHaveLength(1));
  });
});
