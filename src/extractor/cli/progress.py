"""Progress of a run: a bar on a terminal, and a line now and then in a log."""

import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress

from extractor.batch.inputs import Outcome
from extractor.cli.console import get_error_console, is_terminal, print_notice
from extractor.language import get_language
from extractor.reporting.i18n import say
from extractor.runtime.file_names import text_to_printable

# From one line of a log to the next.
SECONDS = 10.0


@contextmanager
def show_progress(inputs: Sequence[Outcome], *, quiet: bool) -> Iterator[Callable[[Outcome], object]]:
    """Show how far a run has come, on standard error: a bar on a terminal, else a line every `SECONDS`.

    Args:
        inputs: All inputs of the run; those without a status are still to be read. Where there are none, nothing is
            shown.
        quiet: Show nothing.

    Yields:
        What is to be called with each input once it is known what became of it; only a bar goes by it, the lines go by
        the status of each input.
    """
    if quiet or all(outcome.status for outcome in inputs):
        yield lambda _: None
    elif is_terminal(sys.stderr):
        with _show_bar(len(inputs)) as advance:
            yield advance
    else:
        with _print_lines(inputs):
            yield lambda _: None


@contextmanager
def _show_bar(count: int) -> Iterator[Callable[[Outcome], object]]:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=get_error_console(), transient=True) as progress:
        task = progress.add_task(say(get_language(), "run.reading"), total=count)
        yield lambda outcome: progress.update(task, advance=1, description=text_to_printable(outcome.path.name))


@contextmanager
def _print_lines(inputs: Sequence[Outcome]) -> Iterator[None]:
    ended, started = threading.Event(), time.monotonic()

    def print_lines() -> None:
        while not ended.wait(SECONDS):
            waiting = [outcome for outcome in inputs if not outcome.status]
            if waiting:
                line = say(
                    get_language(),
                    "run_end.progress",
                    seconds=time.monotonic() - started,
                    done=len(inputs) - len(waiting),
                    count=len(inputs),
                    name=text_to_printable(waiting[0].path.name),
                )
                # Nobody may read it.
                with suppress(OSError, ValueError):
                    print_notice(line)

    thread = threading.Thread(target=print_lines, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
