"""An app with a page of its own, which shows the chat:  python3 server.py [DATA]  and open the URL that it says."""

import json
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from minato import Minato, StartFailed

HERE = Path(__file__).parent
FILES = {"/": ("index.html", "text/html; charset=utf-8"), "/chat.js": ("chat.js", "text/javascript")}

# The port is not known yet when the page is sent; nobody else may frame what enters as our user.
POLICY = ("default-src 'none'; script-src 'self'; connect-src 'self'; img-src data:; "
          "frame-src http://127.0.0.1:*; frame-ancestors 'none'")


class Host(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/api/server-port":
            self._answer(lambda: {"port": minato.port()})
        elif self.path in FILES:
            name, kind = FILES[self.path]
            self._send(200, kind, (HERE / name).read_bytes())
        else:
            self._send(404, "text/plain", b"There is nothing here.\n")

    def do_POST(self) -> None:
        # Only this app's own page: a page of somebody else would enter as its user.
        if self.headers["Origin"] != origin or f"http://{self.headers['Host']}" != origin:
            self._json(403, {"error": "Ask from the app's own page."})
        elif self.path == "/api/ticket":
            # The app knows its user; Minato need not ask again.
            self._answer(lambda: {"ticket": minato.ticket("user-17", "Aoi")})
        else:
            self._send(404, "text/plain", b"There is nothing here.\n")

    def _answer(self, work) -> None:
        try:
            self._json(200, work())
        except (StartFailed, OSError) as error:
            self._json(503, {"error": str(error)})

    def _json(self, status: int, body: dict) -> None:
        self._send(status, "application/json", json.dumps(body).encode())

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        for header in (("Content-Type", kind), ("Content-Length", str(len(body))), ("Content-Security-Policy", POLICY),
                       ("Cache-Control", "no-store")):
            self.send_header(*header)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


host = ThreadingHTTPServer(("127.0.0.1", 0), Host)
host.daemon_threads = True
origin = f"http://127.0.0.1:{host.server_port}"
minato = Minato(sys.argv[1] if len(sys.argv) > 1 else "data", origin)
signal.signal(signal.SIGTERM, lambda *_: sys.exit())
print(f"Host: {origin}", flush=True)
try:
    host.serve_forever()
except KeyboardInterrupt:
    pass
finally:
    minato.stop()
