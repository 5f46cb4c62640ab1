"""The HTTP firmware in QEMU: its port 80 is a port of 127.0.0.1."""

import http.client
import socket
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "prometheus"))
from frames import EOT
from qemu import Fault, Machine
from servers import free_port

PATIENCE = 20  # seconds; only a fault ever waits so long
READY = b"http: serving"


class HttpDevice(Machine):
    """Runs `image` until its `with` block ends; `port` is where it answers."""

    def __init__(self, image, limit=120):
        for attempt in range(3):  # between finding a free port and using it, somebody may take it
            self.port = free_port()
            network = f"user,model=stellaris,restrict=on,hostfwd=tcp:127.0.0.1:{self.port}-:80"
            try:
                super().__init__("lm3s6965evb", image, limit, ["-nic", network])
                break
            except Fault as fault:
                if attempt == 2 or "host forwarding" not in str(fault):
                    raise
        self.log = bytearray()
        if not self.exchange(b"", self._hears(READY), PATIENCE):
            self._end()
            raise Fault(f"the firmware does not say that it serves, but: {bytes(self.log)!r}")

    def _hears(self, text):
        def take(got):
            self.log.extend(got)
            return text in self.log

        return take

    def connect(self, **options):
        """A connection that http.client drives."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE, **options)

    def socket(self, data=b""):
        """A bare connection, on which `data` was sent."""
        client = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        client.sendall(data)
        return client

    def get(self, path="/metrics"):
        """A request on a connection of its own: status and body, which has come whole."""
        connection = self.connect()
        try:
            connection.request("GET", path, headers={"Connection": "close"})
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def page(self):
        status, page = self.get()
        if status != 200:
            raise Fault(f"status {status}: {page}")
        return page

    def end(self):
        """Tells the firmware to end; the exit status, which says whether its own totals are right."""
        self.exchange(EOT, lambda got: self.log.extend(got) or self.process.poll() is not None, PATIENCE)
        return self.wait(PATIENCE)
