// The emulator as a process of its own, for the length of a test file.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { after } from "node:test";
import { fileURLToPath } from "node:url";

const program =
  process.env.GROQ_EMULATOR ??
  fileURLToPath(new URL("../../TahoChat.GroqEmulator/bin/Debug/net10.0/TahoChat.GroqEmulator.dll", import.meta.url));
const patience = 60_000;
const longestRun = 300_000;

/** Starts it on a free port and returns its address, such as http://127.0.0.1:1234. */
export async function startEmulator() {
  const child = spawn("dotnet", [program, "--urls", "http://127.0.0.1:0"], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, EMULATOR_TOKENS_PER_SECOND: "0", EMULATOR_FIRST_TOKEN_MS: "0", EMULATOR_RATE_LIMITS: "off" },
  });
  after(() => child.kill("SIGKILL"));
  // A client that hangs must not hang the run: the file fails.
  setTimeout(() => process.exit(1), longestRun).unref();
  process.on("exit", () => child.kill("SIGKILL"));
  return await new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error(`The emulator did not start within ${patience} ms.`)), patience);
    child.on("exit", (code) => reject(new Error(`The emulator ended with ${code}.`)));
    createInterface({ input: child.stdout }).on("line", (line) => {
      const address = /Now listening on: (\S+)/.exec(line)?.[1];
      if (address) {
        clearTimeout(limit);
        resolve(address);
      }
    });
  });
}

/** How many completions were posted since the start. */
export async function posts(address) {
  return (await (await fetch(`${address}/emulator/requests`)).json()).posts;
}

/** Limits that are kept from now on; null switches them off. */
export async function limit(address, limits) {
  const response = await fetch(`${address}/emulator/limits`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ enforced: limits !== null, limits }),
  });
  if (!response.ok) throw new Error(`The limits were answered with ${response.status}: ${await response.text()}`);
}

/** Half a second of silence: 8 kHz, one channel, 16 bits. */
export function recording() {
  const bytes = 8_000;
  const wav = Buffer.alloc(44 + bytes);
  wav.write("RIFF", 0);
  wav.writeUInt32LE(36 + bytes, 4);
  wav.write("WAVEfmt ", 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(8_000, 24);
  wav.writeUInt32LE(16_000, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write("data", 36);
  wav.writeUInt32LE(bytes, 40);
  return wav;
}

export const model = "openai/gpt-oss-20b";

export const user = (content) => [{ role: "user", content }];

export const calculator = {
  type: "function",
  function: {
    name: "calculator",
    description: "Counts.",
    parameters: { type: "object", properties: { expression: { type: "string" } }, required: ["expression"] },
  },
};
