"""The client against a real server, whose executable is named by the environment variable MINATO.

    MINATO=…/minato python3 -m unittest
"""

import asyncio
import contextlib
import functools
import json
import os
import random
import shutil
import signal
import ssl
import subprocess
import sys
import tempfile
import unittest
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from unittest import mock

from journal import Frame, Journal
from minato import Client, encode
from timeline import Timeline
from websocket import ConnectionLost, Refused, WebSocket

HERE = Path(__file__).parent


class Server:
    """A server of one's own, which keeps its port and its data when it is killed."""

    def __init__(self, folder: str, *options: str) -> None:
        self._command = [os.environ["MINATO"], "127.0.0.1:0", "--data", f"{folder}/data",
                         "--ready-json", *options]
        self.start()
        self._command[1] = f"127.0.0.1:{self.port}"

    def start(self) -> None:
        self.process = subprocess.Popen(self._command, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL)
        self.port = json.loads(self.process.stdout.readline())["port"]
        self.url = f"ws://127.0.0.1:{self.port}/ws"

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


class Relay:
    """Passes bytes to a server, and breaks the first connections after some of them."""

    def __init__(self, port: int, cuts: int = 0) -> None:
        self._port, self.cuts, self.made = port, cuts, 0

    async def start(self, tls: ssl.SSLContext | None = None) -> int:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=tls)
        return self._server.sockets[0].getsockname()[1]

    def stop(self) -> None:
        self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        left = [10**12]
        if self.made < self.cuts:
            self.made += 1
            left = [random.choice([random.randint(0, 1000), random.randint(1000, 8000)])]
        to_reader, to_writer = await asyncio.open_connection("127.0.0.1", self._port)
        ways = [asyncio.create_task(self._pass(reader, to_writer, left)),
                asyncio.create_task(self._pass(to_reader, writer, left))]
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        for way in ways:
            way.cancel()
        writer.transport.abort()
        to_writer.transport.abort()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter,
                    left: list[int]) -> None:
        try:
            while left[0] > 0 and (data := await reader.read(min(left[0], 65536))):
                left[0] -= len(data)
                writer.write(data)
                await writer.drain()
        except OSError:
            pass


class Witness(Client):
    """Remembers what it is told."""

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)
        self.told: list[tuple[int, str]] = []
        self.seqs: list[int] = []
        self.resets: list[str] = []
        self.partials = 0
        self.frames: list[Frame] = []
        self.refused_for_now = 0

    def on_event(self, event: Frame) -> None:
        self.seqs.append(event["seq"])
        if event["type"] == "post":
            self.on_messages(event["room"], [event])

    def on_messages(self, room: str, messages: list[Frame]) -> None:
        self.told += [(message["seq"], message.get("body", "")) for message in messages]

    def on_reset(self, room: str, reason: str) -> None:
        self.resets.append(reason)

    def on_partial(self, room: str) -> None:
        self.partials += 1

    def on_frame(self, frame: Frame) -> None:
        self.frames.append(frame)

    def _answer(self, frame: Frame) -> None:
        self.refused_for_now += "retryAfter" in frame
        super()._answer(frame)

    @property
    def bodies(self) -> list[str]:
        return [body for _, body in self.told]


def bounded(test: Callable[[Any], Awaitable[None]]) -> Callable[[Any], Awaitable[None]]:
    """End a test that waits for what never comes."""
    @functools.wraps(test)
    async def run(self: Any) -> None:
        async with asyncio.timeout(120):
            await test(self)
    return run


