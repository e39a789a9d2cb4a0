"""Answers "@bot …" in #lobby. Kill it at any moment: each mention has one answer.

    python3 echo_bot.py ws://127.0.0.1:8080/ws bot.journal
"""

import asyncio
import sys

from journal import Frame, Journal
from minato import Client


class EchoBot(Client):
    """The cid of an answer is made of what it answers, so that it cannot be given twice."""

    def on_ready(self) -> None:
        self.lobby = next(room["id"] for room in self.rooms.values()
                          if room.get("slug") == "lobby")
        if not self.rooms[self.lobby]["member"]:
            self.put("join", room=self.lobby, cid="bot-joins")
        self.put("nick", nick="bot", cid="bot-is-called-bot")

    def on_event(self, event: Frame) -> None:
        if event["type"] == "post" and event["room"] == self.lobby:
            self.answer(event)

    def on_messages(self, room: str, messages: list[Frame]) -> None:
        for message in messages if room == self.lobby else []:
            self.answer(message)

    def answer(self, message: Frame) -> None:
        name, _, text = message.get("body", "").partition(" ")
        if name == "@bot" and text and message["from"]["id"] != self.you["id"]:
            self.put("send", cid=f"echo-{self.lobby}-{message['seq']}", room=self.lobby,
                     body=f"@{message['from']['nick']} {text}"[:4000], replyTo=message["seq"])


if __name__ == "__main__":
    asyncio.run(EchoBot(sys.argv[1], Journal(sys.argv[2])).run())
