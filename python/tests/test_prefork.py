"""Servers that fork their workers: each worker has the totals of all, and a real Prometheus never sees them fall."""
from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "tests" / "prometheus"))
from servers import Child, Prometheus, free_port, wait_until  # noqa: E402

WORKERS = 4
REQUESTS = 400

pytestmark = pytest.mark.skipif(not shutil.which("prometheus"), reason="there is no Prometheus: scripts/setup prometheus")

SERVERS = {
    "gunicorn": (
        sys.executable, "-m", "gunicorn", "--preload", f"--workers={WORKERS}", "--bind=127.0.0.1:{port}", "--chdir={home}",
        "prefork_program:app",
    ),
    "uwsgi": (
        "uwsgi", "--plugins=http,python3", "--http=127.0.0.1:{port}", "--wsgi-file={home}/prefork_program.py", "--callable=app",
        "--need-app", "--master", f"--processes={WORKERS}", "--die-on-term", "--disable-logging",
    ),
}


class Server(Child):
    def __init__(self, name: str, home: Path) -> None:
        source = (HERE / "programs" / "prefork.py").read_text()
        (home / "prefork_program.py").write_text(re.sub(r"\bprometheus_client\b", "nanoprom", source))
        self.port = free_port()
        self.log = home / "log"
        path = os.pathsep.join(
            [*os.environ.get("PYTHONPATH", "").split(os.pathsep), *map(sysconfig.get_path, ("purelib", "platlib"))])
        environment = {**os.environ, "NANOPROM_MULTIPROCESS": "1"}
        if name == "uwsgi":
            environment["PYTHONPATH"] = path  # it has its own interpreter, of the system
        with open(self.log, "wb") as log:
            super().__init__(
                [word.format(port=self.port, home=home) for word in SERVERS[name]], stdout=log, stderr=subprocess.STDOUT,
                cwd=home, env=environment)

    def get(self, path: str) -> tuple[str, str]:
        """The worker that answered, and what."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            return answer.headers["X-Worker"], answer.read().decode()

    def serves(self) -> bool:
        if self.process.poll() is not None:
            pytest.fail(f"it ended:\n{self.log.read_text()[-2000:]}")
        try:
            return bool(self.get("/metrics"))
        except OSError:
            return False

    def feed(self) -> set[str]:
        """The workers that gave this many pages."""
        with ThreadPoolExecutor(WORKERS * 2) as pool:
            return {worker for worker, _ in pool.map(lambda number: self.get(f"/{number % 5}"), range(REQUESTS))}

    def pages(self) -> dict[str, str]:
        """The metrics, as each worker gives them."""
        found: dict[str, str] = {}

        def all_workers() -> bool:
            with ThreadPoolExecutor(WORKERS * 2) as pool:
                found.update(pool.map(lambda _: self.get("/metrics"), range(WORKERS * 4)))
            return len(found) >= WORKERS

        wait_until("each worker shows its metrics", all_workers)
        return found


def samples(page: str) -> dict[tuple[str, tuple], float]:
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(page) for sample in family.samples
    }


@pytest.mark.parametrize("name", SERVERS)
def test_each_worker_has_the_totals_of_all(name, tmp_path):
    if name == "uwsgi" and not shutil.which("uwsgi"):
        pytest.skip("there is no uwsgi: scripts/setup python")
    with Server(name, tmp_path) as server:
        wait_until(f"{name} serves\n{server.log.read_text()}", server.serves)
        with Prometheus(f"127.0.0.1:{server.port}") as prometheus:
            workers = server.feed()
            assert len(workers) == WORKERS, workers
            pages = server.pages()
            assert set(pages) == workers
            assert len(set(pages.values())) == 1, "two workers show different pages"
            found = samples(pages.popitem()[1])
            for path in range(5):
                assert found["pages_total", (("path", f"/{path}"),)] == REQUESTS / 5
            assert found["page_seconds_count", ()] == found["page_seconds_bucket", (("le", "+Inf"),)] == REQUESTS
            assert found["busy_requests", ()] == 0
            for worker in workers:
                assert found["last_page_time_seconds", (("pid", worker),)] > 1.6e9
            scraped = f"sum(pages_total) == {REQUESTS}"
            wait_until("Prometheus has the total", lambda: prometheus.value(scraped))

            # A worker that is killed takes nothing with it.
            killed = workers.pop()
            os.kill(int(killed), signal.SIGKILL)
            wait_until("the server goes on", server.serves)
            after = server.feed()
            assert killed not in after
            found = samples(server.pages().popitem()[1])
            assert found["page_seconds_count", ()] == 2 * REQUESTS
            assert ("last_page_time_seconds", (("pid", killed),)) not in found
            wait_until("Prometheus has both", lambda: prometheus.value(f"sum(pages_total) == {2 * REQUESTS}"))
            assert prometheus.value("max(resets(pages_total[1m]))") == 0
            assert prometheus.value("sum(rate(page_seconds_count[10s]))") > 0
            p99 = "histogram_quantile(0.99, sum by (le) (rate(page_seconds_bucket[10s]))) > 0"
            wait_until("p99", lambda: prometheus.value(p99))
