"""A cable between a browser and the server that a test can pull out and put back."""

import contextlib
import socket
import threading


class Cable:
    """Carries TCP from a port of its own to the server's. Cut, it drops what is connected and refuses what comes."""

    def __init__(self, port: int) -> None:
        self._to = ("127.0.0.1", port)
        self._whole = True
        self._ends: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._door = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def cut(self) -> None:
        """Pull it out."""
        with self._lock:
            self._whole = False
            ends, self._ends = self._ends, set()
        for end in ends:
            _drop(end)

    def mend(self) -> None:
        """Put it back."""
        self._whole = True

    def close(self) -> None:
        """End it for good."""
        self.cut()
        self._door.close()

    def _listen(self) -> None:
        with contextlib.suppress(OSError):  # Closed.
            while True:
                self._join(self._door.accept()[0])

    def _join(self, near: socket.socket) -> None:
        try:
            far = socket.create_connection(self._to)
        except OSError:
            _drop(near)
            return
        with self._lock:
            if not self._whole:
                _drop(near)
                _drop(far)
                return
            self._ends |= {near, far}
        for one, other in ((near, far), (far, near)):
            threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(65536):
                other.sendall(data)
        for end in (one, other):
            _drop(end)
        with self._lock:
            self._ends -= {one, other}


def _drop(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
