"""The command `run`: what becomes of each input is shown as a table, or as one line where it could not be read."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from extractor.annotation.cache import CACHE_FOLDER
from extractor.batch.runner import READ, Outcome, Run, RunOptions, find_inputs, run_files
from extractor.cli import RAW
from extractor.cli.console import fail_on, get_error_console, is_terminal, print_notice, print_table
from extractor.cli.review import print_difference
from extractor.profiles.profile import get_profile
from extractor.runtime.file_names import text_to_printable


def read_inputs(
    paths: Sequence[Path],
    out: Path,
    jobs: int | None,
    profile: str | None,
    *,
    quiet: bool,
    strict: bool,
    language: bool,
) -> int:
    """Read files and the inputs in folders, and print what became of each.

    Args:
        paths: Files and folders; without any, raw/.
        out: The folder for the outputs and `run.json`.
        jobs: How many files are read at once; None: one a processor.
        profile: The id of the profile for all of them; None: the one that each fits.
        quiet: Print errors only.
        strict: Write no report that has drifted from its profile.
        language: Find facts and activities in prose.

    Returns:
        The exit code.
    """
    if profile is not None:
        with fail_on(ValueError):
            get_profile(profile)
    inputs = find_inputs(paths or [RAW])
    progress = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=get_error_console(),
        transient=True,
        disable=quiet or not is_terminal(sys.stderr),
    )
    with progress, fail_on(OSError, otherwise=out):
        task = progress.add_task("reading", total=len(inputs))
        result = run_files(
            inputs,
            out,
            jobs or os.cpu_count() or 1,
            lambda outcome: progress.update(task, advance=1, description=text_to_printable(outcome.path.name)),
            RunOptions(profile, strict, language, CACHE_FOLDER),
        )
    for outcome in result.outcomes:
        _print_failure(outcome)
    if not quiet:
        print_table(_make_summary(result))
        print_difference(paths, out)
    return result.exit_code


def _print_failure(outcome: Outcome) -> None:
    """Print one line for an input that could not be read, and one more where an old output of it is left."""
    if outcome.status == READ:
        return
    page = f", page {outcome.page}" if outcome.page else ""
    print_notice(
        f"error: {text_to_printable(outcome.path)}{page}: {text_to_printable(outcome.message)} [{outcome.status}]"
    )
    if outcome.output and outcome.stale:
        print_notice(f"warning: {text_to_printable(outcome.output)} is left from an earlier run and is stale")


def _make_summary(result: Run) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("input", overflow="fold")
    table.add_column("status", no_wrap=True)
    for heading in ("chapters", "programmes", "metrics", "errors", "warnings", "infos", "waived"):
        table.add_column(heading, justify="right")
    for outcome in result.outcomes:
        cells = [""] * 7
        if reading := outcome.reading:
            counts = (reading.chapters, reading.programmes, reading.metrics, *reading.findings.values())
            cells = [str(count) for count in counts]
        table.add_row(Text(text_to_printable(outcome.path.name)), outcome.status, *cells)
    return table
