"""Programs written for `prometheus_client` run with only the import changed, and a real Prometheus scrapes them.

Each program in `programs/` is run twice at the same time, as it is and with the name of the package changed. Both
serve the same requests and are asked the same in PromQL.
"""
from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "tests" / "prometheus"))
from servers import Child, Prometheus, free_port, wait_until  # noqa: E402

LIBRARIES = ("prometheus_client", "nanoprom")
ROUNDS = 40  # of the requests of a program
SCRAPES = 6

pytestmark = pytest.mark.skipif(not shutil.which("prometheus"), reason="there is no Prometheus: scripts/setup prometheus")


@dataclass
class Program:
    """How a program is run, what it is asked for, and what Prometheus then has to say.

    An expectation is an expression and either its value, or None for a value above zero. `{n}` is how many rounds of
    requests were answered.
    """

    name: str
    expected: dict[str, float | str | None]
    requests: tuple[str, ...] = ()
    fault: str = ""  # the request that is answered with 500
    file: str = ""
    command: tuple[str, ...] = ("{python}", "{file}", "{app}", "{metrics}")
    beside: bool = True  # the metrics are at a port of their own
    needs: str = ""
    environment: dict[str, str] = field(default_factory=dict)


def p99(histogram: str, *labels: str) -> str:
    by = ", ".join(("le", *labels))
    return f"histogram_quantile(0.99, sum by ({by}) (rate({histogram}_bucket{{job='$'}}[5s])))"


DISPATCH = {
    "sum(pages_total{job='$'})": "3n",
    "pages_total{job='$',path='/b'}": "2n",
    "page_seconds_count{job='$'}": "3n",
    "rate(page_seconds_sum{job='$'}[5s])": None,
    "process_open_fds{job='$'}": None,
}

