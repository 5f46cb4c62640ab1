"""The values of one series, as tests look at them: ``metric._value.get()``."""


class _Value:
    __slots__ = ("_metric",)

    def __init__(self, metric):
        metric._raise_if_not_observable()
        self._metric = metric

    def get_exemplar(self):
        """Exemplars are on OpenMetrics pages only."""
        return None


class SingleValue(_Value):
    """The value of a counter or gauge."""

    __slots__ = ()

    def get(self):
        """What it is now; of a gauge that each process has for itself, this process's."""
        return self._metric._get()

    def set(self, value, timestamp=None):
        """Sets it, a counter too; the time is there for programs that give it."""
        self._metric._put(float(value))

    def inc(self, amount):
        """Adds to it."""
        self._metric.inc(amount)


class SumValue(_Value):
    """The sum of all observations."""

    __slots__ = ()

    def get(self):
        """What they add up to."""
        return self._metric._totals()[0]


class CountValue(_Value):
    """The number of all observations."""

    __slots__ = ()

    def get(self):
        """How many there were."""
        return float(self._metric._totals()[1])


class BucketValue(_Value):
    """The number of observations of one bucket, without those below it."""

    __slots__ = ("_at",)

    def __init__(self, metric, at):
        super().__init__(metric)
        self._at = at

    def get(self):
        """How many there were in this bucket."""
        return float(self._metric._counts()[self._at])
