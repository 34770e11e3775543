"""The command `run`: what becomes of each input is shown as a table, or as one line where it could not be read."""

import os
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from rich.table import Table
from rich.text import Text

from extractor.baseline.same_bytes import has_same_bytes, hash_compared
from extractor.batch.runner import READ, Outcome, Run, RunOptions, find_inputs, recall_readings, run_files
from extractor.cli import GOLDEN, OUTPUT, RAW
from extractor.cli.console import describe_failure, fail, fail_on, print_line, print_notice, print_table, tell
from extractor.cli.first_findings import print_first_findings
from extractor.cli.progress import show_progress
from extractor.errors import CannotRead
from extractor.language import get_language
from extractor.profiles.profile_files import index_profile_files
from extractor.records.messages import make_message
from extractor.records.to_json import to_json
from extractor.reporting.i18n import load_words, say, word
from extractor.runtime.atomic_write import write_atomically
from extractor.runtime.code_digest import CACHE
from extractor.runtime.file_names import text_to_printable
from extractor.runtime.files import is_file, is_folder
from extractor.runtime.run_record import RUN_FILE, read_json_object


def read_inputs(
    paths: Sequence[Path],
    out: Path,
    jobs: int | None,
    profile: str | None,
    fiscal_year: int | None = None,
    *,
    quiet: bool,
    strict: bool,
    language: bool,
    force: bool,
) -> int:
    """Read files and the inputs in folders, and print what became of each.

    Args:
        paths: Files and folders; without any, raw/.
        out: The folder for the outputs and `run.json`.
        jobs: How many files are read at once; None: one a processor.
        profile: The id of the profile for all of them; None: the one that each fits.
        fiscal_year: The year that all of them are of; None: the one that each says.
        quiet: Print errors only.
        strict: Write no report that has drifted from its profile.
        language: Find facts and activities in prose.
        force: Read also what has not changed since the run before.

    Returns:
        The exit code.
    """
    if profile is not None and profile not in index_profile_files():
        fail(make_message("usage.no-profile", profile=profile, known=tuple(index_profile_files())))
    started = time.monotonic()
    inputs, options = find_inputs(paths or [RAW]), RunOptions(profile, strict, language, CACHE, fiscal_year)
    if not force:
        recall_readings(inputs, options, out)
    with show_progress(inputs, quiet=quiet) as report_progress, fail_on(OSError, otherwise=out):
        result = run_files(inputs, out, jobs or os.cpu_count() or 1, report_progress, options)
    for outcome in result.outcomes:
        _print_failure(outcome)
    if not quiet:
        print_table(_make_summary(result))
        if line := _describe_proofs(result.outcomes):
            print_line(line)
        print_line(_describe_run(result.outcomes, out, time.monotonic() - started))
        print_first_findings(result.outcomes, out)
        _print_next_step(result, paths, out)
    return result.exit_code


def _describe_run(outcomes: Sequence[Outcome], out: Path, seconds: float) -> str:
    """Say how many inputs there were, how long it took, and where the outputs are."""
    language = get_language()
    unchanged = sum(outcome.unchanged for outcome in outcomes)
    return say(
        language,
        "run_end.done",
        count=len(outcomes),
        seconds=seconds,
        unchanged=say(language, "run_end.unchanged", count=unchanged) if unchanged else "",
        out=f"{text_to_printable(out)}/",
        record=text_to_printable(out / RUN_FILE),
    )


def _describe_proofs(outcomes: Sequence[Outcome]) -> str:
    """Say how many of the values that were read have each proof; "" where nothing was read."""
    language, counts = get_language(), Counter[str]()
    for outcome in outcomes:
        counts.update(outcome.reading.proofs if outcome.reading else {})
    kinds = tuple(
        say(language, "run_end.proof", name=word(language, "proofs", kind), count=counts[kind])
        for kind in load_words(language)["proofs"]
        if counts[kind]
    )
    kinds += (say(language, "run_end.proof", name=say(language, "run_end.unproved"), count=counts["none"]),)
    said = {"count": counts["values"], "kinds": kinds}
    return say(language, "run_end.proofs", **said) if counts["values"] else ""


def _print_next_step(result: Run, paths: Sequence[Path], out: Path) -> None:
    """Print what to do now: mend what could not be read, or look at what differs from what was accepted."""
    language, golden = get_language(), out.parent / GOLDEN
    if failed := sum(outcome.status != READ for outcome in result.outcomes):
        print_line(say(language, "run_end.failed", count=failed))
    if not (is_folder(golden) and any(golden.glob("*.json"))):
        if any(outcome.reading for outcome in result.outcomes) and out == OUTPUT:
            print_line(say(language, "run_end.unaccepted"))
    elif has_same_bytes(result.outcomes, golden, alone=any(map(is_file, paths))):
        print_line(say(language, "run_end.same"))
    elif line := _describe_difference(result, paths, out, golden).get(language):
        print_line(str(line))


def _describe_difference(result: Run, paths: Sequence[Path], out: Path, golden: Path) -> dict[str, Any]:
    """Describe how the output differs from the golden files, in each language.

    To tell it takes a second or more, so it is kept, as long as neither side changes.
    """
    key = hash_compared(result.outcomes, (out, golden))
    kept = read_json_object(CACHE / "difference.json")
    if kept.get("key") == key:
        return kept
    from extractor.cli.review import describe_run_difference

    lines = describe_run_difference(paths, out)
    if is_folder(CACHE):
        with suppress(OSError):
            write_atomically(CACHE / "difference.json", to_json({"key": key} | lines))
    return lines


def _print_failure(outcome: Outcome) -> None:
    """Print one line for an input that could not be read, and one more where an old output of it is left."""
    if outcome.status == READ:
        return
    refusal = CannotRead(outcome.status, outcome.message, outcome.page)
    print_notice(tell("console.error", message=describe_failure(refusal, outcome.path)))
    if outcome.output and outcome.stale:
        print_notice(tell("run.stale", file=text_to_printable(outcome.output)))


def _make_summary(result: Run) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column(tell("run.input"), overflow="fold")
    table.add_column(tell("run.status"), no_wrap=True)
    for heading in ("chapters", "programmes", "metrics", "errors", "warnings", "infos", "waived"):
        table.add_column(tell(f"run.{heading}"), justify="right")
    for outcome in result.outcomes:
        cells = [""] * 7
        if reading := outcome.reading:
            counts = (reading.chapters, reading.programmes, reading.metrics, *reading.findings.values())
            cells = [str(count) for count in counts]
        table.add_row(
            Text(text_to_printable(outcome.path.name)), word(get_language(), "outcomes", outcome.status), *cells
        )
    return table
