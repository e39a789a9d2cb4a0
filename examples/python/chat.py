"""A chat in a terminal: prints what is said in #lobby, and says what is typed.

    python3 chat.py ws://127.0.0.1:8080/ws alice
"""

import asyncio
import contextlib
import sys

from journal import Frame, Journal
from minato import Client
from websocket import Refused


class Chat(Client):
    """Prints messages; everything else it leaves to the client."""

    def on_ready(self) -> None:
        self.lobby = next(room["id"] for room in self.rooms.values()
                          if room.get("slug") == "lobby")
        print(f"-- connected as {self.you['nick']}")

    def on_event(self, event: Frame) -> None:
        if event["type"] == "post":
            self.on_messages(event["room"], [event])
        elif event["type"] in ("join", "leave"):
            print(f"-- {event['from']['nick']}: {event['type']}")

    def on_messages(self, room: str, messages: list[Frame]) -> None:
        for message in messages if room == self.lobby else []:
            # Control characters cannot be in a body; so nobody paints on this terminal.
            print(f"<{message['from']['nick']}> {message.get('body', '(deleted)')}")

    def on_refused(self, mutation: Frame, error: Refused) -> None:
        print(f"-- {mutation['op']} was refused: {error.code}")


async def main(url: str, nick: str) -> None:
    """Talk until the input ends, and leave when all of it was said."""
    chat = Chat(url, Journal(f"{nick}.journal"), want=("presence",))
    running = asyncio.create_task(chat.run())
    await chat.ready.wait()
    chat.put("nick", nick=nick)
    page = await chat.ask("history", room=chat.lobby, limit=20)
    chat.on_messages(chat.lobby, page["messages"])
    said = []
    while line := await asyncio.to_thread(sys.stdin.readline):
        if line.strip():
            said.append(chat.put("send", room=chat.lobby, body=line.rstrip("\n")))
    await asyncio.gather(*said, return_exceptions=True)
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))
