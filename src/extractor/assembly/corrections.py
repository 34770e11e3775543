"""Correct: what a person found to be printed or read wrong in one report is put right, and said.

A PDF or transcript may have a neighbour of its name with the ending .toml: `raw/<name>.toml`. It is for that one
edition: a correction that no longer matches what is printed stops the report, so that none outlives its reason.
"""

import errno
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from extractor.extraction.corrected_cells import CannotReread, read_corrected_text, update_renamed_metric
from extractor.records.edition import NOTHING_KNOWN, Correction, Edition
from extractor.records.messages import (
    explain_mistake,
    explain_os_error,
    explain_syntax_error,
    make_message,
    make_refusal,
    report_finding,
)
from extractor.records.pointer import is_at_or_under, split_pointer
from extractor.records.report import AppliedCorrection, Finding, Metric, Record, Report, Source
from extractor.runtime.files import LARGEST_BY_HAND, is_file, read_text_file
from extractor.runtime.input_bytes import EDITION
from extractor.runtime.toml_text import format_toml_value

# What is not printed but made of it cannot be corrected.
_MADE = {"findings", "facts", "activities", "source", "sources", "unplaced", "corrections", "schema_version", "id"}
# The same of a report's head (ids and columns are of its year), a metric's name, an observation's text, a case study.
_MADE |= {"label", "note", "row", "status", "period", "period_edtf", "programme_id"}
_MADE_AT = {"/report/fiscal_year"}
# So much of what is there instead is quoted.
LONGEST = 200
_INDEX = re.compile(r"0|[1-9][0-9]{0,8}")


def read_edition(path: Path) -> Edition:
    """Read what is known of an edition.

    Args:
        path: The input file; what is known of it stands beside it, in a file of its name that ends in .toml.

    Returns:
        What that file says; `NOTHING_KNOWN` where there is none.

    Raises:
        CannotRead: With status bad-corrections: the file is not as it must be.
    """
    file = path.with_suffix(EDITION)
    try:
        return Edition.model_validate(tomllib.loads(read_text_file(file, LARGEST_BY_HAND)))
    except FileNotFoundError:
        return NOTHING_KNOWN
    except ValidationError as error:
        where = ".".join(map(str, error.errors()[0]["loc"]))
        raise make_refusal("bad-corrections.mistake", file=file.name, where=where, why=explain_mistake(error)) from None
    except OSError as error:
        # No file can have a name that is longer than names can be.
        if error.errno == errno.ENAMETOOLONG:
            return NOTHING_KNOWN
        raise make_refusal("bad-corrections.open", file=file.name, why=explain_os_error(error)) from None
    except (ValueError, RecursionError) as error:
        raise make_refusal("bad-corrections.syntax", file=file.name, why=explain_syntax_error(error)) from None


def append_tables(file: Path, tables: Iterable[str]) -> str:
    """Append tables to the text of a TOML file.

    Args:
        file: The file; it need not be there.
        tables: The text of each table; it ends with a line feed.

    Returns:
        The text: what a person wrote there, and the tables behind it.

    Raises:
        OSError: It cannot be read.
    """
    before = read_text_file(file, LARGEST_BY_HAND).rstrip("\n") + "\n\n" if is_file(file) else ""
    return before + "\n".join(tables)


def write_table(name: str, record: BaseModel) -> str:
    """Write a record as a table of `raw/<name>.toml`.

    Args:
        name: The name of the array of tables in which it is.
        record: The record; fields that are None are left out.

    Returns:
        The text of the table, with a line feed at its end.
    """
    fields = [f"{key} = {format_toml_value(value)}" for key, value in record if value is not None]
    return "\n".join([f"[[{name}]]", *fields, ""])


def apply_corrections(report: Report, corrections: Sequence[Correction]) -> Report:
    """Put values of a report right.

    Args:
        report: The report as it was read.
        corrections: What is printed or read wrong in it.

    Returns:
        The report with these values, and for each what was printed, and a finding `corrected`.

    Raises:
        CannotRead: With status stale-correction: one does not point to what it says is printed, or is for another file.
            With status bad-corrections: two are of one value, or one is of a value that cannot be put right so.
    """
    if not corrections:
        return report
    data = _tuples_to_lists(report.model_dump())
    _check_once(corrections)
    for one in corrections:
        if one.sha256 not in {None, report.source.sha256}:
            printed, correct = (json.dumps(text, ensure_ascii=False) for text in (one.printed, one.correct))
            raise make_refusal(
                "stale-correction.edition",
                place=one.pointer,
                printed=printed,
                correct=correct,
                now=report.source.sha256,
            )
        _put_right(data, one)
    try:
        made = Report.model_validate(data)
    except ValidationError as error:
        where = "/".join(map(str, error.errors()[0]["loc"]))
        raise make_refusal("bad-corrections.value", place=f"/{where}", why=explain_mistake(error)) from None
    for one in corrections:
        _check_made(made, one)
    applied = tuple(
        AppliedCorrection(**one.model_dump(exclude={"sha256"}), source=find_source(one.pointer, made))
        for one in corrections
    )
    # What the reading had to say of a value is settled with it.
    settled = [right.pointer.removesuffix("/raw") for right in applied]
    findings = [one for one in made.findings if not any(is_at_or_under(one.pointer, pointer) for pointer in settled)]
    return made.model_copy(update={"findings": (*findings, *map(_make_finding, applied)), "corrections": applied})


