"""Run work on files of unknown origin in processes of its own, within bounds of memory and time."""

import ctypes
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Generic, TypeVar

from extractor.errors import CannotRead
from extractor.records.messages import explain_os_error, make_refusal
from extractor.runtime.process_end import STOPPING, open_standard_streams, signals_waiting

if sys.platform != "win32":  # there, only the clock of the parent bounds the work
    import resource

_PR_SET_PDEATHSIG = 1

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one task may use.

    The units are bytes of address space, seconds of processor time, and seconds by the clock.
    """

    memory: int = 3 << 30
    processor: int = 30

    @property
    def clock(self) -> float:
        """The last resort, for work that waits and uses no processor time."""
        return 3.0 * self.processor + 30.0

    @classmethod
    def for_size(cls, size: int) -> "Limits":
        """Give the limits for a file of `size` bytes: a second more for each 10 kB."""
        return cls(processor=cls().processor + size // 10_000)

    @classmethod
    def for_file(cls, path: Path) -> "Limits":
        """Give the limits for a file.

        One that cannot be looked at has those of an empty one.
        """
        try:
            return cls.for_size(path.stat().st_size)
        except OSError:
            return cls()


@dataclass(frozen=True, slots=True)
class _MoreTime:
    """What a task at work sends when it finds more to do: seconds of processor time."""

    seconds: int


# In a process of its own: where the task's outcome goes. In the parent: None.
_outlet: Connection | None = None


def more_time(seconds: int) -> None:
    """Give the task at work more processor time.

    Without a limit on it, nothing is done. It is for work whose amount cannot be told from the size of its file. Its
    caller bounds how much can be asked for.
    """
    if _outlet is None:
        return
    if sys.platform != "win32":
        with suppress(ValueError, OSError):
            soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
            if soft != resource.RLIM_INFINITY:
                wanted = soft + seconds
                resource.setrlimit(
                    resource.RLIMIT_CPU, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard)
                )
    _outlet.send(_MoreTime(seconds))


class _Running(Generic[R]):
    """A task at work: its process and the end of the pipe on which the outcome comes."""

    def __init__(self, index: int, process: BaseProcess, pipe: Connection, limits: Limits) -> None:
        self.index = index
        self.process = process
        self.pipe = pipe
        self.limits = limits
        self.deadline = time.monotonic() + limits.clock

    def outcome(self) -> R | CannotRead | None:
        """Take what the process sent, or find out why it sent nothing.

        It gives None where the process asked for more time.
        """
        try:
            sent: R | CannotRead | _MoreTime = self.pipe.recv()
        except (EOFError, OSError):
            self.process.join(5)
            return self._death()
        except Exception:  # it died while it sent, or what came is no outcome
            return make_refusal("crashed.outcome")
        if isinstance(sent, _MoreTime):
            before = self.limits.clock
            self.limits = replace(self.limits, processor=self.limits.processor + sent.seconds)
            self.deadline += self.limits.clock - before
            return None
        return sent

    def _death(self) -> CannotRead:
        code = self.process.exitcode or 0
        if -code == getattr(signal, "SIGXCPU", None):
            return make_refusal("too-heavy.processor", most=self.limits.processor)
        if -code == getattr(signal, "SIGKILL", None):
            return make_refusal("too-heavy.killed")
        return make_refusal("crashed.signal", number=-code) if code < 0 else make_refusal("crashed.code", code=code)

    def kill(self) -> None:
        """End the process, whatever it does."""
        self.process.kill()
        self.process.join()
        self.pipe.close()


def run_isolated(
    tasks: Sequence[T], work: Callable[[T], R], jobs: int, limits: Callable[[T], Limits]
) -> Generator[R | CannotRead, None, None]:
    """Do a piece of work for each task, in processes of their own.

    What the work raises comes as a CannotRead: itself, or with status `failed`. A task that passed its limits has
    `too-heavy`, one whose process died `crashed`. Nothing that the work prints is seen. Leaving the iterator early ends
    what still runs.

    Args:
        tasks: The tasks.
        work: What is done with each; it, the tasks and the results must be picklable.
        jobs: How many processes run at once, at most.
        limits: Gives the limits of a task's process.

    Yields:
        `work(task)` for each task, in the order of the tasks, or the CannotRead in its place.
    """
    open_standard_streams()
    running: list[_Running[R]] = []
    done: dict[int, R | CannotRead] = {}
    started = 0
    try:
        for index in range(len(tasks)):
            while index not in done:
                while started < len(tasks) and len(running) < max(1, jobs):
                    try:
                        # Or nobody would know it to end it.
                        with signals_waiting(), _signals_blocked():
                            running.append(_start(started, work, tasks[started], limits(tasks[started])))
                    except OSError as error:  # the system has no more processes, memory or open files to give
                        done[started] = make_refusal("failed.no-process", why=explain_os_error(error))
                    started += 1
                if running and index not in done:
                    _collect(running, done)
            yield done.pop(index)
    finally:
        for child in running:
            child.kill()


@contextmanager
def _signals_blocked() -> Iterator[None]:
    """Start a process so that signals wait in it: Ctrl-C reaches it before it can say that it does not heed it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # What multiprocessing starts beside the first process lets them through again: it must run before.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start(index: int, work: Callable[[T], R], task: T, limits: Limits) -> _Running[R]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(theirs, work, task, limits), daemon=True)
    process.start()
    theirs.close()  # so that the pipe ends with the child
    return _Running(index, process, ours, limits)


