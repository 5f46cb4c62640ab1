"""Timing, counting of exceptions and of work in progress: context managers that are decorators too."""

import functools
import inspect
from timeit import default_timer


def _decorated(function, manager):
    """The function with a new manager around each call; a coroutine function stays one."""
    if inspect.iscoroutinefunction(function):

        @functools.wraps(function)
        async def wrapper(*args, **kwargs):
            with manager():
                return await function(*args, **kwargs)

    elif inspect.isasyncgenfunction(function):

        @functools.wraps(function)
        async def wrapper(*args, **kwargs):
            with manager():
                async for item in function(*args, **kwargs):
                    yield item

    else:

        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            with manager():
                return function(*args, **kwargs)

    return wrapper


class ExceptionCounter:
    """Counts exceptions that leave a block or a function."""

    def __init__(self, counter, exception):
        self._counter = counter
        self._exception = exception

    def __enter__(self):
        pass

    def __exit__(self, typ, value, traceback):
        if isinstance(value, self._exception):
            self._counter.inc()
        return False

    def __call__(self, f):
        return _decorated(f, lambda: self)


class InprogressTracker:
    """Counts blocks or calls that are at work."""

    def __init__(self, gauge):
        self._gauge = gauge

    def __enter__(self):
        self._gauge.inc()

    def __exit__(self, typ, value, traceback):
        self._gauge.dec()

    def __call__(self, f):
        return _decorated(f, lambda: self)


class Timer:
    """Measures a block or a function, and gives the seconds to a method of a metric."""

    def __init__(self, metric, callback_name):
        self._metric = metric
        self._callback_name = callback_name
        self.duration = None

    def _new_timer(self):
        return self.__class__(self._metric, self._callback_name)

    def __enter__(self):
        self._start = default_timer()
        return self

    def __exit__(self, typ, value, traceback):
        self.duration = max(default_timer() - self._start, 0)
        getattr(self._metric, self._callback_name)(self.duration)

    def labels(self, *args, **kw):
        """Choose the series while the block runs."""
        self._metric = self._metric.labels(*args, **kw)

    def __call__(self, f):
        # One timer for each call: calls may overlap.
        return _decorated(f, self._new_timer)
