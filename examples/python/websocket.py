"""RFC 6455 as a client needs it: text messages over TCP or TLS."""

import asyncio
import base64
import hashlib
import os
import ssl
import struct
from urllib.parse import urlsplit

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
LARGEST_MESSAGE = 16 * 1024 * 1024


class ConnectionLost(Exception):
    """The connection ended, or was too broken to go on. Coming back may help."""

    def __init__(self, code: int, reason: str = "") -> None:
        super().__init__(f"{code} {reason}".strip())
        self.code = code


class Refused(Exception):
    """The server said no. Where retry_after (seconds) is there, the same may be asked again."""

    def __init__(self, code: str, message: str = "", retry_after: float | None = None) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.retry_after = retry_after


class WebSocket:
    """One connection: text messages in and out; pings and closing are looked after here."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def connect(cls, url: str, tls: ssl.SSLContext | None = None) -> "WebSocket":
        """Open ws://host:port/ws or wss://host:port/ws."""
        parts = urlsplit(url)
        secure = parts.scheme == "wss"
        port = parts.port or (443 if secure else 80)
        context = (tls or ssl.create_default_context()) if secure else None
        reader, writer = await asyncio.open_connection(parts.hostname, port, ssl=context)
        key = base64.b64encode(os.urandom(16)).decode()
        writer.write((f"GET {parts.path or '/ws'} HTTP/1.1\r\nHost: {parts.netloc}\r\n"
                      "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                      f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
                      "Sec-WebSocket-Protocol: minato.v1\r\n\r\n").encode())
        try:
            answer = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            status, *lines = answer.split("\r\n")
            headers = {name.strip().lower(): value.strip()
                       for name, _, value in (line.partition(":") for line in lines)}
            code = int(status.split()[1])
            if 400 <= code < 500:
                raise Refused(f"http_{code}", status)  # Asking again would change nothing.
            accept = hashlib.sha1((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest()
            proof = base64.b64encode(accept).decode()
            if code != 101 or headers.get("sec-websocket-accept") != proof:
                raise ConnectionLost(1002, status)
            if headers.get("sec-websocket-protocol") != "minato.v1":
                raise ConnectionLost(1002, "another subprotocol")
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError,
                IndexError, ValueError) as error:
            writer.close()
            raise ConnectionLost(1006, "no answer to the upgrade") from error
        except BaseException:
            writer.close()
            raise
        return cls(reader, writer)

    async def send(self, text: str) -> None:
        """Send one text message, and wait while the network is behind."""
        self._write(TEXT, text.encode())
        await self._writer.drain()

    async def receive(self) -> str:
        """Return the next text message; raise ConnectionLost when there is none any more."""
        try:
            return (await self._message()).decode()
        except UnicodeDecodeError as error:
            raise self._fail(1007, "not UTF-8") from error
        except (asyncio.IncompleteReadError, OSError) as error:
            raise ConnectionLost(1006, "the connection broke") from error

    def close(self, code: int = 1000) -> None:
        """Say goodbye, if there is still somebody to hear it."""
        if not self._writer.is_closing():
            self._write(CLOSE, struct.pack(">H", code))
            self._writer.close()

    async def _message(self) -> bytes:
        message: bytes | None = None  # None: no message has begun.
        while True:
            final, opcode, payload = await self._frame()
            if opcode == PING:
                self._write(PONG, payload)
                await self._writer.drain()
            elif opcode == CLOSE:
                code = struct.unpack(">H", payload[:2])[0] if len(payload) >= 2 else 1005
                self.close(1000 if code == 1005 else code)
                raise ConnectionLost(code, payload[2:].decode("utf-8", "replace"))
            elif opcode in (0, TEXT):
                if (opcode == 0) == (message is None):
                    raise self._fail(1002, "fragments out of order")
                message = (message or b"") + payload
                if len(message) > LARGEST_MESSAGE:
                    raise self._fail(1009, "too long")
                if final:
                    return message
            elif opcode != PONG:
                raise self._fail(1003, f"opcode {opcode}")

    async def _frame(self) -> tuple[bool, int, bytes]:
        first, second = await self._reader.readexactly(2)
        opcode, length = first & 15, second & 127
        if first & 0x70 or second & 0x80 or (opcode >= 8 and (length > 125 or not first & 0x80)):
            raise self._fail(1002, "a frame that no server sends")
        if length == 126:
            length = struct.unpack(">H", await self._reader.readexactly(2))[0]
        elif length == 127:
            length = struct.unpack(">Q", await self._reader.readexactly(8))[0]
        if length > LARGEST_MESSAGE:
            raise self._fail(1009, "too long")
        return bool(first & 0x80), opcode, await self._reader.readexactly(length)

    def _write(self, opcode: int, payload: bytes) -> None:
        size = len(payload)
        if size < 126:
            head = struct.pack(">BB", 0x80 | opcode, 0x80 | size)
        elif size < 65536:
            head = struct.pack(">BBH", 0x80 | opcode, 0x80 | 126, size)
        else:
            head = struct.pack(">BBQ", 0x80 | opcode, 0x80 | 127, size)
        mask = os.urandom(4)
        # As one large number, because a loop over the bytes would be slow.
        key = int.from_bytes((mask * (size // 4 + 1))[:size], "big")
        masked = (int.from_bytes(payload, "big") ^ key).to_bytes(size, "big")
        self._writer.write(head + mask + masked)

    def _fail(self, code: int, reason: str) -> ConnectionLost:
        self.close(code)
        return ConnectionLost(code, reason)
