import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { createExport } from "./otlp";
import { newTurn, type Turn } from "./turn";

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}

const context = { traceId: "4bf92f3577b34da6a3ce929d0e0e4736", spanId: "00f067aa0ba902b7" };
const turn: Turn = {
  ...newTurn(context, "send", 1_790_000_000_000, 0.25),
  answered: 1_790_000_000_001.5,
  events: [{ name: "sent", at: 1_790_000_000_001 }],
  refusal: "conflict",
};

it("Spans go out as OTLP in JSON", async () => {
  const asked = new Promise<{ type?: string; text: string }>((resolve) => {
    const server = createServer((request, response) => {
      void textOf(request).then((text) => {
        response.end("{}");
        server.close();
        resolve({ type: request.headers["content-type"], text });
      });
    });
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      createExport(`http://127.0.0.1:${port}/telemetry/traces`)([turn]);
    });
  });
  const { type, text } = await asked;
  const body = JSON.parse(text) as unknown;
  expect(type).toBe("application/json");
  expect(body).toMatchObject({
    resourceSpans: [
      {
        resource: { attributes: [{ key: "service.name", value: { stringValue: "tahochat-browser" } }] },
        scopeSpans: [
          {
            spans: [
              {
                traceId: "4bf92f3577b34da6a3ce929d0e0e4736",
                spanId: "00f067aa0ba902b7",
                name: "send",
                kind: 3,
                startTimeUnixNano: "1790000000000250000",
                endTimeUnixNano: "1790000000001500000",
                status: { code: 2 },
                events: [{ name: "sent", timeUnixNano: "1790000000001000000" }],
              },
            ],
          },
        ],
      },
    ],
  });
});
