import { describe, expect, it } from "vitest";
import { apiOrigin, parseApiUrl, restBase, webSocketUrl, type Env } from "./env";

const dev: Env = { apiUrl: "http://localhost:8000", sameOrigin: false };
const exported: Env = { apiUrl: "http://localhost:8000", sameOrigin: true };
const page = { origin: "https://chat.example:8443", hostname: "chat.example" };

describe("env", () => {
  it("Without a setting the API is on port 8000 of this machine", () => {
    expect(parseApiUrl(undefined)).toBe("http://localhost:8000");
    expect(parseApiUrl("  ")).toBe("http://localhost:8000");
  });

  it("A trailing slash is left out and a path is kept", () => {
    expect(parseApiUrl("https://api.example/chat/")).toBe("https://api.example/chat");
  });

  it.each(["localhost:8000", "ftp://x", "nonsense"])("%s is refused", (value) => {
    expect(() => parseApiUrl(value)).toThrow("NEXT_PUBLIC_API_URL");
  });

  it("The export talks to its own origin", () => {
    expect(restBase(exported)).toBe("");
    expect(webSocketUrl(exported, page)).toBe("wss://chat.example:8443/ws/chat");
  });

  it("The dev server's page uses the rewrite for REST and the API itself for the socket", () => {
    expect(restBase(dev)).toBe("/api");
    expect(webSocketUrl(dev, { origin: "http://localhost:3000", hostname: "localhost" })).toBe(
      "ws://localhost:8000/ws/chat",
    );
  });

  it("Another spelling of loopback in the address bar is used for the socket too", () => {
    const spelled = { origin: "http://127.0.0.1:3000", hostname: "127.0.0.1" };
    expect(webSocketUrl(dev, spelled)).toBe("ws://127.0.0.1:8000/ws/chat");
    expect(apiOrigin({ apiUrl: "https://api.example", sameOrigin: false }, spelled)).toBe(
      "https://api.example",
    );
  });
});
