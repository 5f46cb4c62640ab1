"""A real Pushgateway on a free port, and what it says about its groups."""

import json
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "prometheus"))
from servers import Child, Fault, free_port, wait_until

OWN = {"labels", "last_push_successful", "push_time_seconds", "push_failure_time_seconds"}


class Gateway(Child):
    """Runs until its `with` block ends, and keeps its groups in memory; `address` is where it listens, on a free
    port unless one is given."""

    def __init__(self, port=None):
        for _ in range(3):  # between finding a free port and using it, somebody may take it
            self.port = port or free_port()
            self.address = f"127.0.0.1:{self.port}"
            super().__init__(
                [
                    "prometheus-pushgateway",
                    f"--web.listen-address={self.address}",
                    "--persistence.file=",
                    "--log.level=error",
                ],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            try:
                wait_until("the Pushgateway starts", self.started)
            except BaseException:
                self.__exit__()
                raise
            if self.process.poll() is None:
                return
        raise Fault("the Pushgateway does not start")

    def started(self):
        if self.process.poll() is not None:
            return True
        try:
            return self.get("/-/ready") is not None
        except OSError:
            return False

    def get(self, path):
        with urllib.request.urlopen(f"http://{self.address}{path}", timeout=10) as answer:
            return answer.read().decode()

    def send(self, method, path, page):
        """A push that shares no code with ours."""
        request = urllib.request.Request(f"http://{self.address}{path}", page.encode(), method=method)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status

    def groups(self):
        """The metrics of each group: their values by name, in a dictionary by the group's labels."""
        found = {}
        for group in json.loads(self.get("/api/v1/metrics"))["data"]:
            values = {
                name: [float(metric["value"]) for metric in family["metrics"] if "value" in metric]
                for name, family in group.items()
                if name not in OWN
            }
            found[tuple(sorted(group["labels"].items()))] = values
        return found

    def group(self, **labels):
        """The metrics of one group, `None` where there is no such group."""
        return self.groups().get(tuple(sorted(labels.items())))
