"""The world outside, on this machine: a web server and a mail server that keep what they are sent, and can be dead."""

import json
import socket
import socketserver
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Web(ThreadingHTTPServer):
    """Keeps every POST; answers with `status`."""

    daemon_threads = True

    def __init__(self, address=("127.0.0.1", 0)):
        super().__init__(address, _Post)
        self.status = 204
        self.headers_sent = {}
        self.came = []
        self.news = threading.Event()

    @property
    def port(self):
        return self.server_address[1]

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}/pages?key=k3y"

    def bodies(self):
        return [json.loads(body) for _, _, body in self.came]


class _Post(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.came.append((self.path, dict(self.headers), body))
        self.send_response(self.server.status)
        for name, value in self.server.headers_sent.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()
        self.server.news.set()

    def do_GET(self):
        self.server.came.append(("GET", {}, b"{}"))

    def log_message(self, *_):
        """Say nothing."""


class Mailbox(socketserver.ThreadingTCPServer):
    """As much of SMTP as a letter needs."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Letter)
        self.letters = []
        self.refuses = set()

    @property
    def port(self):
        return self.server_address[1]


class _Letter(socketserver.StreamRequestHandler):
    def handle(self):
        say = lambda text: self.wfile.write(f"{text}\r\n".encode())  # noqa: E731
        say("220 here")
        to = []
        while line := self.rfile.readline().decode().strip():
            word = line.upper()
            if word.startswith("RCPT"):
                address = line[line.index("<") + 1 : line.index(">")]
                to.append(address)
                say("550 nobody" if address in self.server.refuses else "250 ok")
            elif word == "DATA":
                say("354 go on")
                lines = []
                while (one := self.rfile.readline().decode()) != ".\r\n":
                    lines.append(one)
                self.server.letters.append((to, "".join(lines)))
                say("250 taken")
            elif word == "QUIT":
                say("221 bye")
                return
            else:
                say("250 ok")


@contextmanager
def running(server):
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def silent():
    """A port that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=50) as deaf:
        yield deaf.getsockname()[1]


def free_port():
    """A port at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]