class ClientTest(unittest.IsolatedAsyncioTestCase):
    """Each test has a server of its own."""

    async def asyncSetUp(self) -> None:
        asyncio.get_running_loop().set_debug(False)  # It is slow, and tells of each start.
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        # Coming back is spread over less time here, because there is only one who does.
        patience = mock.patch("minato.random.uniform", lambda low, high: random.random() * 0.05)
        patience.start()
        self.addCleanup(patience.stop)

    def serve(self, *options: str) -> Server:
        server = Server(self.folder, *options)
        self.addCleanup(server.kill)
        return server

    async def client(self, url: str, journal: Journal | None = None, **options: object) -> Witness:
        client = Witness(url, journal, **options)
        client.running = asyncio.create_task(client.run())
        self.addAsyncCleanup(self.stop, client)
        await asyncio.wait_for(client.ready.wait(), 10)
        return client

    async def stop(self, client: Witness) -> None:
        client.running.cancel()
        done, _ = await asyncio.wait([client.running], timeout=5)
        self.assertTrue(done, "run() did not end")
        client.journal.close()
        if not client.running.cancelled():
            self.assertIsNone(client.running.exception())

    async def until(self, condition: object, seconds: float = 60) -> None:
        async with asyncio.timeout(seconds):
            while not condition():
                await asyncio.sleep(0.01)

    @bounded
    async def test_two_talk_and_ask(self) -> None:
        server = self.serve()
        alice = await self.client(server.url, want=("typing",))
        bob = await self.client(server.url)
        await asyncio.gather(alice.put("nick", nick="alice"), bob.put("nick", nick="bob"))
        room = (await alice.put("create", kind="public", slug="dev", title="Dev"))["room"]
        await bob.put("join", room="#dev")
        for number in range(5):
            await bob.put("send", room=room, body=f"@alice 港 {number}")
            await alice.put("send", room=room, body=f"answer {number}")
        expected = [body for n in range(5) for body in (f"@alice 港 {n}", f"answer {n}")]
        await self.until(lambda: alice.bodies == bob.bodies == expected)
        await bob.tell("typing", room=room)
        await self.until(lambda: any(frame.get("type") == "typing" for frame in alice.frames))
        mentions = (await alice.ask("mentions"))["mentions"]
        self.assertEqual("@alice 港 4", mentions[0]["message"]["body"])
        here = await bob.everyone("who", room)
        self.assertEqual({"alice", "bob"}, {user["nick"] for user in here})
        members = await bob.everyone("members", room)
        self.assertEqual({"alice": "owner", "bob": "member"},
                         {member["user"]["nick"]: member["role"] for member in members})
        self.assertEqual(2, len((await alice.ask("receipts", room=room))["receipts"]))
        self.assertIn("dev", [found["slug"] for found in (await bob.ask("rooms"))["rooms"]])
        async with asyncio.timeout(5):
            while not (await bob.ask("search", query="港", room=room))["results"]:
                await asyncio.sleep(0.05)
        with self.assertRaises(Refused) as refused:
            await bob.put("nick", nick="alice")
        self.assertEqual("nick_taken", refused.exception.code)
        with self.assertRaises(Refused):
            await bob.ask("history", room="#nowhere")

    @bounded
    async def test_a_server_killed_while_much_is_said(self) -> None:
        server = self.serve("--no-rate-limits")
        listener = await self.client(server.url)
        speaker = await self.client(server.url, Journal(f"{self.folder}/speaker"))
        bodies = [f"message {number}" for number in range(200)]
        said = [speaker.put("send", room="#lobby", body=body) for body in bodies]
        for part in (40, 120):
            await said[part]
            server.kill()
            self.assertFalse(said[-1].done())
            server.start()
        await asyncio.gather(*said)
        await self.until(lambda: len(listener.told) >= 200)
        self.assertEqual(bodies, listener.bodies)
        self.assertEqual({}, speaker.journal.outbox)

    @bounded
    async def test_connections_cut_at_any_byte(self) -> None:
        server = self.serve("--no-rate-limits")
        cuts = int(os.environ.get("CUTS", "20"))
        relay = Relay(server.port, cuts)
        url = f"ws://127.0.0.1:{await relay.start()}/ws"
        self.addCleanup(relay.stop)
        listener, speaker = await self.client(url), await self.client(url)
        bodies: list[str] = []
        async with asyncio.timeout(60 + cuts):
            while relay.made < cuts or not speaker.journal.session:
                bodies.append(f"message {len(bodies)} {'x' * random.randint(0, 400)}")
                await speaker.put("send", room="#lobby", body=bodies[-1])
        for client in (listener, speaker):
            # The speaker may have the answer to the last message and not yet the event.
            await self.until(lambda: bodies[-1] in client.bodies)
            said = client.bodies
            self.assertEqual(bodies, said)
        self.assertEqual(list(range(listener.seqs[0], listener.seqs[-1] + 1)), listener.seqs)

    @bounded
    async def test_too_fast_is_said_later_and_in_order(self) -> None:
        server = self.serve()
        client = await self.client(server.url)
        bodies: list[str] = []
        # What is too fast for the server depends on how fast this machine is.
        while client.refused_for_now == 0 and len(bodies) < 900:
            more = [str(len(bodies) + number) for number in range(150)]
            bodies += more
            await asyncio.gather(*[client.put("send", room="#lobby", body=body) for body in more])
            await self.until(lambda: client.refused_for_now > 0 or len(client.told) >= len(bodies))
        self.assertGreater(client.refused_for_now, 0)
        await self.until(lambda: len(client.told) >= len(bodies))
        self.assertEqual(bodies, client.bodies)
        # More questions than may be asked at once.
        found = await asyncio.gather(*[client.ask("search", query="149") for _ in range(21)])
        self.assertEqual({"search"}, {answer["op"] for answer in found})

    @bounded
    async def test_a_full_outbox_survives_its_program(self) -> None:
        server = self.serve("--no-rate-limits")
        path = f"{self.folder}/outbox"
        listener = await self.client(server.url)
        program = ("import asyncio, sys; from minato import Client, Journal\n"
                   "async def main():\n"
                   "    client = Client(sys.argv[1], Journal(sys.argv[2]))\n"
                   "    asyncio.create_task(client.run())\n"
                   "    await client.ready.wait()\n"
                   "    said = [client.put('send', room='#lobby', body=str(n))\n"
                   "            for n in range(60)]\n"
                   "    await said[10]; print('ten', flush=True); await asyncio.sleep(60)\n"
                   "asyncio.run(main())\n")
        process = subprocess.Popen([sys.executable, "-c", program, server.url, path], cwd=HERE,
                                   stdout=subprocess.PIPE)
        self.addCleanup(process.kill)
        await asyncio.to_thread(process.stdout.readline)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        with open(path, "a", encoding="utf-8") as file:
            file.write('{"put": {"op": "se')  # As a dying program leaves it.
        journal = Journal(path)
        self.assertGreater(len(journal.outbox), 0)
        # The first one is sent once more, as if the program had died before it saw the answer.
        await self.client(server.url, journal)
        await self.until(lambda: not journal.outbox and len(listener.told) >= 60)
        self.assertEqual([str(number) for number in range(60)], listener.bodies)

    @bounded
    async def test_the_same_cid_twice_is_said_once(self) -> None:
        server = self.serve()
        client = await self.client(server.url)
        first = await client.put("send", cid="once", room="#lobby", body="one")
        self.assertEqual(first, await client.put("send", cid="once", room="#lobby", body="one"))
        await client.put("send", room="#lobby", body="two")
        await self.until(lambda: client.bodies[-1:] == ["two"])
        self.assertEqual(["one", "two"], client.bodies)

    @bounded
    async def test_missing_more_than_is_replayed(self) -> None:
        server = self.serve("--no-rate-limits")
        speaker = await self.client(server.url, window=64)
        journal = Journal(f"{self.folder}/listener")
        listener = await self.client(server.url, journal)
        await speaker.put("send", room="#lobby", body="before")
        await self.until(lambda: listener.bodies == ["before"])
        await self.stop(listener)
        missed = [speaker.put("send", room="#lobby", body=f"{n}") for n in range(1500)]
        await asyncio.gather(*missed)
        listener = await self.client(server.url, Journal(f"{self.folder}/listener"))
        await speaker.put("send", room="#lobby", body="live")
        await self.until(lambda: listener.bodies[-1:] == ["live"])
        self.assertEqual(1, listener.partials)
        self.assertEqual([seq for seq, _ in speaker.told][1:], [seq for seq, _ in listener.told])
        self.assertEqual({str(n) for n in range(1500)} | {"live"}, set(listener.bodies))

    @bounded
    async def test_what_the_server_does_not_know(self) -> None:
        server = self.serve()
        speaker = await self.client(server.url)
        room = (await speaker.put("send", room="#lobby", body="one"))["room"]
        nowhere = "01900000-0000-7000-8000-000000000000"
        journal = Journal()
        journal.positions.update({room: 1000, nowhere: 5})
        listener = await self.client(server.url, journal)
        await speaker.put("send", room="#lobby", body="two")
        await self.until(lambda: listener.bodies == ["one", "two"])
        self.assertEqual(["ahead", "unknown"], sorted(listener.resets))
        self.assertEqual({room: 3}, journal.positions)

    @bounded
    async def test_events_make_what_history_says(self) -> None:
        server = self.serve("--no-rate-limits")
        alice, bob = await self.client(server.url), await self.client(server.url)
        await alice.put("nick", nick="alice")
        room = (await alice.put("create", kind="public", slug="dev", title="Dev"))["room"]
        await bob.put("join", room=room)
        live, late = Timeline(bob.you["id"]), Timeline(bob.you["id"])
        events: list[Frame] = []
        bob.on_event = events.append
        for number in range(120):
            if number == 60:
                late.page((await bob.ask("history", room=room, limit=200))["messages"])
            who = random.choice([alice, bob])
            posts = [event["seq"] for event in events if event["type"] == "post"]
            seq = random.choice(posts or [0])
            act = random.choice(["send", "send", "edit", "react", "react", "pin", "delete"])
            fields: Frame = {"send": {"body": f"message {number}"},
                             "edit": {"body": f"edited {number}"},
                             "react": {"emoji": random.choice("港🍣"), "on": random.random() < 0.7},
                             "pin": {"on": random.random() < 0.7}, "delete": {}}[act]
            if act != "send":
                fields["seq"] = seq
            try:
                head = (await who.put(act, room=room, **fields))["seq"]
            except Refused:
                continue  # Not one's own, or deleted.
            await self.until(lambda: bob.journal.positions[room] >= head)
        await alice.put("erase", room=room, user="alice")
        last = await alice.put("send", room=room, body="the end")
        await self.until(lambda: bob.journal.positions[room] == last["seq"])
        for event in events:
            live.event(event)
            late.event(event)  # It knows half of them already.
        for timeline in (live, late):
            page = await bob.ask("history", room=room, limit=200)
            self.assertEqual(page["messages"],
                             [message for _, message in sorted(timeline.messages.items())])

    @bounded
    @unittest.skipUnless(shutil.which("openssl"), "makes its certificate with openssl")
    async def test_over_tls(self) -> None:
        server = self.serve()
        key, certificate = f"{self.folder}/key.pem", f"{self.folder}/certificate.pem"
        command = ("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2"
                   " -subj /CN=localhost -addext subjectAltName=DNS:localhost")
        subprocess.run([*command.split(), "-keyout", key, "-out", certificate],
                       check=True, stderr=subprocess.DEVNULL)
        theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        theirs.load_cert_chain(certificate, key)
        relay = Relay(server.port)
        url = f"wss://localhost:{await relay.start(theirs)}/ws"
        self.addCleanup(relay.stop)
        client = await self.client(url, tls=ssl.create_default_context(cafile=certificate))
        await client.put("send", room="#lobby", body="x" * 16384)
        await self.until(lambda: client.bodies == ["x" * 16384])
        with self.assertRaises(ssl.SSLCertVerificationError):
            await WebSocket.connect(url)

    @bounded
    async def test_cancelled_in_the_moment_of_a_cut(self) -> None:
        server = self.serve()
        for ticks in range(8):
            client = await self.client(server.url)
            client._ws._writer.transport.abort()
            for _ in range(ticks):
                await asyncio.sleep(0)
            await self.stop(client)

    @bounded
    async def test_no_way_in_ends_the_client(self) -> None:
        server = self.serve("--access", "token")
        with self.assertRaises(Refused) as refused:
            await asyncio.wait_for(Client(server.url, token="wrong").run(), 10)
        self.assertEqual("login_required", refused.exception.code)
        with self.assertRaises(Refused) as refused:
            await asyncio.wait_for(Client(server.url + "/nothing").run(), 10)
        self.assertTrue(refused.exception.code.startswith("http_4"))


