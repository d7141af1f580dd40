import { beforeEach, describe, expect, it, vi } from "vitest";
import type * as LazyPart from "./lazy-part";

const shown = vi.hoisted(() =>
  Object.assign(vi.fn(), { error: vi.fn(), success: vi.fn(), dismiss: vi.fn() }),
);
const network = vi.hoisted(() => ({ down: false }));

vi.mock("sonner", () => ({ toast: shown }));
vi.mock("./lazy-part", async (original) => {
  const { lazyPart } = await original<typeof LazyPart>();
  return {
    lazyPart: <T>(load: () => Promise<T>) =>
      lazyPart(() => (network.down ? Promise.reject(new Error("offline")) : load())),
  };
});

beforeEach(() => {
  vi.resetModules();
  vi.clearAllMocks();
  network.down = false;
});

describe("messages at the edge of the page", () => {
  it("are shown as soon as their script is there", async () => {
    const { toast, toaster } = await import("./toast");
    toast.error("It did not work.", { duration: 10 });
    await toaster.load();
    expect(shown.error).toHaveBeenCalledWith("It did not work.", { duration: 10 });
  });

  it("are shown plainly without the script, and what waits for their end goes on", async () => {
    const { toast, plainWords } = await import("./toast");
    const gone = vi.fn();
    const seen: (string | null)[] = [];
    plainWords.subscribe(() => seen.push(plainWords.get()));
    network.down = true;
    toast("Deleted", { duration: 10, onAutoClose: gone });
    await vi.waitFor(() => expect(gone).toHaveBeenCalledOnce());
    expect(seen).toEqual(["Deleted", null]);
    network.down = false;
    toast.success("Copied");
    await vi.waitFor(() => expect(shown.success).toHaveBeenCalledOnce());
  });
});
