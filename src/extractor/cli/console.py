"""Console: how the commands speak to a terminal, and the folders that they know."""

import sys
from pathlib import Path
from typing import NoReturn, TextIO, cast, get_args

import typer
from rich.console import Console
from rich.text import Text

from extractor.reporting.i18n import Language
from extractor.runtime.atomic_write import write_where_named
from extractor.runtime.file_names import shown

RAW, OUTPUT, GOLDEN = Path("raw"), Path("output"), Path("golden")


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person sees what is written there at once (a stream may be closed, and then is None)."""
    return stream is not None and stream.isatty()


# Piped, a table is for programs and logs, so it is not folded to a terminal's width.
out_console = Console(highlight=False, width=None if is_terminal(sys.stdout) else 400)
err_console = Console(stderr=True, highlight=False, soft_wrap=True)


def fail(message: str) -> NoReturn:
    """One line on why nothing could be done; exit code 2."""
    err_console.print(Text(f"error: {message}"))
    raise typer.Exit(2)


def line(text: str) -> None:
    """One line, however long."""
    out_console.print(Text(text), soft_wrap=True)


def language_of(lang: str) -> Language:
    """The language that an option names."""
    if lang not in get_args(Language):
        fail(f"--lang is ja or en, not {shown(lang)}")
    return cast(Language, lang)


def write_text(target: str, text: str) -> None:
    """Write a file that an option names, and say so; - prints it."""
    if target == "-":
        typer.echo(text, nl=False)
        return
    try:
        write_where_named(Path(target), text)
    except OSError as error:
        fail(f"{shown(target)}: {error.strerror}")
    err_console.print(f"written to {shown(target)}", markup=False)