class RuleTest(unittest.IsolatedAsyncioTestCase):
    """What a server seldom or never gives occasion for."""

    async def test_next_known_and_missing(self) -> None:
        client = Witness("ws://nowhere")
        client.journal.positions["R"] = 5
        for seq in (5, 6, 6, 3, 7):
            client._event({"room": "R", "seq": seq, "type": "topic"})
        with self.assertRaises(ConnectionLost):
            client._event({"room": "R", "seq": 9, "type": "topic"})
        self.assertEqual([6, 7], client.seqs)
        self.assertEqual(7, client.journal.positions["R"])

    async def test_history_ends_where_events_begin(self) -> None:
        client = Witness("ws://nowhere")
        pages = [{"messages": [{"seq": 2}, {"seq": 4}], "more": True},
                 {"messages": [{"seq": 5}, {"seq": 8}], "more": True}]
        client.ask = mock.AsyncMock(side_effect=pages)
        client._waiting["R"] = [{"room": "R", "seq": seq, "type": "post"} for seq in (7, 8)]
        await client._load_history("R", 1, 6, client._waiting["R"])
        self.assertEqual([2, 4, 5, 7, 8], [seq for seq, _ in client.told])
        self.assertEqual([1, 4], [call.kwargs["after"] for call in client.ask.mock_calls])

    async def test_everyone_is_page_after_page(self) -> None:
        client = Witness("ws://nowhere")
        pages = [{"members": [{"user": {"id": "A"}}], "more": True},
                 {"members": [{"user": {"id": "B"}}]}]
        client.ask = mock.AsyncMock(side_effect=pages)
        self.assertEqual(2, len(await client.everyone("members", "R")))
        self.assertEqual("A", client.ask.mock_calls[1].kwargs["after"])


