import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { HeadWait } from "./head-wait";
import { known, loaded } from "./testing";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("HeadWait", () => {
  const waiting = { ...known(loaded), awaitedHead: 99 };

  it("Goes for a head whose messages do not come, once", () => {
    const follow = vi.fn();
    const wait = new HeadWait(follow);
    wait.check([waiting]);
    wait.check([waiting]);
    vi.runAllTimers();
    expect(follow).toHaveBeenCalledExactlyOnceWith(12);
  });

  it("Does nothing where they came, or where the page goes", () => {
    const follow = vi.fn();
    const wait = new HeadWait(follow);
    wait.check([waiting]);
    wait.check([known(loaded)]);
    wait.check([waiting]);
    wait.stop();
    vi.runAllTimers();
    expect(follow).not.toHaveBeenCalled();
  });
});
