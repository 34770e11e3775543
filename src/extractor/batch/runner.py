"""Run: many input files become output files and `run.json`, each read in a process of its own."""

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Generator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.batch.inputs import FIRST_DOUBTS, SUFFIXES, Outcome, OutputFile, RunOptions, find_inputs
from extractor.batch.record import (
    ANALYSED,
    CACHED,
    LEFT_OUT,
    READ,
    describe_outcome,
    hash_input,
    name_output,
    recall_readings,
)
from extractor.errors import CannotRead
from extractor.records.messages import explain_os_error, make_message, make_refusal
from extractor.records.to_json import report_json, to_json
from extractor.runtime.atomic_write import write_atomically
from extractor.runtime.files import is_file
from extractor.runtime.process_end import signals_ignored
from extractor.runtime.run_record import RUN_FILE

if TYPE_CHECKING:
    from extractor.annotation.reader import ProseReader
    from extractor.records.report import Report
    from extractor.runtime.sandbox import Limits

__all__ = [
    "ANALYSED",
    "CACHED",
    "LEFT_OUT",
    "READ",
    "SUFFIXES",
    "Outcome",
    "Run",
    "RunOptions",
    "find_inputs",
    "recall_readings",
    "run_files",
]

# Findings that another run may not have of the same input.
FAILED = {"language-failed", "check-failed"}
# Seconds of processor time more for a file whose prose is read: loading the model takes three, a page's prose a tenth.
LANGUAGE_SECONDS = 30


@dataclass(slots=True)
class Run:
    """All inputs of a run, in the order in which they were named."""

    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """0 clean, 1 findings of severity error, 2 some input could not be read."""
        if any(outcome.status != READ for outcome in self.outcomes):
            return 2
        return int(any(outcome.reading and outcome.reading.findings["error"] for outcome in self.outcomes))


def run_files(
    inputs: Sequence[Outcome],
    out: Path,
    jobs: int,
    report_progress: Callable[[Outcome], object],
    options: RunOptions = RunOptions(),
) -> Run:
    """Read inputs, and write their outputs and `run.json`.

    What ends the run early (Ctrl-C) is raised on, once `run.json` says how far it came.

    Args:
        inputs: Of `find_inputs`; those with a status are not read, also those of which `recall_readings` found that
            nothing has changed. What becomes of them is noted in them.
        out: The folder for the outputs; it is made where it is not there.
        jobs: How many files are read at once.
        report_progress: Called with each input in order, once it is known what became of it.
        options: How they are read.

    Returns:
        All inputs.

    Raises:
        OSError: The folder, or `run.json`, cannot be written.
    """
    outcomes = list(inputs)
    out.mkdir(parents=True, exist_ok=True)
    to_read = [outcome for outcome in outcomes if not outcome.status]
    for outcome in to_read:
        outcome.settled = hash_input(outcome)
    tasks = [(str(outcome.path), options) for outcome in to_read]
    try:
        with closing(_read_files(tasks, jobs)) as readings:
            for outcome in outcomes:
                if not outcome.status:
                    _note_result(outcome, next(readings), out)
                report_progress(outcome)
    except BaseException:
        with signals_ignored(), suppress(OSError):
            for outcome in outcomes:
                if not outcome.status:
                    _note_refusal(outcome, make_refusal("not-reached.ended"), out)
            _write_record(outcomes, out, options)
        raise
    _write_record(outcomes, out, options)
    return Run(outcomes)


def _read_files(tasks: Sequence[tuple[str, RunOptions]], jobs: int) -> Generator[OutputFile | CannotRead, None, None]:
    """Read files in processes of their own; the means for it are imported only where there are some."""
    if tasks:
        from extractor.runtime.sandbox import run_isolated

        yield from run_isolated(tasks, _read_file, jobs, _set_limits)


