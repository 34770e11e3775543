import os
import pickle
import signal
import sys
import time
from pathlib import Path

import pytest

from extractor.errors import CannotRead
from extractor.runtime.sandbox import Limits, more_time, run_isolated

posix = pytest.mark.skipif(sys.platform == "win32", reason="limits are set by POSIX means")


def behave(task: tuple[str, str]) -> str:
    """The work of these tests: what it does is named by the task. Runs in another process."""
    what, argument = task
    if what == "say":
        return argument
    if what == "wait-for":
        while not Path(argument).exists():
            time.sleep(0.01)
        return "came"
    if what == "make":
        Path(argument).touch()
        return "made"
    if what == "refuse":
        raise CannotRead("encrypted", argument, 7)
    if what == "fail":
        raise KeyError(argument)
    if what == "print":
        sys.stdout.write(argument)
        sys.stderr.write(argument)
        os.write(2, argument.encode())
        return "silent"
    if what == "exit":
        os._exit(int(argument))
    if what == "signal":
        os.kill(os.getpid(), int(argument))
    if what == "hoard":
        return str(len(bytearray(int(argument))))
    if what == "spin":
        while True:
            pass
    if what == "spin-longer":
        more_time(int(argument))
        until = time.process_time() + 2
        while time.process_time() < until:
            pass
        return "had time"
    if what == "spin-too-long":
        more_time(int(argument))
        while True:
            pass
    if what == "sleep":
        Path(argument).write_text(str(os.getpid()))
        time.sleep(600)
    raise AssertionError(what)


def outcomes(*tasks: tuple[str, str], jobs: int = 2, limits: Limits | None = None) -> list[str | CannotRead]:
    bounds = limits or Limits()
    return list(run_isolated(tasks, behave, jobs, lambda _: bounds))


def single(*task: str, limits: Limits | None = None) -> CannotRead:
    (outcome,) = outcomes((task[0], task[1]), limits=limits)
    assert isinstance(outcome, CannotRead)
    return outcome


def test_results_come_in_the_order_of_the_tasks(tmp_path: Path) -> None:
    sign = str(tmp_path / "sign")
    # The first task cannot end before the last has run, so the order is not that of finishing.
    assert outcomes(("wait-for", sign), ("say", "1"), ("make", sign)) == ["came", "1", "made"]


def test_no_tasks() -> None:
    assert outcomes() == []


def test_large_result() -> None:
    assert outcomes(("say", "x" * 5_000_000)) == ["x" * 5_000_000]


def test_refusal_comes_whole() -> None:
    refused = single("refuse", "it needs a password")
    assert (refused.status, str(refused), refused.page) == ("encrypted", "it needs a password", 7)


def test_other_exceptions_are_failures_on_one_line() -> None:
    refused = single("fail", "a\nb")
    assert (refused.status, str(refused)) == ("failed", "KeyError: 'a\\nb'")


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    assert outcomes(("print", "noise")) == ["silent"]
    assert capfd.readouterr() == ("", "")


def test_death_spares_the_others() -> None:
    first, second = outcomes(("exit", "3"), ("say", "still here"), jobs=1)
    assert isinstance(first, CannotRead)
    assert (first.status, "exit code 3" in str(first), second) == ("crashed", True, "still here")


@posix
def test_signals() -> None:
    assert single("signal", str(int(signal.SIGSEGV))).status == "crashed"
    assert single("signal", str(int(signal.SIGKILL))).status == "too-heavy"


@posix
def test_memory_is_bounded() -> None:
    half, limits = str(1 << 29), Limits(memory=1 << 30)
    assert outcomes(("hoard", half), limits=limits) == [half]
    assert single("hoard", str(1 << 30), limits=limits).status == "too-heavy"


@posix
@pytest.mark.slow
def test_processor_time_is_bounded() -> None:
    refused = single("spin", "", limits=Limits(processor=1))
    assert (refused.status, "1 s of processor time" in str(refused)) == ("too-heavy", True)


@posix
@pytest.mark.slow
def test_work_that_finds_more_to_do_is_given_more_time_and_no_more_than_that() -> None:
    assert outcomes(("spin-longer", "5"), limits=Limits(processor=1)) == ["had time"]
    refused = single("spin-too-long", "1", limits=Limits(processor=1))
    assert (refused.status, "2 s of processor time" in str(refused)) == ("too-heavy", True)


def test_more_time_means_nothing_without_a_limit() -> None:
    more_time(1)


class Hasty(Limits):
    """Limits whose clock runs out soon."""

    @property
    def clock(self) -> float:
        return 3.0


@pytest.mark.slow
def test_clock_is_the_last_resort(tmp_path: Path) -> None:
    refused = single("sleep", str(tmp_path / "pid"), limits=Hasty())
    assert (refused.status, "not read within 3 s" in str(refused)) == ("too-heavy", True)


@posix
def test_leaving_early_ends_what_runs(tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    tasks = [("say", "first"), ("wait-for", str(mark)), ("sleep", str(mark))]
    results = run_isolated(tasks, behave, 3, lambda _: Limits())
    assert [next(results), next(results)] == ["first", "came"]
    while not (written := mark.read_text()):
        pass
    results.close()
    with pytest.raises(ProcessLookupError):
        os.kill(int(written), 0)


def test_limits_grow_with_the_file() -> None:
    assert Limits.for_size(0) == Limits(memory=3 << 30, processor=30)
    assert Limits.for_size(1_000_000).processor == 130
    assert Limits.for_size(1_000_000).clock == 420


def test_refusal_can_be_pickled() -> None:
    again = pickle.loads(pickle.dumps(CannotRead("damaged", "why", 3)))
    assert (type(again), again.status, str(again), again.page) == (CannotRead, "damaged", "why", 3)
