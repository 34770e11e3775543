"""Run: many input files become output files and `run.json`, each read in a process of its own.

A file that cannot be read costs no other file anything, and nothing already written is lost.
"""

import hashlib
import platform
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from extractor import __version__
from extractor.check.drift import is_drift
from extractor.isolate import Limits, run_isolated
from extractor.model.page import CannotRead
from extractor.model.record import PageBox, Report, Severity
from extractor.pipeline import PDF, TEXT, read_with_profile
from extractor.profile import by_id, digest
from extractor.write import report_json, to_json, write_atomically

RUN_FILE = "run.json"
READ = "read"
SUFFIXES = {PDF, TEXT}
# The libraries that decide what is read; another version may read otherwise.
LIBRARIES = ("pdfplumber", "pdfminer.six", "pydantic", "rapidfuzz")
# Those of the extra `ocr`, where it is installed; rapidocr holds the models.
OCR_LIBRARIES = ("rapidocr", "onnxruntime", "opencv-python-headless", "pypdfium2")


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of one file in its own process: its output text and what the table counts."""

    text: str
    profile: str
    seconds: float
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


def shown(path: Path | str) -> str:
    """A path or name on one line of text that can be written, whatever bytes the file system holds."""
    plain = str(path).encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(sign if sign.isprintable() else f"\\x{ord(sign):02x}" for sign in plain)


def find_inputs(paths: Sequence[Path]) -> list[Outcome]:
    """The files named, and every .pdf and .txt of the folders named, by name. Status empty: to be read."""
    return _once([outcome for path in paths for outcome in _inputs_of(path)])


def _inputs_of(path: Path) -> list[Outcome]:
    try:
        if path.is_dir():
            files = [one for one in path.iterdir() if one.suffix.lower() in SUFFIXES and one.is_file()]
            seen = sorted(one for one in files if not one.name.startswith("."))
            return [Outcome(one) for one in seen] or [
                Outcome(path, "no-input", "the folder holds no .pdf and no .txt file")
            ]
        # Asked for by itself: a name that is too long is an error here, and "not there" for exists().
        path.stat()
    except FileNotFoundError:
        return [Outcome(path, "no-such-file", "there is no such file or folder")]
    except OSError as error:
        return [Outcome(path, "cannot-open", f"it cannot be opened: {error.strerror}")]
    if not path.is_file():
        return [Outcome(path, "not-supported", "it is neither a file nor a folder")]
    if path.suffix.lower() not in SUFFIXES:
        return [Outcome(path, "not-supported", "only .pdf and .txt files are read")]
    return [Outcome(path)]


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
        elif other is not outcome.path and other.resolve() == outcome.path.resolve():
            continue
        elif other is not outcome.path:
            outcome.status, outcome.message = "name-taken", f"its output would take the name of that of {other.name}"
        kept.append(outcome)
    return kept


@dataclass(frozen=True, slots=True)
class _Task:
    """One file to read, and how: with the profile of this id (None: the one that it fits); strict: without drift."""

    path: str
    profile: str | None
    strict: bool


def _read(task: _Task) -> Reading:
    """One file's reading. Runs in a process of its own."""
    started = time.monotonic()
    report, profile = read_with_profile(Path(task.path), by_id(task.profile) if task.profile else None)
    if task.strict:
        _refuse_drift(report)
    counts = Counter(finding.severity for finding in report.findings)
    programmes = [programme for policy in report.policies for programme in policy.programmes]
    return Reading(
        text=report_json(report),
        profile=profile.id,
        seconds=round(time.monotonic() - started, 3),
        chapters=len(report.policies),
        programmes=len(programmes),
        metrics=sum(len(programme.metrics) for programme in programmes),
        findings={"error": counts["error"], "warning": counts["warning"], "info": counts["info"]},
    )


def _refuse_drift(report: Report) -> None:
    """CannotRead("layout-drift") where the report has what its profile does not know."""
    drift = [one for one in report.findings if is_drift(one)]
    if drift:
        place = drift[0].source[0] if drift[0].source else None
        page = place.page if isinstance(place, PageBox) else None
        more = f", and {len(drift) - 1} more of the kind" if len(drift) > 1 else ""
        raise CannotRead("layout-drift", f"it is not as the profile knows it: {drift[0].message}{more}", page)


