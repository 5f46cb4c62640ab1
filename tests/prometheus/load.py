"""wrk and siege: what sends requests, and what they say that they sent."""

import json
import re
import signal
import subprocess
import tempfile
from dataclasses import dataclass

from servers import Child, Fault


@dataclass
class Report:
    """What was answered; `failed` had a status other than 2xx and 3xx, and is part of `requests`."""

    requests: int
    failed: int
    rate: float


class Wrk(Child):
    """wrk, which keeps so many connections busy with one URL. Requests still in progress at its end are
    not part of its report: at most one for each connection. It leaves the processor to others."""

    def __init__(self, url, connections, seconds):
        self.connections = connections
        command = ["nice", "-n10", "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", url]
        super().__init__(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def finish(self):
        """Ends it now, unless it is at its end; what it reports."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.wait()

    def wait(self):
        said, _ = self.process.communicate(timeout=60)
        requests = re.search(r"(\d+) requests in", said)
        rate = re.search(r"Requests/sec: *([\d.]+)", said)
        if not requests or not rate or "Socket errors" in said:
            raise Fault(f"wrk failed:\n{said}")
        failed = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
        return Report(int(requests[1]), int(failed[1]) if failed else 0, float(rate[1]))


def siege(url, clients, each):
    """Sends exactly `clients` times `each` requests, without pauses."""
    with tempfile.TemporaryDirectory() as home:  # siege keeps settings and cookies there
        command = ["siege", "--quiet", "--json-output", "--no-parser", "--benchmark"]
        run = subprocess.run(
            [*command, f"--concurrent={clients}", f"--reps={each}", url],
            capture_output=True,
            text=True,
            timeout=120,
            env={"HOME": home, "PATH": "/usr/bin:/bin"},
        )
    try:
        said = json.loads(run.stdout[run.stdout.index("{") :])
    except ValueError:
        raise Fault(f"siege failed: {run.stdout}{run.stderr}") from None
    report = Report(
        said["transactions"] + said["failed_transactions"],
        said["failed_transactions"],
        said["transaction_rate"],
    )
    if report.requests != clients * each:
        raise Fault(f"siege was to send {clients * each} requests, and says {said}")
    return report
