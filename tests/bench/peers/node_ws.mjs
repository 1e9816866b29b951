// Peer: Node's `ws`. `/fan` hears, `/say` is passed on to all, `/echo` answers.
import { WebSocketServer, WebSocket } from "ws";

const LIVE = '{"op":"live"}';
const listeners = new Set();
const server = new WebSocketServer({ host: "127.0.0.1", port: Number(process.argv[2]), perMessageDeflate: false, backlog: 4096 });

server.on("connection", (socket, request) => {
  if (request.url === "/fan") {
    listeners.add(socket);
    socket.on("close", () => listeners.delete(socket));
  }
  socket.on("message", (text) => {
    if (request.url === "/echo") socket.send(text, { binary: false });
    if (request.url !== "/say") return;
    for (const listener of listeners) if (listener.readyState === WebSocket.OPEN) listener.send(text, { binary: false });
  });
  socket.send(LIVE);
});
