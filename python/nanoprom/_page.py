"""Pages of metrics that other code collected: the slow, careful twin of the core's encoder."""
from __future__ import annotations

from itertools import groupby
from typing import Any, Dict, Iterator, List, Optional, Tuple, Union

from . import _core
from ._escaping import ALLOWUTF8, printed, quote
from ._families import Families, Family, Line
from .metrics_core import Metric
from .multiprocess import MultiProcessCollector
from .registry import CollectorRegistry, names_of
from .samples import Exemplar
from .utils import floatToGoString
from .validation import _is_valid_legacy_metric_name, _validate_exemplar

_TEXT_TYPES = {"info": "gauge", "stateset": "gauge", "gaugehistogram": "gauge", "unknown": "untyped"}
_EOF = b"# EOF\n"
_LATE = ("_created", "_gcount", "_gsum")


def render(registry: Any, openmetrics: bool, scheme: str) -> bytes:
    """The page of a registry, or of anything that has `collect`.

    Metrics of this package are written by the core, in one go where they follow each other. Raises `ValueError`
    rather than write an invalid page; the metric is the last of the exception's arguments.
    """
    target: Optional[Metric] = None
    collectors: List[Any] = [registry]
    names: Dict[str, Any] = {}
    if getattr(type(registry), "collect", None) is CollectorRegistry.collect:
        target, collectors = registry._members()
        names = registry._names_to_collectors
    collectors, names = _with_shared(collectors, names)
    families = Families(scheme, lambda name: _is_written(names.get(name), scheme))
    parts: List[Union[bytes, Family]] = []

    def add(metric: Metric) -> None:
        with _Blamed(metric):
            parts.extend(families.add(metric))

    if target:
        add(target)
    for written, run in groupby(collectors, lambda collector: _is_written(collector, scheme)):
        if written:
            parts.append(_core.lines(list(run), openmetrics))
            continue
        for collector in run:
            for metric in collector.collect():
                add(metric)
    page = b"".join(part if isinstance(part, bytes) else _family(part, openmetrics) for part in parts)
    return page + _EOF if openmetrics else page


def _with_shared(collectors: List[Any], names: Dict[str, Any]) -> Tuple[List[Any], Dict[str, Any]]:
    """The collectors with the metrics that processes share in place of their collector, and who has which name."""
    if not any(isinstance(collector, MultiProcessCollector) for collector in collectors):
        return collectors, names
    all_names, found = dict(names), list[Any]()
    for collector in collectors:
        if not isinstance(collector, MultiProcessCollector):
            found.append(collector)
            continue
        for metric in collector._members():
            for name in names_of(metric.describe()):
                if all_names.setdefault(name, metric) is not metric:
                    raise ValueError(f"{name} is there twice: two metrics of this name are shared by processes")
            found.append(metric)
    return found, all_names


def _is_written(collector: Any, scheme: str) -> bool:
    """Whether the core writes a collector's lines."""
    return isinstance(collector, _core.Base) and collector._is_written(scheme)


class _Blamed:
    """Puts the metric into exceptions that it causes, where programs look for it."""

    def __init__(self, metric: Metric) -> None:
        self._metric = metric

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: Any, trace: object) -> None:
        if isinstance(error, UnicodeError):
            return  # its arguments have a fixed number
        if isinstance(error, Exception):
            error.args = (error.args or ("",)) + (self._metric,)


def _family(family: Family, openmetrics: bool) -> bytes:
    with _Blamed(family.metric):
        family.check()
        lines = _openmetrics(family) if openmetrics else _text(family)
        return "".join(lines).encode("utf-8")


def _text(family: Family) -> Iterator[str]:
    kind = _TEXT_TYPES.get(family.type, family.type)
    first = {"counter": "_total", "info": "_info", "gaugehistogram": "_bucket"}.get(family.type, "")
    yield from _head(family, family.name + first, kind, _escape_help(family.documentation))
    late: dict[str, List[str]] = {}
    for lines in family.groups.values():
        for line in lines:
            time = line.sample.timestamp
            end = "" if time is None else f" {round(float(time) * 1000)}"
            written = _sample(family, line) + end + "\n"
            if line.suffix in _LATE:
                late.setdefault(line.suffix, []).append(written)
            else:
                yield written
    for suffix in sorted(late):
        yield from _head(family, family.name + suffix, "gauge", _escape_help(family.documentation))
        yield from late[suffix]


