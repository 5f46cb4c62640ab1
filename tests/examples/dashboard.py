"""What the Grafana dashboard and the rules ask Prometheus for."""

import json

# What Grafana puts in place of its variables.
VARIABLES = {"$__rate_interval": "5m", "$job": ".+"}


def queries(path):
    """Title and expression of each query of the dashboard, ready for Prometheus."""
    board = json.loads(path.read_text())
    assert board["title"] and board["uid"] and board["schemaVersion"], "Grafana wants these"
    panels = board["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels), "two panels have the same id"
    for panel in panels:
        assert panel["type"] == "row" or panel["targets"], f"{panel['title']} asks for nothing"
        for target in panel.get("targets", []):
            expression = target["expr"]
            for name, value in VARIABLES.items():
                expression = expression.replace(name, value)
            assert "$" not in expression, f"{panel['title']}: a variable is left in {expression}"
            yield panel["title"], expression