def _check_once(corrections: Sequence[Correction]) -> None:
    """Refuse two corrections of one value, of which it is not known which is right."""
    whole = Counter(one.pointer.removesuffix("/raw") for one in corrections)
    if twice := [pointer for pointer, count in whole.items() if count > 1]:
        raise make_refusal("bad-corrections.twice", place=twice[0])


def _check_made(made: Report, one: Correction) -> None:
    """Refuse a value of another type: a mark is no number, and a text none either, though one could be made of it."""
    value: Any = made
    for step in _split_steps(one):
        value = value[step] if isinstance(step, int) else getattr(value, step)
    wanted = None if one.correct == "" else one.correct
    alone = isinstance(value, str | int | None) and not one.pointer.endswith("/raw")
    if alone and (type(value) is not type(wanted) or value != wanted):
        said = json.dumps(one.correct, ensure_ascii=False)
        raise make_refusal("bad-corrections.type", place=one.pointer, value=said)


def _put_right(data: dict[str, Any], one: Correction) -> None:
    *path, last = _split_steps(one)
    # The text of an observation is all that is printed of it: it is kept, and read anew as it should have been.
    if last == "raw" and path:
        *path, last = path
    try:
        around: list[Any] = [data]
        within: Any = data
        for step in path:
            within = within[step]
            around.append(within)
        now = within[last]
    except (LookupError, TypeError, ValueError):
        raise make_refusal("stale-correction.nothing", place=one.pointer) from None
    observed = isinstance(now, dict) and "raw" in now
    if isinstance(within, str) or (one.pointer.endswith("/raw") and not observed):
        raise make_refusal("stale-correction.nothing", place=one.pointer)
    printed = now["raw"] if observed else "" if now is None else now
    if printed != one.printed or isinstance(printed, bool) != isinstance(one.printed, bool):
        said = json.dumps(printed, ensure_ascii=False, default=str)
        said = said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"
        wanted = json.dumps(one.printed, ensure_ascii=False)
        raise make_refusal("stale-correction.other", place=one.pointer, wanted=wanted, now=said)
    try:
        if observed:
            # Around it: its metric's observations, the metric, and all metrics of the programme.
            now.update(_read_observation(one, int(last), around[-2], around[-3]))
            return
        within[last] = None if one.correct == "" else one.correct
        if last == "name" and "part_of" in within:
            update_renamed_metric(around[-2], int(path[-1]), str(one.printed))
    except CannotReread as error:
        raise make_refusal("bad-corrections.unreadable", place=one.pointer, why=error) from None


def _tuples_to_lists(data: Any) -> Any:
    """Put lists for tuples in data of records, so that it can be changed."""
    if isinstance(data, dict):
        return {name: _tuples_to_lists(value) for name, value in data.items()}
    return [_tuples_to_lists(value) for value in data] if isinstance(data, tuple) else data


def _split_steps(one: Correction) -> list[str | int]:
    steps = split_pointer(one.pointer)
    if not one.pointer.startswith("/") or _MADE & set(steps) or one.pointer in _MADE_AT:
        where = one.pointer or make_message("bad-corrections.empty")
        raise make_refusal("bad-corrections.no-place", place=where)
    return [int(step) if _INDEX.fullmatch(step) else step for step in steps]


def _read_observation(one: Correction, at: int, metric: dict[str, Any], beside: list[dict[str, Any]]) -> dict[str, Any]:
    """Read what a text says of an observation."""
    if not isinstance(one.correct, str):
        raise make_refusal("bad-corrections.whole", place=one.pointer)
    metrics = [Metric.model_validate(each) for each in beside]
    return read_corrected_text(one.correct, at, Metric.model_validate(metric), metrics)


def _make_finding(one: AppliedCorrection) -> Finding:
    said = {"printed": one.printed, "correct": one.correct, "reason": one.reason, "date": one.date.isoformat()}
    return report_finding("corrected.value", one.pointer, one.source, **said)


def find_source(pointer: str, report: Report) -> Source:
    """Find where a value stands: the place of the nearest record around it that has one.

    Args:
        pointer: A pointer into the report.
        report: The report.

    Returns:
        The place; empty where nothing around the value has one.

    Raises:
        LookupError: The pointer leads to nothing.
    """
    found: Source = ()
    within: Any = report
    for step in split_pointer(pointer):
        own = getattr(getattr(within, "sources", None), step, None)
        if isinstance(within, tuple) and _INDEX.fullmatch(step) and int(step) < len(within):
            within = within[int(step)]
        elif isinstance(within, Record) and step in type(within).model_fields:
            within = getattr(within, step)
        else:
            raise LookupError(f"{pointer} points to nothing")
        near = own or getattr(within, "source", None)
        found = near if isinstance(near, tuple) and near else found
    return found
