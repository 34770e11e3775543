"""Console: the one way in which commands speak to a terminal and fail.

In: text and tables. Out: lines on standard output or error; names of files are shown as they can be printed.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, NoReturn, TextIO

import typer
from rich.console import Console, RenderableType
from rich.text import Text

from extractor.errors import CannotRead
from extractor.language import Translatable, get_language
from extractor.records.messages import explain_os_error
from extractor.reporting.i18n import say
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


def tell(place: str, **parameters: Any) -> str:
    """Write a line of `words.toml` in the language of this run.

    Args:
        place: The group and the name of the line.
        parameters: What it is filled with.

    Returns:
        The line, as a terminal can show it.
    """
    return text_to_printable(say(get_language(), place, **parameters))


def fail(message: str | Translatable) -> NoReturn:
    """Say on one line why nothing could be done, and end the command with exit code 2.

    Raises:
        typer.Exit: Always.
    """
    print_notice(tell("console.error", message=message))
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
        name = at or error.filename or otherwise if isinstance(error, OSError) else at
        print_notice(tell("console.error", message=describe_failure(error, name)))
        raise typer.Exit(2) from None


def describe_failure(error: Exception, name: Path | str | None) -> str:
    """Say on one line what could not be done: with what file, on what page, and why.

    Args:
        error: What was raised.
        name: The file; None: none is named.

    Returns:
        The line, in the language of this run.
    """
    reason = explain_os_error(error) if isinstance(error, OSError) else error.args[0]
    said = {"reason": reason, "name": "" if name is None else text_to_printable(name)}
    if not isinstance(error, CannotRead):
        return tell("console.failure" if said["name"] else "console.reason", **said)
    page = tell("console.page", page=error.page) if error.page else ""
    return tell("console.refusal" if said["name"] else "console.bare-refusal", page=page, status=error.status, **said)


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
    print_notice(tell("console.written", file=text_to_printable(target)))
