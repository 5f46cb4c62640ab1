"""Machines in QEMU: an image runs under a time limit, its UART is a socket, its end a status."""

import os
import select
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

ARM = ["qemu-system-arm", "-semihosting-config", "enable=on,target=native"]

# What each machine is started with. `virt` ends by its test finisher, the others by semihosting.
MACHINES = {
    "lm3s6965evb": [*ARM, "-machine", "lm3s6965evb"],
    "mps2-an385": [*ARM, "-machine", "mps2-an385"],
    "mps2-an386": [*ARM, "-machine", "mps2-an386"],
    "microbit": [*ARM, "-machine", "microbit"],
    "virt": ["qemu-system-riscv32", "-machine", "virt", "-bios", "none"],
}
HUNG = 124  # the status that `timeout` gives a machine that did not end by itself


class Fault(Exception):
    """The machine could not be started, or hung up."""


class Machine:
    """A machine that runs `image` until its `with` block ends, or for `limit` seconds at most.

    It starts when the socket is connected, so that nothing it says is lost. `options` are more
    arguments for QEMU, such as ["-icount", "shift=4"].
    """

    def __init__(self, machine, image, limit=60, options=()):
        if machine not in MACHINES:
            raise Fault(f"no machine '{machine}'; there are: {', '.join(MACHINES)}")
        if not Path(image).is_file():
            raise Fault(f"there is no image {image}")
        command = [*MACHINES[machine], *options, "-kernel", image, "-display", "none", "-monitor", "none"]
        if not shutil.which(command[0]):
            raise Fault(f"no {command[0]} here: run 'scripts/setup firmware'")
        self._folder = tempfile.TemporaryDirectory(prefix="nanoprom-")
        path = os.path.join(self._folder.name, "uart")
        command += ["-serial", f"unix:{path},server=on,wait=on"]
        self._said = open(os.path.join(self._folder.name, "stderr"), "w+b")
        # `timeout` outlives this program where it is killed, and then ends QEMU.
        self.process = subprocess.Popen(
            ["timeout", "--kill-after=5", str(limit), *command],
            stdin=subprocess.DEVNULL, stdout=self._said, stderr=self._said,
        )
        try:
            self.uart = self._connect(path)
        except BaseException:
            self._end()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._end()

    def _end(self):
        if self.process.poll() is None:
            self.process.terminate()  # `timeout` hands it on
        self.process.wait()
        self._said.close()
        self._folder.cleanup()

    def _connect(self, path):
        uart = socket.socket(socket.AF_UNIX)
        for _ in range(200):
            try:
                uart.connect(path)
                uart.setblocking(False)
                return uart
            except (FileNotFoundError, ConnectionRefusedError):
                if self.process.poll() is not None:
                    raise Fault(f"QEMU did not start: {self.said()}") from None
                time.sleep(0.05)
        raise Fault("QEMU does not open its socket")

    def said(self):
        """What QEMU itself printed."""
        self._said.seek(0)
        return self._said.read().decode(errors="replace").strip()

    def exchange(self, data, until, seconds):
        """Sends `data` while it hands what comes to `until`, until that gives something true.

        Returns that, or None after so many seconds or when the machine has hung up. `until` is
        called with b"" too, each time nothing came for 50 ms.
        """
        deadline = time.monotonic() + seconds
        while True:
            readable, writable, _ = select.select([self.uart], [self.uart] if data else [], [], 0.05)
            got = b""
            try:
                if readable:
                    got = self.uart.recv(65536)
                    if not got:
                        return until(b"") or None
                if writable:
                    data = data[self.uart.send(data[:4096]) :]
            except (BrokenPipeError, ConnectionResetError):
                return until(got) or None
            result = until(got)
            if result and not data:
                return result
            if time.monotonic() > deadline:
                return None

    def wait(self, seconds):
        """The exit status, HUNG after so many seconds."""
        try:
            return self.process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            return HUNG
