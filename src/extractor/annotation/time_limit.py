"""Limit the processor time of one analysis, so that a single text cannot use up a report's."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn


class TakesTooLongError(Exception):
    """An analysis that used more processor time than one text may have."""


@contextmanager
def limit_cpu_time(seconds: float) -> Iterator[None]:
    """Raise an error in what is done within once it has used so many seconds of processor time.

    Only the main thread of a Unix process can be limited so; elsewhere nothing is.

    Raises:
        TakesTooLongError: The time is used up.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _raise_timeout)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _raise_timeout(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise TakesTooLongError