def _openmetrics(family: Family) -> Iterator[str]:
    if family.type == "stateset" and family.own_label != family.name:
        raise ValueError(f"{family.name}: a state set's name is the name of a label too")
    yield from _head(family, family.name, family.type, quote(family.documentation))
    unit = printed(family.unit, family.scheme) if family.unit else ""
    if unit and family.name.endswith("_" + unit) and family.type not in ("info", "stateset"):
        yield f"# UNIT {_name(family, family.name)} {unit}\n"
    for lines in family.groups.values():
        sums = _sums_allowed(lines)
        for line in lines:
            exemplar = line.sample.exemplar
            if exemplar and line.suffix not in ("_total", "_bucket"):
                raise ValueError(f"Metric {family.base} has exemplars, but is not a histogram bucket or counter")
            if line.suffix in ("_count", "_sum", "_gcount", "_gsum") and not sums:
                continue
            if family.type == "summary" and not line.suffix and line.value < 0:
                continue  # text shows it: OpenMetrics forbids it
            time = line.sample.timestamp
            yield _sample(family, line) + ("" if time is None else f" {time}") + _exemplar(exemplar, family.scheme) + "\n"


def _sums_allowed(lines: List[Line]) -> bool:
    """OpenMetrics wants sum and count both or neither, and no sum that is negative or not a number."""
    sums = [line.value for line in lines if line.suffix in ("_sum", "_gsum")]
    counted = any(line.suffix in ("_count", "_gcount") for line in lines)
    below = any(float(dict(line.labels)["le"]) < 0 for line in lines if line.suffix == "_bucket")
    if not sums or not counted:
        return False
    if lines[0].suffix.startswith("_g") or any(line.suffix == "_gsum" for line in lines):
        return below or sums[0] >= 0
    return not below and sums[0] >= 0


def _head(family: Family, name: str, kind: str, documentation: str) -> Iterator[str]:
    shown = _name(family, name)
    if documentation:
        yield f"# HELP {shown} {documentation}\n"
    yield f"# TYPE {shown} {kind}\n"


def _sample(family: Family, line: Line) -> str:
    name = family.name + line.suffix
    pairs = [f'{_label(family, key)}="{value}"' for key, value in line.labels]
    # A start time is a plain decimal; its shortest form has no exponent for as long as there are clocks.
    value = repr(line.value) if line.suffix == "_created" else floatToGoString(line.value)
    if not _is_valid_legacy_metric_name(name) and family.scheme == ALLOWUTF8:
        return f"{{{','.join([_name(family, name), *pairs])}}} {value}"
    return f"{name}{{{','.join(pairs)}}} {value}" if pairs else f"{name} {value}"


def _name(family: Family, name: str) -> str:
    # The name is escaped already; what is left is to quote it.
    return printed(name, ALLOWUTF8) if family.scheme == ALLOWUTF8 else name


def _label(family: Family, name: str) -> str:
    return printed(name, ALLOWUTF8, label=True) if family.scheme == ALLOWUTF8 else name


def _escape_help(text: str) -> str:
    return text.replace("\\", r"\\").replace("\n", r"\n")


def _exemplar(exemplar: Any, scheme: str) -> str:
    if not exemplar:
        return ""
    exemplar = Exemplar(*exemplar)
    _validate_exemplar(exemplar.labels)
    pairs: List[Tuple[str, str]] = sorted(exemplar.labels.items())
    shown = ",".join(f'{printed(key, scheme, label=True)}="{quote(value)}"' for key, value in pairs)
    time = "" if exemplar.timestamp is None else f" {exemplar.timestamp}"
    return f" # {{{shown}}} {floatToGoString(exemplar.value)}{time}"