class FramingTest(unittest.IsolatedAsyncioTestCase):
    """What no well-behaved server sends, and what it may send and seldom does."""

    async def received(self, data: bytes) -> tuple[str | int, bytes]:
        """Return the message or the reason why there is none, and what was written."""
        reader, writer = asyncio.StreamReader(), mock.Mock()
        writer.is_closing.return_value = False
        writer.drain = mock.AsyncMock()
        reader.feed_data(data)
        reader.feed_eof()
        try:
            result: str | int = await WebSocket(reader, writer).receive()
        except ConnectionLost as lost:
            result = lost.code
        return result, b"".join(call.args[0] for call in writer.write.call_args_list)

    async def test_frames(self) -> None:
        for name, data, expected in [
            ("whole", b"\x81\x02hi", "hi"),
            ("fragments with a ping between", b"\x01\x02\xe6\xb8\x89\x01!\x80\x01\xaf", "港"),
            ("16 bits of length", b"\x81\x7e\x01\x00" + b"x" * 256, "x" * 256),
            ("64 bits of length", b"\x81\x7f\0\0\0\0\0\1\0\0" + b"x" * 65536, "x" * 65536),
            ("masked", b"\x81\x82\0\0\0\0hi", 1002),
            ("compressed", b"\xc1\x02hi", 1002),
            ("a fragment of nothing", b"\x80\x02hi", 1002),
            ("a message in a message", b"\x01\x01h\x81\x01i", 1002),
            ("a ping in pieces", b"\x09\x01!", 1002),
            ("binary", b"\x82\x02hi", 1003),
            ("not UTF-8", b"\x81\x01\xff", 1007),
            ("endless", b"\x81\x7f" + b"\x7f" * 8, 1009),
            ("half a frame", b"\x81\x02h", 1006),
            ("closed", b"\x88\x04\x03\xf4by", 1012),
        ]:
            with self.subTest(name):
                self.assertEqual(expected, (await self.received(data))[0])

    async def test_a_ping_is_answered_under_a_mask(self) -> None:
        _, written = await self.received(b"\x89\x03abc\x81\x02hi")
        self.assertEqual(b"\x8a\x83", written[:2])
        self.assertEqual(b"abc", bytes(a ^ b for a, b in zip(written[6:9], written[2:5])))
        _, again = await self.received(b"\x89\x03abc\x81\x02hi")
        self.assertNotEqual(written[2:6], again[2:6])

    async def test_json_is_short(self) -> None:
        self.assertEqual('{"body":"港"}', encode({"body": "港"}))


if __name__ == "__main__":
    unittest.main()
