"""A small client for Minato's WebSocket protocol, minato.v1.

Python 3.11 or newer, and nothing but its standard library.

Client keeps a connection, knows every room's position, and does each thing exactly once. Derive
from it and override its on_... methods; they are called one at a time, in order.
"""

import asyncio
import json
import random
import secrets
import ssl
import time
from typing import Any

from journal import Frame, Journal
from websocket import ConnectionLost, Refused, WebSocket

PAGE = 200  # The most that one question about history may ask for.
DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class Client:
    """One person at one server, through as many connections as it takes.

    `window` is how many mutations may be unanswered. With 1 they are done in the order in which
    they were put. With more they go faster, but those behind overtake one that is refused for now.
    """

    def __init__(self, url: str, journal: Journal | None = None, *, want: tuple[str, ...] = (),
                 token: str | None = None, window: int = 1,
                 tls: ssl.SSLContext | None = None) -> None:
        self.journal = journal or Journal()
        self.you: Frame = {}
        self.rooms: dict[str, Frame] = {}
        self.limits: Frame = {"frame": 65536, "inFlight": 64}
        self.ready = asyncio.Event()
        self._url, self._want, self._token, self._window, self._tls = url, want, token, window, tls
        self._ws: WebSocket | None = None
        self._loads: asyncio.Queue[tuple[str, int | None, int]] = asyncio.Queue()
        self._results: dict[str, asyncio.Future[Frame]] = {}  # of mutations, by cid
        self._questions: dict[str, asyncio.Future[Frame]] = {}  # by rid
        self._waiting: dict[str, list[Frame]] = {}  # events that wait for history, by room
        self._in_flight: set[str] = set()
        self._wake = asyncio.Event()
        self._not_before = 0.0
        self._allowed = 1
        self._failures = 0
        self._retry_after = 0.0

    # What to override.

    def on_ready(self) -> None:
        """Hear that a welcome came: rooms, you and limits are new."""

    def on_event(self, event: Frame) -> None:
        """Take a room's next event, in order. Only who dies in the middle of one sees it again."""

    def on_messages(self, room: str, messages: list[Frame]) -> None:
        """Take messages in the place of events that were missed, or of all after on_reset."""

    def on_partial(self, room: str) -> None:
        """Hear that too much was missed; on_messages follows.

        What was done meanwhile to older messages is not told: whoever shows them asks again.
        """

    def on_reset(self, room: str, reason: str) -> None:
        """Forget this room; on_messages follows, if one is in it."""

    def on_refused(self, mutation: Frame, error: Refused) -> None:
        """Hear that a mutation was refused for good."""

    def on_frame(self, frame: Frame) -> None:
        """Take all else: eph, read, room, gone, user, you, bye, and errors without cid and rid."""

    # What to call.

    def put(self, op: str, *, cid: str | None = None, **fields: Any) -> "asyncio.Future[Frame]":
        """Do a mutation (send, edit, react, join, …) once, whatever breaks.

        It is on disk here before it is sent. Nobody has to wait for the future, which brings the
        server's `ok` or raises Refused.
        """
        mutation = {"op": op, "cid": cid or ulid(), **fields}
        if len(encode(mutation).encode()) > self.limits["frame"]:
            raise Refused("body_too_large", "it would end the connection")
        cid = mutation["cid"]
        if cid not in self._results:
            self._results[cid] = asyncio.get_running_loop().create_future()
            self._results[cid].add_done_callback(lambda done: done.cancelled() or done.exception())
            self.journal.write({"put": mutation})
            self._wake.set()
        return self._results[cid]

    async def ask(self, op: str, **fields: Any) -> Frame:
        """Ask a question: history, rooms, who, members, receipts, mentions, search.

        Asking twice does no harm, so a lost connection need not trouble the caller.
        """
        while True:
            await self.ready.wait()
            rid = ulid()
            self._questions[rid] = asyncio.get_running_loop().create_future()
            try:
                await self.tell(op, rid=rid, **fields)
                return await self._questions[rid]
            except (ConnectionLost, OSError):
                await asyncio.sleep(0.05)
            except Refused as error:
                if error.retry_after is None:
                    raise
                await asyncio.sleep(error.retry_after)
            finally:
                self._questions.pop(rid, None)

    async def everyone(self, op: str, room: str) -> list[Frame]:
        """Return all that `who` or `members` say of a room, page after page."""
        found: list[Frame] = []
        after: Frame = {}
        while True:
            page = await self.ask(op, room=room, **after)
            people = page["here" if op == "who" else "members"]
            found += people
            if not page.get("more") or not people:
                return found
            after = {"after": people[-1].get("user", people[-1])["id"]}

    async def tell(self, op: str, **fields: Any) -> None:
        """Say what is not repeated when it is lost: typing, read."""
        if not self._ws:
            raise ConnectionLost(1006)
        await self._ws.send(encode({"op": op, **fields}))

    async def run(self) -> None:
        """Stay connected until cancelled, or until the server says that there is no way in."""
        while True:
            try:
                await self._connection()
            except Refused as error:
                if error.retry_after is None:
                    raise
                self._retry_after = error.retry_after
            except (ConnectionLost, OSError):
                pass
            # Full jitter, lest everybody comes back in the same moment.
            pause = random.uniform(0, min(30.0, 0.5 * 2 ** min(self._failures, 6)))
            await asyncio.sleep(self._retry_after + pause)
            self._failures += 1
            self._retry_after = 0.0

    # One connection.

    async def _connection(self) -> None:
        async with asyncio.timeout(10):
            ws = await WebSocket.connect(self._url, self._tls)
        tasks: list[asyncio.Task[None]] = []
        try:
            async with asyncio.timeout(10):
                heartbeat = await self._hello(ws)
            work = [self._read(ws, heartbeat["timeout"] / 1000), self._empty_outbox(),
                    self._load_all(), self._beat(heartbeat["interval"] / 1000)]
            tasks = [asyncio.create_task(part) for part in work]
            # No task group: one that fails while it is cancelled forgets, in 3.11, the latter.
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            done.pop().result()  # None of them ends but by an exception.
        finally:
            for task in tasks:
                task.cancel()
                task.add_done_callback(lambda task: task.cancelled() or task.exception())
            self.ready.clear()
            self._ws = None
            for question in self._questions.values():
                if not question.done():
                    question.set_exception(ConnectionLost(1006))
            ws.close()

    async def _hello(self, ws: WebSocket) -> Frame:
        """Say who one is and what one has seen, and begin with what the welcome says."""
        hello: Frame = {"op": "hello", "ver": 1, "client": "minato-python/1.0",
                        "want": list(self._want), "resume": {"rooms": self.journal.positions}}
        if self.journal.session:
            hello["auth"] = {"session": self.journal.session}
        elif self._token:
            hello["auth"] = {"token": self._token}
        await ws.send(encode(hello))
        welcome = json.loads(await ws.receive())
        if welcome["op"] == "error":
            raise refusal(welcome)
        if "session" in welcome:
            # Before anything is sent: what is said as this person must be repeated as this person.
            self.journal.write({"session": welcome["session"]})
        self.you, self.limits = welcome["you"], welcome["limits"]
        self.rooms = {room["id"]: room for room in welcome["rooms"]}
        for room in welcome["rooms"]:
            if room["id"] not in self.journal.positions:
                self._at(room["id"], room["head"])
        self._waiting.clear()
        self._loads = asyncio.Queue()
        self._in_flight.clear()
        self._not_before, self._failures, self._ws = 0.0, 0, ws
        self.ready.set()
        self.on_ready()
        return welcome["heartbeat"]

    async def _beat(self, interval: float) -> None:
        while True:
            await asyncio.sleep(interval * 0.8)
            await self.tell("ping")

    async def _empty_outbox(self) -> None:
        """Send what is in the outbox, the oldest first, as many at a time as the window allows."""
        self._allowed = min(self._window, self.limits["inFlight"])
        while True:
            self._wake.clear()
            wait = self._not_before - time.monotonic()
            mutation = next((mutation for cid, mutation in self.journal.outbox.items()
                             if cid not in self._in_flight), None)
            if wait > 0:
                await asyncio.sleep(wait)
            elif mutation and len(self._in_flight) < self._allowed:
                self._in_flight.add(mutation["cid"])
                await self.tell(**mutation)
            else:
                await self._wake.wait()

    async def _read(self, ws: WebSocket, timeout: float) -> None:
        while True:
            async with asyncio.timeout(timeout):
                frame = json.loads(await ws.receive())
            op = frame["op"]
            if op == "ev":
                self._event(frame)
            elif "rid" in frame:
                question = self._questions.get(frame["rid"])
                if question and not question.done():
                    if op == "error":
                        question.set_exception(refusal(frame))
                    else:
                        question.set_result(frame)
            elif "cid" in frame:
                self._answer(frame)
            elif op == "partial":
                self.on_partial(frame["room"])
                self._load(frame["room"], self.journal.positions[frame["room"]], frame["from"] - 1)
            elif op == "reset":
                self.on_reset(frame["room"], frame["reason"])
                if frame["room"] in self.rooms:
                    self._load(frame["room"], None, self.rooms[frame["room"]]["head"])
                else:
                    self._at(frame["room"], None)
            elif op not in ("pong", "resumed"):
                self._news(frame)

    def _event(self, event: Frame) -> None:
        """Apply the next event, drop what is known, and come back for what is missing."""
        room, seq = event["room"], event["seq"]
        last = self.journal.positions.get(room, 0)
        if room in self._waiting:
            self._waiting[room].append(event)
        elif seq == last + 1:
            self.on_event(event)
            self._at(room, seq)  # After on_event: better seen twice after a crash than never.
        elif seq > last:
            raise ConnectionLost(1006, f"a gap between {last} and {seq}")

    def _answer(self, frame: Frame) -> None:
        """Take what the server says to a mutation."""
        cid = frame["cid"]
        self._in_flight.discard(cid)
        self._wake.set()
        if frame["op"] == "error" and "retryAfter" in frame:
            # A millisecond more, because they are rounded; and one at a time to begin with.
            self._not_before = time.monotonic() + (frame["retryAfter"] + 1) / 1000
            self._allowed = 1
            return
        self._allowed = min(self._allowed + 1, self._window, self.limits["inFlight"])
        mutation, result = self.journal.outbox.get(cid), self._results.pop(cid, None)
        if mutation:
            self.journal.write({"done": cid}, durable=False)  # If it is lost: sent once more.
        if frame["op"] == "ok":
            if result and not result.done():
                result.set_result(frame)
        else:
            if result and not result.done():
                result.set_exception(refusal(frame))
            self.on_refused(mutation or {"cid": cid}, refusal(frame))

    def _news(self, frame: Frame) -> None:
        if frame["op"] == "you":
            self.you = frame["you"]
        elif frame["op"] == "room":
            room = frame["room"]
            self.rooms[room["id"]] = room
            if room["id"] not in self._waiting:
                self._at(room["id"], max(room["head"], self.journal.positions.get(room["id"], 0)))
        elif frame["op"] == "gone":
            self.rooms.pop(frame["room"], None)
            self._waiting.pop(frame["room"], None)
            self._at(frame["room"], None)
        elif frame["op"] == "bye":
            self._retry_after = frame.get("retryAfter", 0) / 1000
        self.on_frame(frame)

    def _load(self, room: str, after: int | None, until: int) -> None:
        """Let the room's events wait until history has told what was said up to `until`."""
        self._waiting[room] = []
        self._loads.put_nowait((room, after, until))

    async def _load_all(self) -> None:
        while True:
            room, after, until = await self._loads.get()
            if room in self._waiting:
                await self._load_history(room, after, until, self._waiting[room])

    async def _load_history(self, room: str, after: int | None, until: int,
                            events: list[Frame]) -> None:
        while after is None or after < until:
            # With nothing to follow on, the newest page is enough to begin with.
            part = {"before": until + 1} if after is None else {"after": after, "limit": PAGE}
            try:
                page = await self.ask("history", room=room, **part)
            except Refused as error:
                raise ConnectionLost(1006, "no history: begin again") from error
            if self._waiting.get(room) is not events:
                return  # One has left the room meanwhile.
            messages = [message for message in page["messages"] if message["seq"] <= until]
            self.on_messages(room, messages)
            beyond = len(messages) < len(page["messages"])
            finished = after is None or beyond or not messages or not page["more"]
            after = until if finished else messages[-1]["seq"]
            self._at(room, after)
        del self._waiting[room]
        for event in events:
            self._event(event)

    def _at(self, room: str, seq: int | None) -> None:
        self.journal.write({"room": room, "at": seq}, durable=False)


def encode(frame: Frame) -> str:
    """Write JSON as short as it gets: the limits count bytes of UTF-8."""
    return json.dumps(frame, ensure_ascii=False, separators=(",", ":"))


def refusal(frame: Frame) -> Refused:
    """Make an exception of an error frame."""
    wait = frame["retryAfter"] / 1000 if "retryAfter" in frame else None
    return Refused(frame["code"], frame.get("message", ""), wait)


def ulid() -> str:
    """Return 48 bits of time and 80 of chance, in 26 characters that sort as they came."""
    number = time.time_ns() // 1_000_000 << 80 | secrets.randbits(80)
    return "".join(DIGITS[number >> shift & 31] for shift in range(125, -1, -5))
