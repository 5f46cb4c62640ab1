"""The examples as child processes, nginx among them, and one Prometheus that scrapes them all."""

import http.client
import shutil
import subprocess
import tempfile
from pathlib import Path

from servers import Child, Exporter, Prometheus, free_port, wait_until

ROOT = Path(__file__).resolve().parents[2]
PROMETHEUS = ROOT / "examples" / "prometheus"
EXPORTER = ROOT / "target" / "demo" / "exporter"
NGINX_EXPORTER = ROOT / "target" / "examples" / "nginx-exporter"
SERVICE = ROOT / "target" / "http-service" / "debug" / "http-service"
TEXT = "text/plain; version=0.0.4"
OPENMETRICS = "application/openmetrics-text; version=1.0.0"


class Service(Exporter):
    """The axum service: `port` is that of its metrics, `base` where it serves."""

    def __init__(self):
        super().__init__(SERVICE)
        line = self.process.stdout.readline().decode()
        self.base = line.split()[-1].rstrip("/")


class Nginx(Child):
    """nginx with a page of its own and its status; it may be started again on the same port."""

    def __init__(self):
        self.directory = Path(tempfile.mkdtemp(prefix="nanoprom-nginx-"))
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        temporary = "".join(
            f"  {kind}_temp_path {self.directory}/{kind};\n"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        (self.directory / "nginx.conf").write_text(
            f"daemon off; worker_processes 1; pid {self.directory}/pid; error_log {self.directory}/log;\n"
            "events { worker_connections 64; }\n"
            "http {\n  access_log off; default_type text/plain;\n"
            f"{temporary}"
            f"  server {{\n    listen 127.0.0.1:{self.port};\n"
            '    location / { return 200 "hello\\n"; }\n'
            "    location = /status { stub_status; }\n  }\n}\n"
        )
        self.start()

    def start(self):
        program = shutil.which("nginx") or "/usr/sbin/nginx"
        log = self.directory / "log"
        super().__init__([program, "-e", log, "-c", self.directory / "nginx.conf"])
        wait_until("nginx answers", self.answers)

    def answers(self):
        try:
            return fetch(self.port, "/status")[0] == 200
        except OSError:
            return False

    def __exit__(self, *_):
        super().__exit__()
        shutil.rmtree(self.directory, ignore_errors=True)


def prometheus_for(service, exporter, nginx_exporter):
    """Prometheus with the example's own settings and rules: only ports and times are others."""
    settings = (PROMETHEUS / "prometheus.yml").read_text()
    changes = {
        "127.0.0.1:9101": f"127.0.0.1:{service.port}",
        "127.0.0.1:9102": f"127.0.0.1:{exporter.port}",
        "127.0.0.1:9113": f"127.0.0.1:{nginx_exporter.port}",
        "- rules.yml": f"- {PROMETHEUS}/rules.yml",
        ": 15s": ": 1s",
        ": 10s": ": 1s",
    }
    for old, new in changes.items():
        assert old in settings, f"prometheus.yml does not hold {old}"
        settings = settings.replace(f'"{old}"', f'"{new}"') if old[0].isdigit() else settings.replace(old, new)
    return Prometheus(None, settings)


def fetch(port, path, headers=None):
    """One request on a connection of its own: status and body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path, headers={"Connection": "close", **(headers or {})})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def samples(exporter):
    """The page: values by series as it is spelled."""
    lines = exporter.get().splitlines()
    pairs = (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    return {series: float(value) for series, value in pairs}


def check_pages(*pages):
    """The project's judges of pages; raises AssertionError with what they say."""
    run = subprocess.run([ROOT / "scripts" / "check-pages", "--strict", *pages], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