PROGRAMS = (
    Program("hits", {
        "hits_total{job='$'}": "n",
        "sent_bytes_total{job='$'}": "600n",
        "rate(hits_total{job='$'}[5s])": None,
        "answer_latency_seconds_count{job='$'}": "n",
        "answer_size_bytes_sum{job='$'} / answer_size_bytes_count{job='$'}": 600,
        "requests_in_progress{job='$'}": 0,
        "time() - last_hit_time_seconds{job='$'} < bool 60": 1,
        "answer_latency_seconds_created{job='$'} > bool 1.6e9": 1,
        "python_info{job='$'}": 1,
        p99("answer_latency_seconds"): None,
    }, ("/",)),
    Program("exceptions", {
        "requests_total{job='$'}": "4n",
        "faults_total{job='$'}": "3n",
        "wrong_numbers_total{job='$'}": "2n",
        "divisions_by_zero_total{job='$'}": "n",
        "rate(faults_total{job='$'}[5s])": None,
    }, ("/7", "/0", "/x", "/")),
    Program("queues", {
        "queue_items{job='$',queue='mail',priority='high'} >= bool 0": 1,
        "sum(queue_workers{job='$'})": 2,
        "threads{job='$'} >= bool 4": 1,
        "sum(rate(items_done_total{job='$'}[5s]))": None,
        "count(queue_items{job='$'})": 4,
    }),
    Program("four_types", {
        "rate(app_demo_events_total{job='$'}[5s])": None,
        "app_temperature_celsius{job='$'}": None,
        "rate(app_web_request_seconds_sum{job='$'}[5s]) / rate(app_web_request_seconds_count{job='$'}[5s])": None,
        p99("app_response_seconds"): None,
        "count(app_response_seconds_bucket{job='$'})": 30,
    }),
    Program("flask_pages", {
        "views_total{job='$',page='tea'}": "n",
        "order_value_euros_sum{job='$'}": "90n",
        "order_value_euros_bucket{job='$',le='100.0'}": "2n",
        "rate(order_value_euros_count{job='$'}[5s])": None,
        p99("order_value_euros"): None,
    }, ("/shop/tea", "/shop/coffee", "/metrics/views"), beside=False),
    Program("flask_middleware", {
        "http_requests_total{job='$',method='GET',endpoint='index',status='200'}": "n",
        "http_requests_total{job='$',endpoint='secret',status='403'}": "n",
        "http_requests_total{job='$',endpoint='none',status='404'}": "n",
        "http_requests_total{job='$',method='POST',endpoint='orders',status='201'}": "n",
        "http_request_duration_seconds_count{job='$',endpoint='orders'}": "n",
        "sum by (status) (rate(http_requests_total{job='$',status='200'}[5s]))": None,
        "app_state{job='$',app_state='serving'}": 1,
        "sum(app_state{job='$'})": 1,
        "app_build_info{job='$',revision='a\"b\\\\c\\nd',version='1.2.3'}": 1,
        p99("http_request_duration_seconds", "endpoint"): None,
    }, ("/", "/secret", "/nothing", "POST /orders")),
    Program("wsgi_dispatch", DISPATCH, ("/a", "/b", "/b"), beside=False),
    Program(
        "gunicorn", DISPATCH, ("/a", "/b", "/b"), file="wsgi_dispatch", beside=False, needs="gunicorn",
        command=(
            "{python}", "-m", "gunicorn", "--threads=2", "--bind=127.0.0.1:{app}", "--chdir={directory}",
            "{module}:app",
        ),
    ),
    Program(
        "uwsgi", DISPATCH, ("/a", "/b", "/b"), file="wsgi_dispatch", beside=False, needs="uwsgi",
        command=(
            "uwsgi", "--plugins=http,python3", "--http=127.0.0.1:{app}", "--wsgi-file={file}", "--callable=app", "--need-app",
            "--enable-threads", "--die-on-term", "--disable-logging",
        ),
        # uwsgi has its own interpreter, of the system.
        environment={"PYTHONPATH": os.pathsep.join(
            [*os.environ.get("PYTHONPATH", "").split(os.pathsep), *map(sysconfig.get_path, ("purelib", "platlib"))])},
    ),
    Program("custom_collector", {
        "devices{job='$'}": 3,
        "sum(rate(device_blocks_total{job='$'}[5s]))": None,
        "device_temperature_celsius{job='$',device='sd2',place='front \"left\"\\\\'}": 32,
        "device_latency_seconds_count{job='$'} - ignoring(le) device_latency_seconds_bucket{job='$',le='+Inf'}": 0,
        "device_queue_gsum{job='$'}": 4,
        "device_driver_info{job='$',name='nvme'}": 1,
        "device_raid{job='$',device_raid='clean'}": 1,
        p99("device_latency_seconds", "device"): None,
    }),
    Program("exporter_loop", {
        "probe_in_progress{job='$'} <= bool 1": 1,
        "time() - probe_last_run_time_seconds{job='$'} < bool 5": 1,
        "probe_last_duration_seconds{job='$'} >= bool 0.02": 1,
        "rate(probe_failures_total{job='$',reason='refused'}[5s])": None,
        "probe_failures_total{job='$',reason='timeout'}": 0,
        p99("probe_duration_seconds"): None,
    }),
    Program("example", {
        "http_requests_total{job='$',endpoint='/',status='200'}": "n",
        "http_requests_total{job='$',endpoint='/fault',status='500'}": "n",
        "http_requests_total{job='$',endpoint='other',status='200'}": "2n",
        "service_faults_total{job='$'}": "n",
        "http_request_duration_seconds_count{job='$',endpoint='/slow'}": "n",
        "http_requests_in_progress{job='$'}": 0,
        p99("http_request_duration_seconds", "endpoint"): None,
    }, ("/", "/slow", "/fault", "/a", "/b"), fault="/fault", file="../../../examples/python/service"),
)