def run(
    inputs: Sequence[Outcome],
    out: Path,
    jobs: int,
    done: Callable[[Outcome], None],
    *,
    profile: str | None = None,
    strict: bool = False,
) -> Run:
    """Read all inputs (of `find_inputs`), write their outputs and `run.json` into `out`; `done` is told of each.

    All are read with the profile of this id, or each with the one that it fits. `strict`: what has drifted from its
    profile is not written. Raises OSError where `out` cannot be written to.
    """
    outcomes = list(inputs)
    out.mkdir(parents=True, exist_ok=True)
    waiting = [outcome for outcome in outcomes if not outcome.status]
    tasks = [_Task(str(outcome.path), profile, strict) for outcome in waiting]
    readings = run_isolated(tasks, _read, jobs, lambda task: Limits.for_file(Path(task.path)))
    for outcome in outcomes:
        if not outcome.status:
            _settle(outcome, next(readings), out)
        done(outcome)
    try:
        write_atomically(out / RUN_FILE, to_json(_run_record(outcomes)))
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(out / RUN_FILE)) from None
    return Run(outcomes)


def _settle(outcome: Outcome, result: Reading | CannotRead, out: Path) -> None:
    """Write what was read, or note why nothing was."""
    target = out / f"{outcome.path.stem}.json"
    # What cannot even be read has no hash; why it cannot is in the result.
    with suppress(OSError):
        outcome.sha256 = hashlib.sha256(outcome.path.read_bytes()).hexdigest()
    if not isinstance(result, CannotRead):
        try:
            write_atomically(target, result.text)
        except OSError as error:
            result = CannotRead("cannot-write", f"{target} cannot be written: {error.strerror}")
    if isinstance(result, CannotRead):
        outcome.status, outcome.message, outcome.page = result.status, str(result), result.page
        outcome.stale = target.is_file()
        outcome.output = target if outcome.stale else None
    else:
        outcome.status, outcome.reading, outcome.output = READ, result, target


def fingerprint(profile: str | None) -> dict[str, Any]:
    """What reads: program, its rules (all code and data of the package), profile, and the libraries that matter.

    `profile` is the id of the one that read the file; None where the file was not read, or it is no longer there.
    """
    known = profile is not None and by_id(profile) is not None
    return {
        "program": __version__,
        "rules": _digest(resources.files("extractor")),
        "profile": {"id": profile, "sha256": digest(profile)} if profile and known else None,
        "libraries": {name: version for name in (*LIBRARIES, *OCR_LIBRARIES) if (version := _version(name))},
        "python": platform.python_version(),
    }


def _version(library: str) -> str | None:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return None


def _digest(folder: Traversable) -> str:
    """One hash of the names and bytes of all .py, .toml and .json files below a folder."""
    digest = hashlib.sha256()
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir() and entry.name != "__pycache__":
            digest.update(f"{entry.name}/{_digest(entry)}".encode())
        elif entry.name.endswith((".py", ".toml", ".json")):
            digest.update(entry.name.encode() + b"\0" + entry.read_bytes())
    return digest.hexdigest()


def _run_record(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """`run.json`: all that may differ from run to run and machine to machine, and so is in no output."""
    used = {outcome.reading.profile if outcome.reading else None for outcome in outcomes}
    readers = {profile: fingerprint(profile) for profile in used}
    return {"inputs": [_input_record(outcome, readers) for outcome in outcomes]}


def _input_record(outcome: Outcome, readers: dict[str | None, dict[str, Any]]) -> dict[str, Any]:
    reading = outcome.reading
    return {
        "file": shown(outcome.path.name),
        "path": shown(outcome.path),
        "sha256": outcome.sha256,
        "status": outcome.status,
        "message": outcome.message or None,
        "page": outcome.page,
        "seconds": reading.seconds if reading else None,
        "output": shown(outcome.output.name) if outcome.output else None,
        "output_sha256": hashlib.sha256(reading.text.encode()).hexdigest() if reading else None,
        "stale": outcome.stale,
        "chapters": reading.chapters if reading else None,
        "programmes": reading.programmes if reading else None,
        "metrics": reading.metrics if reading else None,
        "findings": reading.findings if reading else None,
        "fingerprint": readers[reading.profile if reading else None],
    }
