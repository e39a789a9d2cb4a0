"""One room's messages, made of pages of history and of live events."""

from typing import Any

Frame = dict[str, Any]


class Timeline:
    """The messages of one room by their seq, each as it is in the server's history."""

    def __init__(self, me: str | None = None) -> None:
        self.messages: dict[int, Frame] = {}
        self.me = me

    def page(self, messages: list[Frame]) -> None:
        """Take messages from history. Of two states of one message the newer one stays."""
        for message in messages:
            held = self.messages.get(message["seq"])
            if held is None or as_of(held) <= as_of(message):
                self.messages[message["seq"]] = message

    def event(self, event: Frame) -> None:
        """Take an event. One that a page has told already changes nothing."""
        if event["type"] == "post":
            names = ("seq", "post", "ts", "from", "body", "erased", "replyTo", "thread")
            self.page([{name: event[name] for name in names if name in event}])
        elif event["type"] == "erase":
            for message in self.messages.values():
                whose = message["from"]["id"]
                if whose == event["subject"]["id"] and message["seq"] <= event["upTo"]:
                    self._erase(message, event)
        elif message := self.messages.get(event.get("target", 0)):
            if event["type"] == "delete":
                self._erase(message, event)
            elif as_of(message) < event["seq"] and not message.get("deleted"):
                self._change(message, event)
                message["changed"] = event["seq"]

    def _erase(self, message: Frame, event: Frame) -> None:
        if not message.get("deleted"):
            for name in ("body", "reactions", "pinned"):
                message.pop(name, None)
            message.update(erased=True, deleted=event["ts"], changed=event["seq"])

    def _change(self, message: Frame, event: Frame) -> None:
        if event["type"] == "edit":
            message.pop("body", None)
            message.pop("erased", None)
            message.update({name: event[name] for name in ("body", "erased") if name in event})
            message["edited"] = event["ts"]
        elif event["type"] == "pin":
            message["pinned"] = event["on"]
            if not event["on"]:
                del message["pinned"]
        elif event["type"] == "react":
            self._react(message, event)

    def _react(self, message: Frame, event: Frame) -> None:
        reactions = message.setdefault("reactions", [])
        found = next((r for r in reactions if r["emoji"] == event["emoji"]), None)
        if found is None:
            found = {"emoji": event["emoji"], "count": 0}
            reactions.append(found)
        found["count"] += 1 if event["on"] else -1
        if event["from"]["id"] == self.me:
            found["mine"] = event["on"]
            if not event["on"]:
                del found["mine"]
        message["reactions"] = [reaction for reaction in reactions if reaction["count"] > 0]
        if not message["reactions"]:
            del message["reactions"]


def as_of(message: Frame) -> int:
    """Return the seq of the newest event that this state of a message takes account of."""
    return message.get("changed", message["seq"])
