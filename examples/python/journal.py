"""What of a client outlives its program."""

import json
import os
from typing import Any

Frame = dict[str, Any]


class Journal:
    """What outlives the program, one JSON object on each line of a file, or only in memory.

    The session stands beside the outbox on purpose: a cid is unique for its user, so sending the
    same outbox as somebody else would say everything twice. One program at a time uses a file.
    """

    def __init__(self, path: str | None = None) -> None:
        self.session: str | None = None
        self.positions: dict[str, int] = {}
        self.outbox: dict[str, Frame] = {}
        self._path = path
        self._file = None
        self._lines = 0
        if path and os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                for line in file:
                    # Whoever died while writing left half a line, which was never relied on.
                    if line.endswith("\n"):
                        self._apply(json.loads(line))
        if path:
            self._compact()

    def write(self, entry: Frame, durable: bool = True) -> None:
        """Remember one of {session}, {room, at}, {put: frame} and {done: cid}."""
        self._apply(entry)
        if self._file:
            self._file.write(json.dumps(entry, ensure_ascii=False) + "\n")
            self._file.flush()
            if durable:
                os.fsync(self._file.fileno())
            self._lines += 1
            if self._lines > 1000 + 2 * len(self.outbox):
                self._compact()

    def close(self) -> None:
        """Let go of the file."""
        if self._file:
            self._file.close()

    def _apply(self, entry: Frame) -> None:
        if "session" in entry:
            self.session = entry["session"]
        elif "put" in entry:
            self.outbox[entry["put"]["cid"]] = entry["put"]
        elif "done" in entry:
            self.outbox.pop(entry["done"], None)
        elif entry["at"] is None:
            self.positions.pop(entry["room"], None)
        else:
            self.positions[entry["room"]] = entry["at"]

    def _compact(self) -> None:
        entries = [{"session": self.session}]
        entries += [{"room": room, "at": seq} for room, seq in self.positions.items()]
        entries += [{"put": frame} for frame in self.outbox.values()]
        if self._file:
            self._file.close()
        new = f"{self._path}.new"
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)  # It is a secret.
        with open(descriptor, "w", encoding="utf-8") as file:
            file.writelines(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries)
            file.flush()
            os.fsync(file.fileno())
        os.replace(new, self._path)
        self._file = open(self._path, "a", encoding="utf-8")
        self._lines = len(entries)
