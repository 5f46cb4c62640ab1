"""examples/rust/plugins and examples/c/plugins, which do the same: what their two pages show while plugins are
loaded, work and are unloaded, and that a real Prometheus stores it."""

import select
import subprocess
import tempfile
from pathlib import Path

from programs import OPENMETRICS, ROOT, TEXT, check_pages, fetch
from servers import PATIENCE, Exporter, Fault, Prometheus, wait_until

RUST = [ROOT / "target" / "debug" / "plugins"]
C = [ROOT / "target" / "examples" / "plugins" / "plugins", ROOT / "target" / "examples" / "plugins"]


class Plugins(Exporter):
    """`port` is that of the program's own page, `loaded` that of the plugins'."""

    def __init__(self, command):
        super().__init__(*command, stdin=subprocess.PIPE, bufsize=0)
        # In C they are shared libraries, whose memory goes with them.
        self.forgets = command is C
        self.loaded = int(self.reply().rsplit(":", 1)[1].split("/")[0])

    def reply(self):
        if not select.select([self.process.stdout], [], [], PATIENCE)[0]:
            raise Fault("plugins says nothing")
        return self.process.stdout.readline().decode().rstrip("\n")

    def obey(self, command):
        self.process.stdin.write(command.encode() + b"\n")
        self.process.stdin.flush()
        return self.reply()

    def end(self):
        self.process.stdin.close()
        return self.process.wait(timeout=10)


def page(port, accept=TEXT):
    status, body = fetch(port, "/metrics", {"Accept": accept})
    assert status == 200, status
    return body


def plugins_come_and_go(plugins):
    assert page(plugins.loaded) == ""
    assert plugins.obey("load mail") == "done: load mail"
    assert page(plugins.loaded).endswith("\nplugin_mail_messages_sent_total 0\n")
    assert plugins.obey("run mail 4bf92f35").startswith("done")
    assert plugins.obey("load thumbnails").startswith("done")
    both = page(plugins.loaded)
    assert "\nplugin_mail_messages_sent_total 1\n" in both and "\nplugin_thumbnails_made_total 0\n" in both, both
    assert plugins.obey("unload mail").startswith("done")
    assert "plugin_mail" not in page(plugins.loaded) and "plugin_thumbnails" in page(plugins.loaded)
    assert plugins.obey("load mail").startswith("done")
    sent = 0 if plugins.forgets else 1
    assert f"\nplugin_mail_messages_sent_total {sent}\n" in page(plugins.loaded)
    for wrong in ("load mail", "load nothing", "unload nothing", "", "dance"):
        assert plugins.obey(wrong).startswith(f"failed: {wrong}: "), wrong


def groups_of_all_files_are_on_one_page(plugins):
    own = page(plugins.port)
    assert '\njobs_total{plugin="mail"} 1\n' in own and "\nnetwork_errors_total 0\n" in own, own
    assert "plugin_" not in own and "mail_" not in own, own


def a_collector_shows_what_linux_counts(plugins):
    def received():
        line = next(line for line in page(plugins.port).splitlines() if line.startswith(series))
        return int(line.split()[-1])

    series = 'network_receive_bytes_total{device="lo"}'
    before = received()
    # Each of these pages goes over that interface.
    assert before < received() < received()


def a_slow_job_leads_to_its_trace(plugins):
    assert plugins.obey("run thumbnails a3ce929d").startswith("done")
    assert plugins.obey("run mail " + "x" * 200).startswith("done")
    own = page(plugins.port, OPENMETRICS)
    assert '\njob_duration_seconds_bucket{le="0.005"} 2 # {trace_id="4bf92f35"} 0.004 ' in own, own
    assert '\njob_duration_seconds_bucket{le="0.5"} 3 # {trace_id="a3ce929d"} 0.3 ' in own, own
    assert "\njobs_untraced_total 1\n" in own, "the trace that was too long"


def pages_of_plugins_are_valid(plugins):
    with tempfile.TemporaryDirectory() as directory:
        pages = []
        for name, port in {"own": plugins.port, "loaded": plugins.loaded}.items():
            for suffix, accept in {".txt": TEXT, ".om": OPENMETRICS}.items():
                pages.append(Path(directory) / (name + suffix))
                pages[-1].write_text(page(port, accept))
        check_pages(*pages)


def a_real_prometheus_stores_both_pages(plugins):
    targets = f"'127.0.0.1:{plugins.port}', '127.0.0.1:{plugins.loaded}'"
    settings = (
        "global: { scrape_interval: 1s, scrape_timeout: 1s }\n"
        f"scrape_configs: [{{ job_name: plugins, static_configs: [{{ targets: [{targets}] }}] }}]\n"
    )
    assert plugins.obey("run mail 0af76519").startswith("done")
    sent = next(line for line in page(plugins.loaded).splitlines() if line.startswith("plugin_mail_messages_sent"))
    with Prometheus(None, settings) as prometheus:
        expected = {"plugin_mail_messages_sent_total": int(sent.split()[1]), 'jobs_total{plugin="mail"}': 3}
        for series, value in expected.items():
            wait_until(f"{series} is {value}", lambda: prometheus.value(series) == value)
        assert prometheus.value("min(up)") == 1
        assert plugins.obey("unload mail").startswith("done")
        wait_until("the plugin is gone", lambda: not prometheus.query("plugin_mail_messages_sent_total"))
        assert prometheus.value("min(up)") == 1


def the_end_of_its_input_ends_it(plugins):
    assert plugins.end() == 0




def of(language, test):
    def run(x):
        test(x.plugins[language])

    run.__name__ = f"{test.__name__} ({language})"
    return run


TESTS = [
    of(language, test)
    for language in ("Rust", "C")
    for test in (
        plugins_come_and_go,
        groups_of_all_files_are_on_one_page,
        a_collector_shows_what_linux_counts,
        a_slow_job_leads_to_its_trace,
        pages_of_plugins_are_valid,
        a_real_prometheus_stores_both_pages,
        the_end_of_its_input_ends_it,
    )
]