def _collect(running: list[_Running[R]], done: dict[int, R | CannotRead]) -> None:
    """Wait until something ends or runs out of time, and move it from `running` to `done`."""
    # The system takes no longer time than some days at once; whoever waits for nothing so long looks again.
    patience = min(3600.0, max(0.0, min(child.deadline for child in running) - time.monotonic()))
    ready = wait([child.pipe for child in running], patience)
    for child in list(running):
        if child.pipe in ready:
            outcome = child.outcome()
            if outcome is None:
                continue
            done[child.index] = outcome
        elif child.deadline <= time.monotonic():
            done[child.index] = make_refusal("too-heavy.clock", most=child.limits.clock)
        else:
            continue
        child.kill()
        running.remove(child)


def _child(pipe: Connection, work: Callable[[Any], Any], task: Any, limits: Limits) -> None:
    """Do one task and send its outcome. Runs in the process of its own."""
    # Several tasks run at once: more threads for products of matrices would only stand in each other's way.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted too, and ends its children
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)
    _end_with_parent()
    silence = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silence, stream)
    _bound(limits)
    global _outlet  # one task is all that this process does
    _outlet = pipe
    try:
        outcome = work(task)
    except CannotRead as refusal:
        outcome = refusal
    except MemoryError:
        _free_memory()
        outcome = make_refusal("too-heavy.memory")
    except Exception as error:
        outcome = make_refusal("failed.fault", text=" ".join(f"{type(error).__name__}: {error}".split()))
    try:
        pipe.send(outcome)
    except MemoryError:
        _free_memory()
        pipe.send(make_refusal("too-heavy.memory"))
    except Exception as error:
        pipe.send(make_refusal("failed.fault", text=" ".join(f"{type(error).__name__}: {error}".split())))


def _end_with_parent() -> None:
    """Let no process outlive one that had no time to end it, where the system can do it."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    parent = multiprocessing.parent_process()
    if parent is not None and not parent.is_alive():  # it ended before
        os._exit(1)


def _free_memory() -> None:
    """Lift the limit on memory: what used it up is still held, and to say so needs some."""
    if sys.platform != "win32":
        with suppress(ValueError, OSError):
            hard = resource.getrlimit(resource.RLIMIT_AS)[1]
            resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def _bound(limits: Limits) -> None:
    if sys.platform == "win32":
        return
    for kind, wanted in ((resource.RLIMIT_AS, limits.memory), (resource.RLIMIT_CPU, limits.processor)):
        # Some systems refuse one or the other: the parent's clock is left.
        with suppress(ValueError, OSError):
            soft, hard = resource.getrlimit(kind)
            known = [limit for limit in (wanted, soft, hard) if limit != resource.RLIM_INFINITY]
            resource.setrlimit(kind, (min(known), hard))
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
