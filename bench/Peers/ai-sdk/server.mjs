import { createServer } from "node:http";
import { createGroq } from "@ai-sdk/groq";
import { streamText } from "ai";
import { WebSocket, WebSocketServer } from "ws";
import { openDatabase } from "./database.mjs";

const groq = createGroq({
  apiKey: process.env.GROQ_API_KEY,
  baseURL: `${process.env.GROQ_BASE_URL}/openai/v1`,
});
const model = groq("openai/gpt-oss-120b");
const database = openDatabase(process.env.DATABASE_URL);

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
    const { message, conversation_id } = JSON.parse(frame);
    if (typeof message !== "string" || message === "") throw new TypeError("There is no message.");
    const conversation = database.saveQuestion(conversation_id, message);
    const result = streamText({
      model,
      messages: database.messages(conversation),
      abortSignal: left.signal,
      onEnd: ({ text }) => database.saveReply(conversation, text),
      // The stream's own error part tells the client; the default writes to the console.
      onError: () => {},
    });
    for await (const part of result.stream) {
      if (part.type === "text-delta") send({ status: "streaming", text: part.text });
      if (part.type === "error") throw part.error;
    }
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
  database.close();
});
