// Peer: socket.io over WebSocket alone. Who comes with `role=fan` hears; what `say` brings is emitted to all of them.
import { Server } from "socket.io";

const server = new Server(Number(process.argv[2]), { transports: ["websocket"], perMessageDeflate: false });

server.on("connection", (socket) => {
  if (socket.handshake.query.role === "fan") socket.join("fan");
  socket.on("say", (event) => server.to("fan").emit("message", event));
  socket.emit("message", { op: "live" });
});
