"""Simulated devices behind Unix and TCP sockets. They speak the frames that `nanoprom::serial` describes,
written anew here, and each has one of the habits that real ones have."""

import contextlib
import random
import socket
import threading
import time
import zlib

ENQUIRY = 0x05
PUSHED = 0x01  # the number of a page that nobody asked for


def frames(number, page, payload=64):
    """The frames of a page."""
    crc = 0
    portions = [page[at : at + payload] for at in range(0, len(page), payload)]
    for sequence, portion in enumerate([*portions, b""]):
        covered = bytes([number, *sequence.to_bytes(2, "little"), len(portion)]) + portion
        crc = zlib.crc32(covered, crc)
        yield b"\xfa" + covered + crc.to_bytes(4, "little")


class Device:
    """A device that does as it is asked; one connection at a time, as a serial port has."""

    def __init__(self, name, index, path=None):
        self.name, self.index, self.asked, self.path = name, index, 0, path
        self.stopped = False
        self.listener = None

    def start(self):
        """Begins to listen, on a Unix socket if it has a path."""
        if self.path:
            self.listener = socket.socket(socket.AF_UNIX)
            self.listener.bind(str(self.path))
            self.address = f"unix:{self.path}"
        else:
            self.listener = socket.create_server(("127.0.0.1", 0))
            self.address = f"tcp://127.0.0.1:{self.listener.getsockname()[1]}"
        self.listener.listen()
        threading.Thread(target=self.serve, daemon=True).start()
        return self

    def stop(self):
        """Pulls the plug."""
        self.stopped = True
        for end in (self.listener, getattr(self, "line", None)):
            with contextlib.suppress(OSError, AttributeError):
                end.shutdown(socket.SHUT_RDWR)
        if self.listener:
            self.listener.close()
        if self.path:
            self.path.unlink(missing_ok=True)

    def serve(self):
        while not self.stopped:
            with contextlib.suppress(OSError):
                self.line, _ = self.listener.accept()
                with self.line:
                    self.connected()

    def connected(self):
        last = 0
        while data := self.line.recv(100):
            for byte in data:
                if last == ENQUIRY and byte >= 0x80:
                    self.asked += 1
                    self.answer(byte)
                last = byte

    def page(self):
        return (
            "# HELP sim_index Which device this is.\n"
            "# TYPE sim_index gauge\n"
            f"sim_index {self.index}\n"
            "# HELP sim_pages_total Pages made.\n"
            "# TYPE sim_pages_total counter\n"
            f'sim_pages_total{{path="a\\"b\\\\c"}} {self.asked}\n'
        ).encode()

    def answer(self, number):
        for frame in frames(number, self.page()):
            self.line.sendall(frame)


class Noisy(Device):
    """Its console is shared with log lines, and the line catches noise."""

    def answer(self, number):
        chance = random.Random(self.asked)
        for frame in frames(number, self.page(), payload=20):
            self.line.sendall(b"[ 12.5] boiler: valve opened\r\n\x1b[0m")
            self.line.sendall(bytes(chance.choice([0xFA, 0x80, 0, chance.randrange(256)]) for _ in range(20)))
            self.line.sendall(frame)


class Damaging(Device):
    """Every second answer has a wrong bit in the middle."""

    def answer(self, number):
        for sequence, frame in enumerate(frames(number, self.page())):
            if sequence == 1 and self.asked % 2:
                frame = frame[:20] + bytes([frame[20] ^ 1]) + frame[21:]
            self.line.sendall(frame)


class Resetting(Device):
    """Starts anew in the middle of its first pages: once the port goes with it, once only the answer."""

    def answer(self, number):
        if self.asked > 2:
            return super().answer(number)
        whole = b"".join(frames(number, self.page()))
        self.line.sendall(whole[: len(whole) // 2])
        if self.asked == 1:
            self.line.shutdown(socket.SHUT_RDWR)
        else:
            self.line.sendall(b"\r\nboot\r\n")


class Slow(Device):
    """A byte now and then."""

    def answer(self, number):
        for byte in b"".join(frames(number, self.page())):
            self.line.sendall(bytes([byte]))
            time.sleep(0.05)


class Pushing(Device):
    """Is never asked."""

    def connected(self):
        while not self.stopped:
            self.asked += 1
            self.answer(PUSHED)
            time.sleep(0.2)


class Labelled(Device):
    """Uses the label that merged pages use."""

    def page(self):
        return super().page() + b'# HELP sim_ports Ports.\n# TYPE sim_ports gauge\nsim_ports{device="eth0"} 2\n'


class Conflicting(Device):
    """An older version, in which the index was of another type."""

    def page(self):
        return super().page().replace(b"sim_index gauge", b"sim_index untyped")
