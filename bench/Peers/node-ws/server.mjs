import { createServer } from "node:http";
import Groq from "groq-sdk";
import { WebSocket, WebSocketServer } from "ws";

const model = "openai/gpt-oss-120b";
const groq = new Groq({ apiKey: process.env.GROQ_API_KEY, baseURL: process.env.GROQ_BASE_URL });

const server = createServer((request, response) => {
  response.writeHead(request.url === "/health" ? 200 : 404).end();
});
const sockets = new WebSocketServer({ server, path: "/ws/chat" });

sockets.on("connection", (socket) => {
  let turn = Promise.resolve();
  socket.on("message", (frame) => {
    turn = turn.then(() => answer(socket, frame));
  });
  // A broken frame or connection: "close" follows.
  socket.on("error", () => {});
});

/** Never throws: a failure is told to the client, unless it has left. */
async function answer(socket, frame) {
  if (socket.readyState !== WebSocket.OPEN) return;
  const send = (event) => socket.send(JSON.stringify(event));
  const left = new AbortController();
  const leave = () => left.abort();
  socket.once("close", leave);
  try {
    const { message } = JSON.parse(frame);
    if (typeof message !== "string" || message === "") throw new TypeError("There is no message.");
    const stream = await groq.chat.completions.create(
      { model, messages: [{ role: "user", content: message }], stream: true },
      { signal: left.signal },
    );
    let finished = false;
    for await (const chunk of stream) {
      const choice = chunk.choices[0];
      if (choice?.delta.content) send({ status: "streaming", text: choice.delta.content });
      if (choice?.finish_reason) finished = true;
    }
    if (!finished) throw new Error("The provider's stream broke off.");
    send({ status: "complete" });
  } catch (error) {
    if (!left.signal.aborted) send({ status: "error", error: error.message });
  } finally {
    socket.off("close", leave);
  }
}

server.listen(Number(process.env.PORT), "127.0.0.1");

process.on("SIGTERM", () => {
  for (const socket of sockets.clients) socket.terminate();
  sockets.close();
  server.close();
  server.closeAllConnections();
});
