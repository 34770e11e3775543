"""Run: many input files become output files and `run.json`, each read in a process of its own.

A file that cannot be read costs no other file anything, and nothing already written is lost.
"""

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from extractor.annotation.reader import Reader
from extractor.assembly.corrections import SUFFIX
from extractor.checks.drift import is_drift
from extractor.errors import CannotRead
from extractor.pipeline import PDF, TEXT, read_with_profile
from extractor.profiles.profile import by_id
from extractor.records.report import PageBox, Report, Severity
from extractor.records.to_json import report_json, to_json
from extractor.runtime.atomic_write import write_atomically
from extractor.runtime.file_names import written
from extractor.runtime.files import LARGEST_BY_HAND, hash_file, is_file, is_folder
from extractor.runtime.fingerprint import fingerprint
from extractor.runtime.input_bytes import LARGEST_PDF
from extractor.runtime.output_files import RUN_FILE
from extractor.runtime.process_end import signals_ignored
from extractor.runtime.sandbox import Limits, run_isolated

READ = "read"
# What became of the prose: facts and activities left out, found by the model, or known from an earlier run.
LEFT_OUT, ANALYSED, CACHED = "left-out", "analysed", "cached"
# Seconds of processor time more for a file whose prose is read: loading the model takes three, a page's prose a tenth.
LANGUAGE_SECONDS = 30
SUFFIXES = {PDF, TEXT}


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of one file in its own process: its output text and what the table counts."""

    text: str
    profile: str
    seconds: float
    language: str
    chapters: int
    programmes: int
    metrics: int
    findings: dict[Severity, int]


@dataclass(slots=True)
class Outcome:
    """One input of a run. `status` is `read`, or why not; `stale`: an older output of it is left as it was."""

    path: Path
    status: str = ""
    message: str = ""
    page: int | None = None
    sha256: str | None = None
    corrections_sha256: str | None = None
    output: Path | None = None
    stale: bool = False
    reading: Reading | None = None


@dataclass(slots=True)
class Run:
    """All inputs of a run, in the order in which they were named."""

    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """0 clean, 1 findings of severity error, 2 some input could not be read."""
        if any(outcome.status != READ for outcome in self.outcomes):
            return 2
        return int(any(one.reading and one.reading.findings["error"] for one in self.outcomes))


def find_inputs(paths: Sequence[Path]) -> list[Outcome]:
    """The files named, and every .pdf and .txt of the folders named, by name. Status empty: to be read."""
    return _once([outcome for path in paths for outcome in _inputs_of(path)])


def _inputs_of(path: Path) -> list[Outcome]:
    if not is_folder(path):
        return [_input(path)]
    try:
        named = [one for one in path.iterdir() if one.suffix.lower() in SUFFIXES and not one.name.startswith(".")]
    except OSError as error:
        return [Outcome(path, "cannot-open", f"it cannot be opened: {error.strerror}")]
    # What has the name of an input and is none (a pipe, a link to nothing) is said, and not passed over.
    found = [_input(one) for one in sorted(named)]
    return found or [Outcome(path, "no-input", "the folder holds no .pdf and no .txt file")]


def _input(path: Path) -> Outcome:
    try:
        # Asked for by itself: a name that is too long is an error here, and "not there" for exists().
        path.stat()
    except FileNotFoundError:
        return Outcome(path, "no-such-file", "there is no such file or folder")
    except OSError as error:
        return Outcome(path, "cannot-open", f"it cannot be opened: {error.strerror}")
    if is_folder(path):
        return Outcome(path, "not-supported", "it is a folder with the name of a file")
    if not is_file(path):
        return Outcome(path, "not-supported", "it is neither a file nor a folder")
    if path.suffix.lower() not in SUFFIXES:
        return Outcome(path, "not-supported", "only .pdf and .txt files are read")
    return Outcome(path)


def _once(found: list[Outcome]) -> list[Outcome]:
    """Each file once; of two with one output name only the first is read."""
    kept: list[Outcome] = []
    names: dict[str, Path] = {}
    for outcome in found:
        if outcome.status:
            kept.append(outcome)
            continue
        name = outcome.path.with_suffix(".json").name.casefold()
        other = names.setdefault(name, outcome.path)
        if name == RUN_FILE:
            outcome.status, outcome.message = "name-taken", f"its output would take the name of the run's {RUN_FILE}"
        elif other is not outcome.path and _is_same(other, outcome.path):
            continue
        elif other is not outcome.path:
            outcome.status, outcome.message = "name-taken", f"its output would take the name of that of {other.name}"
        kept.append(outcome)
    return kept


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.resolve() == other.resolve()
    except (OSError, RuntimeError):  # the folder in which the program runs is gone; links that lead in a circle
        return False


@dataclass(frozen=True, slots=True)
class How:
    """How a run reads: all files with the profile of this id, or each with the one that it fits; `strict`: what has
    drifted from its profile is not written; `language`: facts and activities are found in prose, and what is found is
    kept in the folder `cache` (None: nowhere)."""

    profile: str | None = None
    strict: bool = False
    language: bool = True
    cache: Path | None = None


@dataclass(frozen=True, slots=True)
class _Task:
    """One file to read, and how."""

    path: str
    how: How


def _read(task: _Task) -> Reading:
    """One file's reading. Runs in a process of its own."""
    started = time.monotonic()
    how = task.how
    reader = Reader(how.cache) if how.language else None
    report, profile = read_with_profile(Path(task.path), by_id(how.profile) if how.profile else None, reader)
    if how.strict:
        _refuse_drift(report)
    counts = Counter(finding.severity for finding in report.findings)
    programmes = [programme for policy in report.policies for programme in policy.programmes]
    return Reading(
        text=report_json(report),
        profile=profile.id,
        seconds=round(time.monotonic() - started, 3),
        language=LEFT_OUT if reader is None else ANALYSED if reader.loaded else CACHED,
        chapters=len(report.policies),
        programmes=len(programmes),
        metrics=sum(len(programme.metrics) for programme in programmes),
        findings={"error": counts["error"], "warning": counts["warning"], "info": counts["info"]},
    )


