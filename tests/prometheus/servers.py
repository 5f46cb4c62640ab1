"""The exporter and a real Prometheus as child processes, and the few HTTP calls they need."""

import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

PATIENCE = 30  # seconds; only a fault ever waits so long


class Fault(Exception):
    """Something the caller can only report."""


def exit_on_signals():
    """Makes SIGTERM and Ctrl-C run the `with` blocks' ends, so that no child is left behind."""

    def leave(number, _frame):
        sys.exit(128 + number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)


def wait_until(what, condition):
    """Polls `condition` until it gives something true, and returns that."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        result = condition()
        if result:
            return result
        time.sleep(0.1)
    raise Fault(f"waited {PATIENCE} s in vain: {what}")


class Child:
    """A process that ends with its `with` block."""

    def __init__(self, command, **options):
        self.process = subprocess.Popen(command, **options)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop(signal.SIGTERM)

    def stop(self, number):
        """Sends the signal and returns the exit status; negative when the process had to be killed."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            return self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()


class Exporter(Child):
    """An exporter on a free port; `port` and `url` are what it announces on its first line."""

    def __init__(self, binary, *arguments, **options):
        ports = ("PORT", "METRICS_PORT", "SECONDS")
        environment = {k: v for k, v in os.environ.items() if k not in ports}
        super().__init__([binary, *arguments], stdout=subprocess.PIPE, env=environment, **options)
        ready, _, _ = select.select([self.process.stdout], [], [], PATIENCE)
        line = self.process.stdout.readline().decode() if ready else ""
        if not line.startswith("Serving http://127.0.0.1:"):
            self.stop(signal.SIGKILL)
            raise Fault(f"{binary} does not announce its address, its first line is {line!r}")
        self.url = line.split()[1]
        self.port = urllib.parse.urlsplit(self.url).port

    def get(self, path="/metrics"):
        """One request on a connection of its own; the page as text."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            return answer.read().decode()


class Prometheus(Child):
    """A Prometheus that scrapes one target each second, or does what `settings` say, with these features
    enabled; its data goes away with it."""

    def __init__(self, target, settings=None, features=()):
        self.directory = Path(tempfile.mkdtemp(prefix="nanoprom-prometheus-"))
        config = self.directory / "prometheus.yml"
        config.write_text(
            settings
            or "global: { scrape_interval: 1s, scrape_timeout: 1s }\n"
            "scrape_configs:\n"
            f"  - {{ job_name: exporter, static_configs: [{{ targets: ['{target}'] }}] }}\n"
        )
        for _ in range(3):  # between finding a free port and using it, somebody may take it
            self.port = free_port()
            with open(self.directory / "log", "wb") as log:
                super().__init__(
                    [
                        "prometheus",
                        f"--config.file={config}",
                        f"--storage.tsdb.path={self.directory}/data",
                        f"--web.listen-address=127.0.0.1:{self.port}",
                        *(f"--enable-feature={feature}" for feature in features),
                    ],
                    stdout=log,
                    stderr=log,
                )
            try:
                wait_until("Prometheus starts", self.started)
            except BaseException:
                self.__exit__()
                raise
            if self.process.poll() is None:
                return
        log_end = (self.directory / "log").read_text()[-1000:]
        self.__exit__()
        raise Fault(f"Prometheus does not start:\n{log_end}")

    def __exit__(self, *_):
        super().__exit__()
        shutil.rmtree(self.directory, ignore_errors=True)

    def started(self):
        if self.process.poll() is not None:
            return True
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/-/ready", timeout=5):
                return True
        except OSError:
            return False

    def api(self, path, **parameters):
        url = f"http://127.0.0.1:{self.port}/api/v1/{path}?{urllib.parse.urlencode(parameters)}"
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                return json.load(answer)["data"]
        except urllib.error.HTTPError as error:
            raise Fault(f"Prometheus refuses {path} {parameters}: {error.read().decode()}") from error

    def query(self, expression):
        """An instant query: a list of (labels, value)."""
        result = self.api("query", query=expression)["result"]
        return [(row["metric"], float(row["value"][1])) for row in result]

    def value(self, expression):
        """The value of a query with exactly one result, else None."""
        rows = self.query(expression)
        return rows[0][1] if len(rows) == 1 else None


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
