// The demonstration of demo.sh: node --experimental-websocket demo.mjs PATH/TO/TahoChat.Api.dll
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const program = process.argv[2];
const folder = mkdtempSync(join(tmpdir(), "tahochat-demo-"));
const paint = (code) => (text) => (process.stdout.isTTY && text ? `\x1b[${code}m${text}\x1b[0m` : text);
const [bold, dim] = [paint("1;36"), paint("2")];
const port = await freePort();
const address = `http://127.0.0.1:${port}`;
let api;

process.on("exit", () => {
  api?.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(130));

function say(text) {
  process.stdout.write(`\n${bold(`# ${text}`)}\n`);
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port: free } = probe.address();
      probe.close(() => resolve(free));
    });
  });
}

async function within(seconds, what, attempt) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const result = await attempt().catch(() => undefined);
    if (result !== undefined) return result;
    if (Date.now() > end || api.exitCode !== null) throw new Error(`${what} took more than ${seconds} s.`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

async function start() {
  const began = Date.now();
  api = spawn("dotnet", [program], {
    cwd: dirname(program),
    stdio: "ignore",
    env: {
      ...process.env,
      HOST: "127.0.0.1",
      PORT: `${port}`,
      DATABASE_URL: join(folder, "chat.db"),
      // Blank counts as none, and beats a .env file: the emulator answers.
      GROQ_API_KEY: "",
      GROQ_BASE_URL: "",
      EMULATOR_TOKENS_PER_SECOND: "60",
    },
  });
  await within(60, "The start", async () => (await fetch(`${address}/health`)).ok || undefined);
  return Date.now() - began;
}

function connect() {
  const socket = new WebSocket(`${address.replace("http", "ws")}/ws/chat`);
  return new Promise((resolve, reject) => {
    socket.onopen = () => resolve(socket);
    socket.onerror = () => reject(new Error("The socket broke."));
  });
}

/** Shows a reply as it grows, dimly as far as it is `known`; ends with it, or with the connection. */
function follow(socket, frame, { known = 0, onText = () => undefined } = {}) {
  const seen = { text: "", conversation: 0, message: 0, status: undefined };
  socket.send(JSON.stringify(frame));
  return new Promise((resolve) => {
    socket.onclose = () => resolve(seen);
    socket.onmessage = ({ data }) => {
      const event = JSON.parse(data);
      if (event.status === "streaming") {
        [seen.conversation, seen.message] = [event.conversation_id, event.message_id];
        const old = Math.max(0, known - seen.text.length);
        seen.text += event.text;
        process.stdout.write(dim(event.text.slice(0, old)) + event.text.slice(old));
        onText(seen);
      } else if (event.status === "complete" || event.status === "error") {
        seen.status = event.message_status ?? event.code;
        resolve(seen);
      }
    };
  });
}

async function kept({ conversation, message }) {
  const response = await fetch(`${address}/conversations/${conversation}`);
  return (await response.json()).messages.find(({ id }) => id === message);
}

try {
  say("A first start, on an empty database");
  process.stdout.write(`Ready after ${await start()} ms.\n`);

  const question = "Tell me about the sea, with a table";
  say(`"${question}"`);
  const seen = await follow(await connect(), { message: question }, {
    onText: ({ text }) => {
      if (text.length > 320) api.kill("SIGKILL");
    },
  });
  process.stdout.write(`\n`);
  say(`kill -9, in the middle of it: ${seen.text.length} characters were seen`);

  process.stdout.write(`Started again, ready after ${await start()} ms.\n`);
  const half = await kept(seen);
  say(`What was kept: ${half.content.length} characters, "${half.status}"`);
  process.stdout.write(`… ${half.content.slice(-72).split("\n").at(-1)}\n`);

  say("Continue");
  const command = { type: "continue", conversation_id: seen.conversation, message_id: seen.message };
  const whole = await follow(await connect(), command, { known: half.content.length });
  process.stdout.write("\n");
  const told = whole.text.startsWith(half.content) && seen.text.startsWith(half.content);
  say(`"${whole.status}": ${whole.text.length} characters, the kept ${half.content.length} first`);
  if (half.status !== "interrupted" || whole.status !== "complete" || !told) throw new Error("That is not what was promised.");
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
process.exit();
