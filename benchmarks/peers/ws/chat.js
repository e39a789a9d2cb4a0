// The smallest fair chat on `ws`: node chat.js PORT. A client says "J ROOM" and then texts, which everybody in the room gets.
const { WebSocketServer } = require('ws');

const rooms = new Map();

function join(socket, name) {
  if (!rooms.has(name)) rooms.set(name, new Set());
  rooms.get(name).add(socket);
  socket.send('OK');
  return rooms.get(name);
}

const server = new WebSocketServer({ host: '127.0.0.1', port: Number(process.argv[2]), perMessageDeflate: false, backlog: 4096 });
server.on('connection', (socket) => {
  let room;
  socket.on('message', (text) => {
    if (!room) room = join(socket, text.toString());
    else for (const member of room) member.send(text, { binary: false });
  });
  socket.on('close', () => room?.delete(socket));
  socket.on('error', () => {});
});
