"""An HTTP server that takes results as a MES would: it checks the signature, and refuses what a test tells it to."""

import hashlib
import hmac
import json
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self

from delivery_parts import SECRET


class HttpPeer:
    """The server, in a thread; `received` are the results it took, `seen` the ids of all that came."""

    def __init__(self, port: int = 0, certificate: Path | None = None) -> None:
        self.received: list[dict[str, Any]] = []
        self.seen: list[str] = []
        self.status = 200
        self.refused: dict[str, int] = {}
        self._server = _Server(("127.0.0.1", port), _handler(self))
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate, certificate.with_suffix(".key"))
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def ids(self) -> list[str]:
        """Ids of the results it took, each once, in the order of their first coming."""
        return list(dict.fromkeys(result["result_id"] for result in self.received))


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients that are killed leave half a request behind."""


def _handler(peer: HttpPeer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 20
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            result = json.loads(body)
            signed = f"{self.headers['X-Station-Timestamp']}.".encode() + body
            right = "sha256=" + hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
            status = peer.refused.get(result["result_id"], peer.status)
            if self.headers["X-Station-Signature"] != right or self.headers["Idempotency-Key"] != result["result_id"]:
                status = 400
            peer.seen.append(result["result_id"])
            if status < 300:
                peer.received.append(result)
            answer = b"" if status == 204 else b'{"said": "so"}'
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its own name
            pass

    return Handler
