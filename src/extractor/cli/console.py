"""Console: the one way in which commands speak to a terminal and fail.

In: text and tables. Out: lines on standard output or error; names of files are shown as they can be printed.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NoReturn, TextIO

import typer
from rich.console import Console, RenderableType
from rich.text import Text

from extractor.errors import CannotRead
from extractor.runtime.atomic_write import write_where_named
from extractor.runtime.file_names import text_to_printable


def is_terminal(stream: TextIO | None) -> bool:
    """Tell whether a person sees what is written there at once.

    A stream may be closed, and then is None.
    """
    return stream is not None and stream.isatty()


@cache
def _get_output() -> Console:
    # Piped, a table is for programs and logs, so it is not folded to a terminal's width.
    return Console(highlight=False, width=None if is_terminal(sys.stdout) else 400)


@cache
def get_error_console() -> Console:
    """Return the console on standard error."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


def print_line(text: str) -> None:
    """Print one line, however long."""
    _get_output().print(Text(text), soft_wrap=True)


def print_table(table: RenderableType) -> None:
    """Print a table; an empty string makes a blank line."""
    _get_output().print(table)


def print_notice(text: str) -> None:
    """Print one line on standard error."""
    get_error_console().print(Text(text))


def fail(message: str) -> NoReturn:
    """Say on one line why nothing could be done, and end the command with exit code 2.

    Raises:
        typer.Exit: Always.
    """
    print_notice(f"error: {message}")
    raise typer.Exit(2)


@contextmanager
def fail_on(*kinds: type[Exception], at: Path | None = None, otherwise: Path | None = None) -> Iterator[None]:
    """Turn errors into one line on standard error, and exit code 2.

    Args:
        kinds: The classes of the errors; others pass.
        at: The file that the line names. None: that of the error, if it is an OSError or has a page of `otherwise`.
        otherwise: The file that is named where an OSError names none.

    Yields:
        Nothing; the errors are those raised in the block of the `with` statement.

    Raises:
        typer.Exit: One of these errors was raised.
    """
    try:
        yield
    except kinds as error:
        reason, name = text_to_printable(str(error)), at
        if isinstance(error, OSError):
            reason, name = str(error.strerror), at or error.filename or otherwise
        if isinstance(error, CannotRead):
            reason += f" [{error.status}]"
        page = f", page {error.page}" if isinstance(error, CannotRead) and error.page else ""
        fail(reason if name is None else f"{text_to_printable(name)}{page}: {reason}")


def write_text(target: Path | str, text: str) -> None:
    """Write a file that an option names, and say so.

    Args:
        target: The file; `-` prints the text instead.
        text: What is written, as UTF-8.

    Raises:
        typer.Exit: It cannot be written.
    """
    if str(target) == "-":
        typer.echo(text, nl=False)
        return
    with fail_on(OSError, at=Path(target)):
        write_where_named(Path(target), text)
    print_notice(f"written to {text_to_printable(target)}")
