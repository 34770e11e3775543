"""Run: many input files become output files and `run.json`, each read in a process of its own."""

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from extractor.annotation.reader import ProseReader
from extractor.assembly.corrections import SUFFIX
from extractor.batch.inputs import SUFFIXES, Outcome, OutputFile, find_inputs
from extractor.checks.drift import is_drift
from extractor.errors import CannotRead
from extractor.pipeline import read_with_profile
from extractor.profiles.profile import find_profile
from extractor.records.report import PageBox, Report
from extractor.records.to_json import report_json, to_json
from extractor.runtime.atomic_write import write_atomically
from extractor.runtime.file_names import path_to_text
from extractor.runtime.files import LARGEST_BY_HAND, hash_file, is_file
from extractor.runtime.fingerprint import make_fingerprint
from extractor.runtime.input_bytes import LARGEST_PDF
from extractor.runtime.output_files import RUN_FILE
from extractor.runtime.process_end import signals_ignored
from extractor.runtime.sandbox import Limits, run_isolated

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
    "run_files",
]

READ = "read"
# What became of the prose: facts and activities left out, found by the model, or known from an earlier run.
LEFT_OUT, ANALYSED, CACHED = "left-out", "analysed", "cached"
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


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How a run reads.

    Attributes:
        profile: The id of the profile for all files; None: each with the one that it fits.
        strict: A report that has drifted from its profile is not written.
        language: Facts and activities are found in prose.
        cache: The folder in which is kept what was found in prose; None: nowhere.
    """

    profile: str | None = None
    strict: bool = False
    language: bool = True
    cache: Path | None = None


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
        inputs: Of `find_inputs`; those with a status are not read. What becomes of them is noted in them.
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
    tasks = [(str(outcome.path), options) for outcome in outcomes if not outcome.status]
    try:
        with closing(run_isolated(tasks, _read_file, jobs, _set_limits)) as readings:
            for outcome in outcomes:
                if not outcome.status:
                    _note_result(outcome, next(readings), out)
                report_progress(outcome)
    except BaseException:
        with signals_ignored(), suppress(OSError):
            unread = CannotRead("not-reached", "the run was ended before it was read")
            for outcome in outcomes:
                if not outcome.status:
                    _note_refusal(outcome, unread, out)
            _write_record(outcomes, out)
        raise
    _write_record(outcomes, out)
    return Run(outcomes)


def _read_file(task: tuple[str, RunOptions]) -> OutputFile:
    """Read one file. Runs in a process of its own."""
    started = time.monotonic()
    path, options = task
    reader = ProseReader(options.cache) if options.language else None
    report, profile = read_with_profile(Path(path), find_profile(options.profile) if options.profile else None, reader)
    if options.strict:
        _refuse_drift(report)
    counts = Counter("waived" if finding.waived else finding.severity for finding in report.findings)
    programmes = [programme for policy in report.policies for programme in policy.programmes]
    return OutputFile(
        text=report_json(report),
        profile=profile.id,
        seconds=round(time.monotonic() - started, 3),
        language=LEFT_OUT if reader is None else ANALYSED if reader.model_loaded else CACHED,
        chapters=len(report.policies),
        programmes=len(programmes),
        metrics=sum(len(programme.metrics) for programme in programmes),
        findings={name: counts[name] for name in ("error", "warning", "info", "waived")},
    )


def _set_limits(task: tuple[str, RunOptions]) -> Limits:
    limits = Limits.for_file(Path(task[0]))
    return replace(limits, processor=limits.processor + LANGUAGE_SECONDS) if task[1].language else limits


def _refuse_drift(report: Report) -> None:
    """Raise CannotRead("layout-drift") where the report has what its profile does not know, and nobody looked at."""
    drift = [finding for finding in report.findings if is_drift(finding) and not finding.waived]
    if drift:
        place = drift[0].source[0] if drift[0].source else None
        page = place.page if isinstance(place, PageBox) else None
        more = f", and {len(drift) - 1} more of the kind" if len(drift) > 1 else ""
        raise CannotRead("layout-drift", f"it is not as the profile knows it: {drift[0].message}{more}", page)


def _note_result(outcome: Outcome, result: OutputFile | CannotRead, out: Path) -> None:
    """Write what was read, or note why nothing was."""
    # What cannot even be read has no hash; why it cannot is in the result.
    with suppress(OSError):
        outcome.sha256 = hash_file(outcome.path, LARGEST_PDF)
    with suppress(OSError):
        outcome.corrections_sha256 = hash_file(outcome.path.with_suffix(SUFFIX), LARGEST_BY_HAND)
    if not isinstance(result, CannotRead):
        target = _name_output(outcome, out)
        try:
            write_atomically(target, result.text)
            outcome.status, outcome.reading, outcome.output = READ, result, target
        except OSError as error:
            result = CannotRead("cannot-write", f"{target} cannot be written: {error.strerror}")
        except UnicodeError:  # no file of this program holds what is no text; that costs this input alone
            result = CannotRead("failed", "what was read of it holds code points that are no characters")
    if isinstance(result, CannotRead):
        _note_refusal(outcome, result, out)


def _note_refusal(outcome: Outcome, refusal: CannotRead, out: Path) -> None:
    outcome.status, outcome.message, outcome.page = refusal.status, refusal.reason, refusal.page
    outcome.stale = is_file(_name_output(outcome, out))
    outcome.output = _name_output(outcome, out) if outcome.stale else None


def _name_output(outcome: Outcome, out: Path) -> Path:
    return out / f"{outcome.path.stem}.json"


def _write_record(outcomes: Sequence[Outcome], out: Path) -> None:
    """Write `run.json`: all that may differ from run to run and machine to machine, and so is in no output."""
    try:
        write_atomically(out / RUN_FILE, to_json({"inputs": [_describe_input(outcome) for outcome in outcomes]}))
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(out / RUN_FILE)) from None


def _describe_input(outcome: Outcome) -> dict[str, Any]:
    reading = outcome.reading
    counts: dict[str, Any] = dict.fromkeys(("chapters", "programmes", "metrics", "findings", "language"))
    if reading:
        counts = {name: getattr(reading, name) for name in counts}
    with_language = reading is None or reading.language != LEFT_OUT
    return {
        "file": path_to_text(outcome.path.name),
        "path": path_to_text(outcome.path),
        "sha256": outcome.sha256,
        "corrections_sha256": outcome.corrections_sha256,
        "status": outcome.status,
        "message": path_to_text(outcome.message) or None,
        "page": outcome.page,
        "seconds": reading.seconds if reading else None,
        "output": path_to_text(outcome.output.name) if outcome.output else None,
        "output_sha256": hashlib.sha256(reading.text.encode()).hexdigest() if reading else None,
        "stale": outcome.stale,
        **counts,
        "fingerprint": make_fingerprint(reading.profile if reading else None, language=with_language),
    }
