"""Ending: how every command ends, whatever happens: with one line at most, and a code that says what it was."""

import errno
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from extractor.language import get_language
from extractor.runtime.file_names import text_to_printable

# What was asked for could not be done. 1 is for what differs and for findings that are errors, and for nothing else.
CANNOT = 2
# A fault of the program (EX_SOFTWARE of sysexits.h).
FAULT = 70
# A signal ends a program with 128 and its number, as shells say it; SIGPIPE is 13 everywhere.
BY_SIGNAL = 128
NOBODY_READS = BY_SIGNAL + 13

STOPPING = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
_with_traceback = False
# Whether a signal waits for the end of what must not be broken off, and which one has come.
_waits = False
_came: int | None = None


class Stopped(BaseException):
    """Someone asked the program to stop, by a signal.

    No library may take it for an error of its own.
    """

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def show_tracebacks() -> None:
    """Print where a fault happened, for people who mend it (`--debug`)."""
    global _with_traceback
    _with_traceback = True


def open_standard_streams() -> None:
    """Open the null device where standard input, output or error is closed.

    A file that was opened later would otherwise get its number, and be written to or closed by mistake.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            # The lowest free number is taken, which is this one: those below are open.
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)


def stop_on_signals() -> None:
    """Raise Stopped on Ctrl-C, SIGTERM and SIGHUP.

    A signal that is ignored (`nohup`) stays ignored.
    """
    for number in STOPPING:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _stop)


def _stop(number: int, _frame: FrameType | None) -> None:
    global _came
    if not _waits:
        raise Stopped(number)
    _came = number


@contextmanager
def signals_waiting() -> Iterator[None]:
    """Let signals wait until something short is done.

    An example is a process started that must be known to be ended.

    Raises:
        Stopped: A signal came meanwhile. It is raised at the end.
    """
    global _waits, _came
    _waits, _came = True, None
    try:
        yield
    finally:
        _waits = False
    if _came is not None:
        raise Stopped(_came)


@contextmanager
def signals_ignored() -> Iterator[None]:
    """Let nothing stop what is done last.

    It does nothing outside the main thread, which signals do not reach.
    """
    before = {}
    with suppress(ValueError):
        for number in STOPPING:
            before[number] = signal.signal(number, signal.SIG_IGN)
    try:
        yield
    finally:
        with suppress(ValueError):
            for number, handler in before.items():
                signal.signal(number, signal.SIG_DFL if handler is None else handler)


def end_in_order(command: Callable[[], object]) -> int:
    """Do a command, say on one line why it could not be done, and give the exit code."""
    try:
        code = _code_of(command)
        if sys.stdout is not None:
            sys.stdout.flush()
    except Stopped as stop:
        code = BY_SIGNAL + stop.number
        _say("ending.signal", signal=signal.Signals(stop.number).name)
    except KeyboardInterrupt:
        code = BY_SIGNAL + signal.SIGINT
        _say("ending.stopped")
    except BrokenPipeError:
        code = NOBODY_READS
    except OSError as error:
        code = CANNOT
        _say_file_error(error)
    except Exception as error:
        code = FAULT
        if isinstance(error, MemoryError):
            _say("ending.memory")
        else:
            _say("ending.fault", text=" ".join(f"{type(error).__name__}: {error}".split()))
    _flush_or_silence()
    return code


def _code_of(command: Callable[[], object]) -> int:
    """Return the code that a command gives or exits with."""
    try:
        given = command()
    except SystemExit as exit_:
        # Libraries of the terminal end the program with 1 where nobody reads what they print.
        if isinstance(exit_.__context__, OSError) and exit_.__context__.errno == errno.EPIPE:
            raise BrokenPipeError from None
        given = exit_.code
    return given if isinstance(given, int) else 0


def _say_file_error(error: OSError) -> None:
    from extractor.records.messages import explain_os_error

    why = explain_os_error(error)
    if error.filename is None:
        _say("ending.print", why=why)
        return
    name = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else str(error.filename)
    _say("ending.file", file=name, why=why)


def _say(key: str, **parameters: object) -> None:
    """Print the line, and the traceback to whoever asked for it; where it cannot be printed, the code is left."""
    from extractor.records.messages import make_message  # a command that ends well needs none

    line = make_message("ending.line", message=make_message(key, **parameters)).render(get_language())
    with suppress(OSError, ValueError):
        if sys.stderr is not None:
            if _with_traceback:
                traceback.print_exc(file=sys.stderr)
            sys.stderr.write(f"{text_to_printable(line)}\n")


def _flush_or_silence() -> None:
    """Flush what is printed; what nobody reads any more must not fail once again when the interpreter ends."""
    for stream in (sys.stdout, sys.stderr):
        if stream is None:
            continue
        try:
            stream.flush()
        except (OSError, ValueError):
            with suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