def _limits(task: _Task) -> Limits:
    limits = Limits.for_file(Path(task.path))
    return replace(limits, processor=limits.processor + LANGUAGE_SECONDS) if task.how.language else limits


def _refuse_drift(report: Report) -> None:
    """CannotRead("layout-drift") where the report has what its profile does not know."""
    drift = [one for one in report.findings if is_drift(one)]
    if drift:
        place = drift[0].source[0] if drift[0].source else None
        page = place.page if isinstance(place, PageBox) else None
        more = f", and {len(drift) - 1} more of the kind" if len(drift) > 1 else ""
        raise CannotRead("layout-drift", f"it is not as the profile knows it: {drift[0].message}{more}", page)


def run(inputs: Sequence[Outcome], out: Path, jobs: int, done: Callable[[Outcome], None], how: How = How()) -> Run:
    """Read all inputs (of `find_inputs`), write their outputs and `run.json` into `out`; `done` is told of each.

    Raises OSError where `out` cannot be written to. What ends the run early (Ctrl-C) is raised on, once `run.json` says
    how far it came.
    """
    outcomes = list(inputs)
    out.mkdir(parents=True, exist_ok=True)
    waiting = [outcome for outcome in outcomes if not outcome.status]
    tasks = [_Task(str(outcome.path), how) for outcome in waiting]
    try:
        with closing(run_isolated(tasks, _read, jobs, _limits)) as readings:
            for outcome in outcomes:
                if not outcome.status:
                    _settle(outcome, next(readings), out)
                done(outcome)
    except BaseException:
        with signals_ignored(), suppress(OSError):
            _give_up(outcomes, out)
        raise
    _write_record(outcomes, out)
    return Run(outcomes)


def _give_up(outcomes: Sequence[Outcome], out: Path) -> None:
    """Note what was read until now, and what was not."""
    unread = CannotRead("not-reached", "the run was ended before it was read")
    for outcome in outcomes:
        if not outcome.status:
            _note_refusal(outcome, unread, out / f"{outcome.path.stem}.json")
    _write_record(outcomes, out)


def _write_record(outcomes: Sequence[Outcome], out: Path) -> None:
    try:
        write_atomically(out / RUN_FILE, to_json(_run_record(outcomes)))
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(out / RUN_FILE)) from None


def _settle(outcome: Outcome, result: Reading | CannotRead, out: Path) -> None:
    """Write what was read, or note why nothing was."""
    target = out / f"{outcome.path.stem}.json"
    # What cannot even be read has no hash; why it cannot is in the result.
    with suppress(OSError):
        outcome.sha256 = hash_file(outcome.path, LARGEST_PDF)
    with suppress(OSError):
        outcome.corrections_sha256 = hash_file(outcome.path.with_suffix(SUFFIX), LARGEST_BY_HAND)
    if not isinstance(result, CannotRead):
        try:
            write_atomically(target, result.text)
        except OSError as error:
            result = CannotRead("cannot-write", f"{target} cannot be written: {error.strerror}")
        except UnicodeError:  # no file of this program holds what is no text; that costs this input alone
            result = CannotRead("failed", "what was read of it holds code points that are no characters")
    if isinstance(result, CannotRead):
        _note_refusal(outcome, result, target)
    else:
        outcome.status, outcome.reading, outcome.output = READ, result, target


def _note_refusal(outcome: Outcome, refusal: CannotRead, target: Path) -> None:
    outcome.status, outcome.message, outcome.page = refusal.status, str(refusal), refusal.page
    outcome.stale = is_file(target)
    outcome.output = target if outcome.stale else None


def _run_record(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """`run.json`: all that may differ from run to run and machine to machine, and so is in no output."""
    return {"inputs": [_input_record(outcome) for outcome in outcomes]}


def _input_record(outcome: Outcome) -> dict[str, Any]:
    reading = outcome.reading
    with_language = reading is None or reading.language != LEFT_OUT
    return {
        "file": written(outcome.path.name),
        "path": written(outcome.path),
        "sha256": outcome.sha256,
        "corrections_sha256": outcome.corrections_sha256,
        "status": outcome.status,
        "message": written(outcome.message) or None,
        "page": outcome.page,
        "seconds": reading.seconds if reading else None,
        "output": written(outcome.output.name) if outcome.output else None,
        "output_sha256": hashlib.sha256(reading.text.encode()).hexdigest() if reading else None,
        "stale": outcome.stale,
        "chapters": reading.chapters if reading else None,
        "programmes": reading.programmes if reading else None,
        "metrics": reading.metrics if reading else None,
        "findings": reading.findings if reading else None,
        "language": reading.language if reading else None,
        "fingerprint": fingerprint(reading.profile if reading else None, language=with_language),
    }
