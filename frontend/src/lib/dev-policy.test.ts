import { expect, it } from "vitest";
import { devPolicy } from "./dev-policy";

function connectSrc(apiUrl: string): string | undefined {
  const policy = devPolicy(apiUrl)["Content-Security-Policy"] ?? "";
  return policy.split("; ").find((part) => part.startsWith("connect-src"));
}

it("lets the dev server's page talk to the API by each name of this machine, and to nobody else", () => {
  expect(connectSrc("http://localhost:8000")).toBe(
    "connect-src 'self' http://localhost:8000 ws://localhost:8000 http://127.0.0.1:8000 ws://127.0.0.1:8000",
  );
  expect(connectSrc("https://chat.example/api")).toBe(
    "connect-src 'self' https://chat.example wss://chat.example",
  );
});

it("allows nothing that is not named", () => {
  const policy = devPolicy("http://localhost:8000")["Content-Security-Policy"];
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
});
