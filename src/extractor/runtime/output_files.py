"""Outputs: files that a run or `accept` wrote, opened again, each with the fingerprint of what read it."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from pydantic import ValidationError

from extractor.errors import InvalidFile
from extractor.records.messages import Message, explain_mistake, explain_os_error, explain_syntax_error, make_message
from extractor.records.report import SCHEMA_VERSION, Report
from extractor.runtime.file_names import path_to_text, text_to_file_name
from extractor.runtime.files import LARGEST_RECORD, read_file
from extractor.runtime.run_record import RUN_FILE, list_output_files, read_json_object, read_run_inputs

# Beside the golden files: what read each of them, as `accept` found it in the run's record.
FINGERPRINTS = "fingerprints.lock"
# So much of a name that a file holds is quoted in a message.
LONGEST = 80


class NotAnOutput(InvalidFile):
    """A file that is no output file of this version; the message says why on one line."""


@dataclass(frozen=True, slots=True)
class Output:
    """An output file: its report, and the fingerprint of what read it.

    The fingerprint is None where it is not known.
    """

    path: Path
    report: Report
    fingerprint: dict[str, Any] | None


def output_path(folder: Path, name: str) -> Path:
    r"""Give the path of the output, or of the golden file, of the report of this name.

    Args:
        folder: The folder of the outputs, or of the golden files.
        name: The name of the report, as records write it.

    Returns:
        The path, with bytes that the name writes as `\x95` put back; whether a file is there is not looked at.
    """
    return folder / text_to_file_name(f"{name}.json")


def open_all_outputs(folder: Path) -> Iterator[Report]:
    """Open all outputs, or golden files, of a folder by their names; what is not of this version is left out."""
    for path in list_output_files(folder):
        with suppress(NotAnOutput):
            yield open_output(path).report


def open_output(path: Path) -> Output:
    """Open the report of an output or golden file.

    Raises:
        NotAnOutput: It cannot be read, is no report, or has another major version of the schema.
    """
    try:
        text = read_file(path, LARGEST_RECORD)
    except OSError as error:
        raise NotAnOutput(make_message("cannot-open.system", why=explain_os_error(error))) from None
    _check_version(_data(text))
    try:
        report = Report.model_validate_json(text, strict=True)
    except ValidationError as error:
        raise NotAnOutput(make_message("no-output.mistake", mistake=_describe_mistakes(error))) from None
    _check_years(report)
    ids = Counter(programme.id for policy in report.policies for programme in policy.programmes)
    if twice := [name for name, count in ids.items() if count > 1]:
        raise NotAnOutput(make_message("no-output.twice", id=_short(twice[0])))
    return Output(path, report, _fingerprint(path, hashlib.sha256(text).hexdigest()))


def _data(text: bytes) -> Any:
    """Read JSON with numbers that can be written again; Python's own reader takes NaN and infinity."""
    try:
        return json.loads(
            text.decode("utf-8"), parse_constant=_refuse, parse_float=_finite, object_pairs_hook=_each_once
        )
    except UnicodeDecodeError:
        raise NotAnOutput(make_message("no-output.utf-8")) from None
    except (ValueError, RecursionError) as error:
        raise NotAnOutput(make_message("no-output.json", why=explain_syntax_error(error))) from None


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object of these pairs; one that says two things of one name says neither."""
    found = dict(pairs)
    if len(found) < len(pairs):
        counts = Counter(name for name, _ in pairs)
        raise ValueError(f"{_short(next(name for name in counts if counts[name] > 1))} is there twice")
    return found


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _finite(digits: str) -> float:
    number = float(digits)
    return number if abs(number) != float("inf") else _refuse(digits)


def _check_version(data: Any) -> None:
    version = data.get("schema_version") if isinstance(data, dict) else None
    if not isinstance(version, str):
        raise NotAnOutput(make_message("no-output.no-version"))
    major = SCHEMA_VERSION.partition(".")[0]
    if version.partition(".")[0] != major:
        raise NotAnOutput(make_message("no-output.version", version=_short(version), major=major))


def _check_years(report: Report) -> None:
    """Check the years, which are counted through and drawn: one of no calendar would take all the memory there is."""
    observed = [
        observation.fiscal_year
        for policy in report.policies
        for programme in policy.programmes
        for metric in programme.metrics
        for observation in metric.observations
    ]
    if odd := [year for year in (report.report.fiscal_year, *observed) if not _is_year(year)]:
        raise NotAnOutput(make_message("no-output.year", year=_short(str(odd[0]))))


def _is_year(year: int) -> bool:
    return date.min.year <= year <= date.max.year


def _describe_mistakes(error: ValidationError) -> Message:
    """Tell the first thing that is wrong, where it is, and how many more are."""
    # Of several forms that a value may have (a place), the error of each names its form: not in the file.
    where = _short("/".join(map(str, error.errors()[0]["loc"])))
    return make_message(
        "no-output.place" if where else "no-output.whole",
        where=where,
        mistake=explain_mistake(error),
        more=make_message("no-output.more", count=error.error_count() - 1) if error.error_count() > 1 else "",
    )


def _fingerprint(path: Path, sha256: str) -> dict[str, Any] | None:
    """Find what read an output, by the record beside it that tells of these very bytes."""
    for one in read_run_inputs(path.with_name(RUN_FILE)):
        if one.get("output") == path_to_text(path.name) and one.get("output_sha256") == sha256:
            return _mapping(one.get("fingerprint"))
    kept = accepted_with(path.with_name(FINGERPRINTS)).get(path_to_text(path.stem), {})
    return _mapping(kept.get("fingerprint")) if kept.get("sha256") == sha256 else None


def accepted_with(path: Path) -> dict[str, dict[str, Any]]:
    """Read the SHA-256 of each golden file, by its name, and what read it.

    Returns:
        What is recorded of each; nothing where there is no such record.
    """
    reports = _mapping(read_json_object(path).get("reports")) or {}
    return {name: one for name, one in reports.items() if isinstance(one, dict)}


def _mapping(value: Any) -> dict[str, Any] | None:
    return value if isinstance(value, dict) else None
