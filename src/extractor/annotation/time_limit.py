"""Limit the processor time of one analysis.

A single text then cannot use up the time of a report.
"""

import signal
import threading
import time
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
    if not hasattr(signal, "pthread_kill") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _raise_timeout)
    ended, deciding = threading.Event(), threading.Lock()
    watching = (threading.get_ident(), time.process_time() + seconds, ended, deciding)
    threading.Thread(target=_interrupt_late, args=watching, daemon=True).start()
    try:
        yield
    finally:
        with deciding:
            ended.set()
        signal.signal(signal.SIGVTALRM, before)


def _interrupt_late(thread: int, deadline: float, ended: threading.Event, deciding: threading.Lock) -> None:
    """Wait for the end of the work, and interrupt it at the deadline.

    The signal goes to the thread that works: one for the whole process may reach another thread, and wait there.
    """
    while (left := deadline - time.process_time()) > 0:
        if ended.wait(left):
            return
    with deciding:
        if not ended.is_set():
            signal.pthread_kill(thread, signal.SIGVTALRM)


def _raise_timeout(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise TakesTooLongError
