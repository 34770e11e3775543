"""Patience: a bound on the processor time of one analysis, so that a single text cannot use up a report's."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn


class TakesTooLongError(Exception):
    """An analysis that used more processor time than one text may have."""


@contextmanager
def bounded(seconds: float) -> Iterator[None]:
    """Raise `TakesTooLongError` in what is done within, once it has used so many seconds of processor time.

    Only the main thread of a Unix process can be bounded so; elsewhere nothing is.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _ring(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise TakesTooLongError