class Run(Child):
    """A running program, under the name of one library."""

    def __init__(self, program: Program, library: str, directory: Path) -> None:
        source = (HERE / "programs" / f"{program.file or program.name}.py").read_text()
        changed = re.sub(r"from (prometheus_client|nanoprom)\b", f"from {library}", source)
        assert library in changed
        # Each in a directory of its own, so that none imports another.
        home = directory / f"{program.name}-{library}"
        home.mkdir()
        module = f"{program.name}_program"
        (home / f"{module}.py").write_text(changed)
        self.program = program
        self.job = f"{program.name}-{library}"
        self.app = free_port()
        self.metrics = free_port() if program.beside else self.app
        self.rounds = 0
        words = {
            "python": sys.executable, "file": home / f"{module}.py", "directory": home, "module": module,
            "app": self.app, "metrics": self.metrics,
        }
        self.log = home / "log"
        with open(self.log, "wb") as log:
            super().__init__(
                [word.format(**words) for word in program.command], stdout=log, stderr=subprocess.STDOUT,
                cwd=home, env={**os.environ, **program.environment})

    def get(self, request: str, port: int | None = None) -> int:
        method, _, path = request.rpartition(" ")
        url = f"http://127.0.0.1:{port or self.app}{path}"
        try:
            with urllib.request.urlopen(urllib.request.Request(url, method=method or "GET"), timeout=10) as answer:
                answer.read()
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    def serves(self) -> bool:
        if self.process.poll() is not None:
            pytest.fail(f"{self.job} ended:\n{self.log.read_text()[-2000:]}")
        try:
            return self.get("/metrics", self.metrics) == 200
        except OSError:
            return False

    def feed(self) -> None:
        for _ in range(ROUNDS if self.program.requests else 0):
            for request in self.program.requests:
                assert (self.get(request) == 500) == (request == self.program.fault), f"{self.job}: {request}\n{self.log.read_text()[-2000:]}"
            self.rounds += 1
            time.sleep(SCRAPES / ROUNDS)


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """All programs, having answered their requests, and a Prometheus that has seen them before and after."""
    directory = tmp_path_factory.mktemp("programs")
    runs: dict[tuple[str, str], Run] = {}
    with contextlib.ExitStack() as stack:
        for program in PROGRAMS:
            for library in LIBRARIES:
                if not program.needs or shutil.which(program.needs, path=_path()):
                    runs[program.name, library] = stack.enter_context(Run(program, library, directory))
        for run in runs.values():
            wait_until(f"{run.job} serves\n{run.log.read_text()}", run.serves)
        scrapes = [
            {"job_name": run.job, "static_configs": [{"targets": [f"127.0.0.1:{run.metrics}"]}]}
            for run in runs.values()
        ]
        settings = {"global": {"scrape_interval": "1s", "scrape_timeout": "1s"}, "scrape_configs": scrapes}
        prometheus = stack.enter_context(Prometheus(None, json.dumps(settings)))
        wait_until("all are up", lambda: prometheus.value("count(up == 1)") == len(runs))
        feeders = [threading.Thread(target=run.feed) for run in runs.values()]
        for feeder in feeders:
            feeder.start()
        for feeder in feeders:
            feeder.join()
        wait_until("scrapes", lambda: (prometheus.value("min(count_over_time(up[1m]))") or 0) >= SCRAPES)
        yield prometheus, runs


def _path() -> str:
    return os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_a_program_needs_only_another_import(running, program, library):
    prometheus, runs = running
    if (program.name, library) not in runs:
        pytest.skip(f"there is no {program.needs}: scripts/setup python")
    run = runs[program.name, library]
    assert not program.requests or run.rounds == ROUNDS, run.log.read_text()[-2000:]
    assert prometheus.value(f"min_over_time(up{{job='{run.job}'}}[1m])") == 1
    for expression, expected in program.expected.items():
        expression = expression.replace("$", run.job)
        if expected is None:
            # At any time since: rates are zero again when tests before this one took long.
            expression = f"max_over_time(({expression})[5m:1s])"
        if isinstance(expected, str):
            expected = int(expected.rstrip("n") or "1") * run.rounds

        def values(expression=expression, expected=expected):
            found = [value for _, value in prometheus.query(expression)]
            good = [value == value and (value > 0 if expected is None else value == expected) for value in found]
            return found if good and all(good) else None

        wait_until(f"{expression} is {expected or 'above zero'}, not {prometheus.query(expression)}", values)


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_prometheus_stores_the_same_series_of_both(running, program):
    prometheus, runs = running
    if (program.name, LIBRARIES[0]) not in runs:
        pytest.skip(f"there is no {program.needs}: scripts/setup python")

    def series(library: str) -> set[str]:
        rows = prometheus.query(f"{{job='{program.name}-{library}'}}")
        own = ({key: value for key, value in labels.items() if key not in ("job", "instance")} for labels, _ in rows)
        return {json.dumps(labels, sort_keys=True) for labels in own}

    theirs, ours = map(series, LIBRARIES)
    assert ours == theirs
