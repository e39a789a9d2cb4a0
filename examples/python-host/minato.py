"""Minato as a child of this program: it finds a port, tells it, and ends with us, however we end."""

import json
import os
import secrets
import subprocess
import threading
from concurrent.futures import Future
from http.client import HTTPConnection

READY_TIMEOUT = 5.0  # seconds


class StartFailed(Exception):
    """There is no server; the message says why."""


class Minato:
    def __init__(self, data: str, origin: str) -> None:
        self._token = secrets.token_hex(32)
        self._port: Future[int] = Future()
        command = [os.environ.get("MINATO_EXECUTABLE", "minato"), "127.0.0.1:0", "--data", data, "--access", "token",
                   "--embed-origin", origin, "--ready-json", "--exit-with-parent"]
        self._process: subprocess.Popen | None = None
        try:
            # The token travels in the environment: arguments can be read by everybody. A session of its own keeps Ctrl+C ours.
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                             env={**os.environ, "MINATO_TOKEN": self._token}, start_new_session=True)
            threading.Thread(target=self._read, daemon=True).start()
        except OSError as error:
            self._port.set_exception(StartFailed(
                f"{command[0]}: {error.strerror}. Name Minato's executable in the environment variable MINATO_EXECUTABLE."))

    def port(self) -> int:
        """As soon as it serves. Any number of threads may wait."""
        try:
            return self._port.result(READY_TIMEOUT)
        except TimeoutError:
            raise StartFailed("Server start timeout") from None

    def ticket(self, person: str, nick: str) -> str:
        # Not urllib: it would send the token to a proxy that the environment names.
        connection = HTTPConnection("127.0.0.1", self.port(), timeout=5)
        connection.request("POST", "/api/v1/tickets", json.dumps({"person": person, "nick": nick}),
                           {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"})
        answer = json.load(connection.getresponse())
        connection.close()
        return answer["ticket"]

    def stop(self) -> None:
        """Asks it to end, and makes it end after ten seconds."""
        if self._process is None:
            return
        self._process.stdin.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _read(self) -> None:
        """The first line says where it serves; the rest is read so that it never blocks."""
        first = self._process.stdout.readline(8192)
        try:
            said = json.loads(first)
            if said["ready"]:
                self._port.set_result(said["port"])
            else:
                self._port.set_exception(StartFailed(said["error"]["message"]))
        except (ValueError, KeyError, TypeError):
            self._port.set_exception(StartFailed(f"Minato did not say where it serves, but: {first[:200]!r}"))
        while self._process.stdout.read(8192):
            pass