def _read_file(task: tuple[str, RunOptions]) -> OutputFile:
    """Read one file. Runs in a process of its own, which alone imports what reads."""
    from extractor.annotation.reader import ProseReader
    from extractor.pipeline import load_input, read_with_profile
    from extractor.profiles.profile import find_profile
    from extractor.records.findings import list_doubts
    from extractor.records.proofs import count_proofs
    from extractor.records.walk import list_programmes

    started = time.monotonic()
    path, options = task
    reader = ProseReader(options.cache) if options.language else None
    chosen = find_profile(options.profile) if options.profile else None
    loaded = load_input(Path(path))
    report, profile = read_with_profile(loaded, chosen, reader, options.fiscal_year)
    if options.strict:
        _refuse_drift(report)
    counts = Counter("waived" if finding.waived else finding.severity for finding in report.findings)
    programmes = list_programmes(report)
    text = report_json(report)
    return OutputFile(
        text=text,
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        profile=profile.id,
        seconds=round(time.monotonic() - started, 3),
        whole=not FAILED.intersection(finding.code for finding in report.findings),
        language=_say_who_read(reader),
        chapters=len(report.policies),
        programmes=len(programmes),
        metrics=sum(len(programme.metrics) for programme in programmes),
        findings={name: counts[name] for name in ("error", "warning", "info", "waived")},
        doubts=[one.model_dump(mode="json") for one in list_doubts(Path(path).stem, report, FIRST_DOUBTS)],
        proofs=count_proofs(report),
        input_sha256=report.source.sha256,
        corrections_sha256=loaded.edition_sha256,
    )


def _say_who_read(reader: "ProseReader | None") -> str:
    if reader is None:
        return LEFT_OUT
    return ANALYSED if reader.model_loaded else CACHED


def _set_limits(task: tuple[str, RunOptions]) -> "Limits":
    from extractor.runtime.sandbox import Limits

    limits = Limits.for_file(Path(task[0]))
    return replace(limits, processor=limits.processor + LANGUAGE_SECONDS) if task[1].language else limits


def _refuse_drift(report: "Report") -> None:
    """Raise CannotRead("layout-drift") where the report has what its profile does not know, and nobody looked at."""
    from extractor.checks.drift import is_drift
    from extractor.records.report import PageBox

    drift = [finding for finding in report.findings if is_drift(finding) and not finding.waived]
    if drift:
        place = drift[0].source[0] if drift[0].source else None
        page = place.page if isinstance(place, PageBox) else None
        first = make_message("quoted.finding", en=drift[0].message, ja=drift[0].message_ja or drift[0].message)
        more = make_message("layout-drift.more", count=len(drift) - 1) if drift[1:] else ""
        raise make_refusal("layout-drift.strict", page, first=first, more=more)


def _note_result(outcome: Outcome, result: OutputFile | CannotRead, out: Path) -> None:
    """Write what was read, or note why nothing was."""
    # A file that was written to while it was read is read again the next time.
    before = outcome.settled, outcome.sha256, outcome.corrections_sha256
    outcome.settled = hash_input(outcome) and before == (True, outcome.sha256, outcome.corrections_sha256)
    if not isinstance(result, CannotRead):
        # The record names what was parsed, whatever stands under the name by now.
        parsed = result.input_sha256, result.corrections_sha256
        outcome.settled &= result.whole and parsed == (outcome.sha256, outcome.corrections_sha256)
        outcome.sha256, outcome.corrections_sha256 = parsed
        target = name_output(outcome, out)
        try:
            write_atomically(target, result.text)
            outcome.status, outcome.reading, outcome.output = READ, replace(result, text=""), target
        except OSError as error:
            result = make_refusal("cannot-write.system", file=str(target), why=explain_os_error(error))
        except UnicodeError:  # no file of this program holds what is no text; that costs this input alone
            result = make_refusal("failed.characters")
    if isinstance(result, CannotRead):
        _note_refusal(outcome, result, out)


def _note_refusal(outcome: Outcome, refusal: CannotRead, out: Path) -> None:
    outcome.status, outcome.message, outcome.page = refusal.status, refusal.args[0], refusal.page
    older = name_output(outcome, out)
    outcome.stale = is_file(older)
    outcome.output = older if outcome.stale else None


def _write_record(outcomes: Sequence[Outcome], out: Path, options: RunOptions) -> None:
    """Write `run.json`: all that may differ from run to run and machine to machine, and so is in no output."""
    try:
        entries = [describe_outcome(outcome, options) for outcome in outcomes]
        write_atomically(out / RUN_FILE, to_json({"inputs": entries}))
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(out / RUN_FILE)) from None
