"""Inputs of a run: which files are meant, and why some of them cannot be read.

In: files and folders as a person names them. Out: an `Outcome` for each input, in order, each output name once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.language import Translatable
from extractor.records.messages import explain_os_error, make_message
from extractor.runtime.files import is_file, is_folder
from extractor.runtime.input_bytes import PDF, TEXT
from extractor.runtime.run_record import RUN_FILE

SUFFIXES = {PDF, TEXT}
# So many findings are kept of each report to be shown at the end of a run, and so many are shown.
FIRST_DOUBTS = 5


@dataclass(frozen=True, slots=True)
class OutputFile:
    """What came of one file in its own process.

    It holds the text of the output, and what the run's table counts.

    Attributes:
        text: The output, as it is to be written; empty once it is there.
        sha256: Of the output.
        profile: The id of the profile that it was read with.
        seconds: How long the reading took, by the clock.
        language: What became of its prose: LEFT_OUT, ANALYSED or CACHED of `runner`.
        findings: How many there are of each severity, and how many besides that are waived.
        doubts: The first errors and warnings that are not waived, as JSON holds them (`LocatedFinding`).
        proofs: How many values were read, how many have each proof, and how many have none.
        input_sha256: Of the bytes that were read; None where an earlier run read them.
        corrections_sha256: Of the corrections beside it that were read; None where there are none.
        whole: No part of it failed by a fault of the program; such a part is tried again in the next run.
    """

    text: str
    sha256: str
    profile: str
    seconds: float
    language: str
    chapters: int
    programmes: int
    metrics: int
    findings: dict[str, int]
    doubts: list[dict[str, Any]]
    proofs: dict[str, int]
    whole: bool = True
    input_sha256: str | None = None
    corrections_sha256: str | None = None


@dataclass(slots=True)
class Outcome:
    """One input of a run, and what became of it.

    Attributes:
        status: `read`, or why it was not; empty: it is still to be read.
        message: Why it was not read, on one line.
        page: The page that the message is about, counted from 1.
        sha256: Of the input; None where it could not be read.
        corrections_sha256: Of the corrections beside it; None where there are none.
        output: Its output file; None where there is none.
        settled: Its reading need not be done again: input and corrections were the same when it began and when it
            ended, and all of it was read.
        unchanged: Nothing that decides its output has changed since an earlier run, whose reading this is.
        stale: An older output of it is left as it was.
        reading: What was read; None where nothing was.
    """

    path: Path
    status: str = ""
    message: str | Translatable = ""
    page: int | None = None
    sha256: str | None = None
    corrections_sha256: str | None = None
    output: Path | None = None
    settled: bool = False
    unchanged: bool = False
    stale: bool = False
    reading: OutputFile | None = None


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How a run reads.

    Attributes:
        profile: The id of the profile for all files; None: each with the one that it fits.
        strict: A report that has drifted from its profile is not written.
        language: Facts and activities are found in prose.
        cache: The folder in which is kept what was found in prose; None: nowhere.
        fiscal_year: The year that all files are of; None: the one that each says.
    """

    profile: str | None = None
    strict: bool = False
    language: bool = True
    cache: Path | None = None
    fiscal_year: int | None = None


def find_inputs(paths: Sequence[Path]) -> list[Outcome]:
    """Find the files named, and every .pdf and .txt of the folders named, by name.

    Each file comes once. Those without a status are to be read: no two of them have one output name.
    """
    inputs: list[Outcome] = []
    readers: dict[str, Path] = {}
    for outcome in (outcome for path in paths for outcome in _list_inputs(path)):
        if not outcome.status:
            name = outcome.path.with_suffix(".json").name.casefold()
            first = readers.setdefault(name, outcome.path)
            if name == RUN_FILE:
                outcome.status, outcome.message = "name-taken", make_message("name-taken.run", name=RUN_FILE)
            elif first is not outcome.path:
                if _is_same(first, outcome.path):
                    continue
                outcome.status, outcome.message = "name-taken", make_message("name-taken.other", name=first.name)
        inputs.append(outcome)
    return inputs


def _list_inputs(path: Path) -> list[Outcome]:
    if not is_folder(path):
        return [_check_input(path)]
    try:
        named = [file for file in path.iterdir() if file.suffix.lower() in SUFFIXES and not file.name.startswith(".")]
    except OSError as error:
        return [Outcome(path, "cannot-open", make_message("cannot-open.system", why=explain_os_error(error)))]
    # What has the name of an input and is none (a pipe, a link to nothing) is said, and not passed over.
    inputs = [_check_input(file) for file in sorted(named)]
    return inputs or [Outcome(path, "no-input", make_message("no-input.folder"))]


def _check_input(path: Path) -> Outcome:
    try:
        # Asked for by itself: a name that is too long is an error here, and "not there" for exists().
        path.stat()
    except FileNotFoundError:
        return Outcome(path, "no-such-file", make_message("no-such-file.file-or-folder"))
    except OSError as error:
        return Outcome(path, "cannot-open", make_message("cannot-open.system", why=explain_os_error(error)))
    if is_folder(path):
        return Outcome(path, "not-supported", make_message("not-supported.folder"))
    if not is_file(path):
        return Outcome(path, "not-supported", make_message("not-supported.neither"))
    if path.suffix.lower() not in SUFFIXES:
        return Outcome(path, "not-supported", make_message("not-supported.suffix"))
    return Outcome(path)


def _is_same(left: Path, right: Path) -> bool:
    try:
        return left.resolve() == right.resolve()
    except (OSError, RuntimeError):  # the folder in which the program runs is gone; links that lead in a circle
        return False
