"""Correct: what a person found to be printed or read wrong in one report is put right, and said.

A PDF or transcript may have a neighbour of its name with the ending .toml: `raw/<name>.toml`. It is for that one
edition: a correction that no longer matches what is printed stops the report, so that none outlives its reason.
"""

import errno
import hashlib
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
from extractor.records.labels import label_pointer
from extractor.records.messages import (
    Message,
    explain_mistake,
    explain_os_error,
    explain_syntax_error,
    make_message,
    make_refusal,
    report_finding,
)
from extractor.records.pointer import iterate_outwards, split_pointer
from extractor.records.report import AppliedCorrection, Finding, Metric, Record, Report, Source
from extractor.runtime.files import LARGEST_BY_HAND, decode_text, is_file, read_file, read_text_file
from extractor.runtime.input_bytes import EDITION
from extractor.runtime.toml_text import format_toml_value

# What is not printed but made of it cannot be corrected.
_MADE = {"findings", "facts", "activities", "source", "sources", "unplaced", "corrections", "schema_version", "id"}
# The same of a report's head (ids and columns are of its year), a metric's name, an observation's text, a case study.
_MADE |= {"label", "note", "row", "status", "period", "period_edtf", "programme_id"}
_MADE |= {"note_facts", "note_activities"}
_MADE_AT = {"/report/fiscal_year"}
# So much of what is there instead is quoted.
LONGEST = 200
_INDEX = re.compile(r"0|[1-9][0-9]{0,8}")
_ADDED = re.compile(r"^\[\[(?:correction|waiver)\]\]", re.MULTILINE)


def read_edition(path: Path) -> Edition:
    """Read what is known of an edition, as `load_edition` does, without its digest."""
    return load_edition(path)[0]


def load_edition(path: Path) -> tuple[Edition, str | None]:
    """Read what is known of an edition, and the digest of the bytes that say it.

    Args:
        path: The input file; what is known of it stands beside it, in a file of its name that ends in .toml.

    Returns:
        What that file says, and its SHA-256; `NOTHING_KNOWN` and None where there is none.

    Raises:
        CannotRead: With status bad-corrections: the file is not as it must be.
    """
    file = path.with_suffix(EDITION)
    try:
        data = read_file(file, LARGEST_BY_HAND)
        return Edition.model_validate(tomllib.loads(decode_text(data))), hashlib.sha256(data).hexdigest()
    except FileNotFoundError:
        return NOTHING_KNOWN, None
    except ValidationError as error:
        where = ".".join(map(str, error.errors()[0]["loc"]))
        raise make_refusal("bad-corrections.mistake", file=file.name, where=where, why=explain_mistake(error)) from None
    except OSError as error:
        # No file can have a name that is longer than names can be.
        if error.errno == errno.ENAMETOOLONG:
            return NOTHING_KNOWN, None
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
    before = read_text_file(file, LARGEST_BY_HAND) if is_file(file) else ""
    between = "\n" * (2 - (len(before) - len(before.rstrip("\n")))) if before.strip() else ""
    return before + between + "\n".join(tables)


def is_continued(file: Path, sha256: str | None) -> bool:
    """Tell whether nothing but corrections and waivers was added to a TOML file behind what it held.

    Args:
        file: The file.
        sha256: Of what it held; None: there was no such file.

    Returns:
        Whether it begins with these bytes, and what follows can be read by itself.

    Raises:
        OSError: It cannot be read.
    """
    text = read_text_file(file, LARGEST_BY_HAND)
    if sha256 is None:
        return _holds_additions(text)
    for found in _ADDED.finditer(text):
        before = text[: found.start()]
        ends = [before, before.removesuffix("\n"), before.removesuffix("\n").removesuffix("\n")]
        as_written = [*ends, *(one.replace("\n", "\r\n") for one in ends)]
        if sha256 in {hashlib.sha256(one.encode()).hexdigest() for one in as_written}:
            return _holds_additions(text[found.start() :])
    return False


def _holds_additions(text: str) -> bool:
    try:
        return tomllib.loads(text).keys() <= {"correction", "waiver"}
    except ValueError:
        return False


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
        The report with these values; behind the corrections that it had, for each what was printed; and for each a
        finding `corrected`.

    Raises:
        CannotRead: With status stale-correction: one does not point to what it says is printed, or is for another file.
            With status bad-corrections: two are of one value, or one is of a value that cannot be put right so.
    """
    if not corrections:
        return report
    data = _tuples_to_lists(report.model_dump())
    _check_once(corrections)
    _check_of_edition(corrections, data, report.source.sha256)
    for one in corrections:
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
    settled = {right.pointer.removesuffix("/raw") for right in applied}
    findings = [one for one in made.findings if settled.isdisjoint(iterate_outwards(one.pointer))]
    update = {"findings": (*findings, *map(_make_finding, applied)), "corrections": (*report.corrections, *applied)}
    return made.model_copy(update=update)


def _check_of_edition(corrections: Sequence[Correction], data: dict[str, Any], sha256: str) -> None:
    """Refuse corrections that are for another file."""
    if stale := [one for one in corrections if one.sha256 not in {None, sha256}]:
        said = tuple(_describe_stale(data, one) for one in stale)
        raise make_refusal("stale-correction.edition", corrections=said, count=len(said), now=sha256)


def _describe_stale(data: dict[str, Any], one: Correction) -> Message:
    """Describe a correction by the words with which a person finds it on the page."""
    printed, correct = (json.dumps(text, ensure_ascii=False) for text in (one.printed, one.correct))
    place = name_place_of(data, one.pointer)
    return make_message("stale-correction.one", place=place, printed=printed, correct=correct)


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
    steps = _split_steps(one)
    # The text of an observation is all that is printed of it: it is kept, and read anew as it should have been.
    if steps[-1] == "raw" and len(steps) > 1:
        del steps[-1]
    *around, now = _follow_steps(data, steps, one.pointer)
    observed = isinstance(now, dict) and "raw" in now
    if isinstance(around[-1], str) or (one.pointer.endswith("/raw") and not observed):
        raise make_refusal("stale-correction.nothing", place=one.pointer)
    _check_printed(data, one, now["raw"] if observed else now)
    try:
        if observed:
            # Around it: its metric's observations, the metric, and all metrics of the programme.
            now.update(_read_observation(one, int(steps[-1]), around[-2], around[-3]))
        else:
            _replace_value(one, steps, around)
    except CannotReread as error:
        raise make_refusal("bad-corrections.unreadable", place=name_place_of(data, one.pointer), why=error) from None


def _replace_value(one: Correction, steps: Sequence[str | int], around: Sequence[Any]) -> None:
    """Put what is right in the place of a value; `around`: what `steps` lead through to it, the nearest last."""
    around[-1][steps[-1]] = None if one.correct == "" else one.correct
    if steps[-1] == "name" and "part_of" in around[-1]:
        update_renamed_metric(around[-2], int(steps[-2]), str(one.printed))


def _follow_steps(data: dict[str, Any], steps: Sequence[str | int], pointer: str) -> list[Any]:
    """Follow steps into a report's data: all that they lead through, the value last."""
    passed: list[Any] = [data]
    try:
        for step in steps:
            passed.append(passed[-1][step])
    except (LookupError, TypeError, ValueError):
        raise make_refusal("stale-correction.nothing", place=pointer) from None
    return passed


def _check_printed(data: dict[str, Any], one: Correction, now: Any) -> None:
    """Refuse a correction of what is not printed as it says; of a mark, 1 is not true."""
    printed = "" if now is None else now
    if printed != one.printed or isinstance(printed, bool) != isinstance(one.printed, bool):
        said = json.dumps(printed, ensure_ascii=False, default=str)
        said = said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"
        wanted = json.dumps(one.printed, ensure_ascii=False)
        place = name_place_of(data, one.pointer)
        raise make_refusal("stale-correction.other", place=place, wanted=wanted, now=said)


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


def name_place_of(data: dict[str, Any], pointer: str) -> Message:
    """Name a place as people call it: programme, item and year, or the chapter.

    Args:
        data: A report as data.
        pointer: A pointer into it; one that leads to nothing is named as far as it leads.

    Returns:
        The name.
    """
    labels = label_pointer(data, pointer)
    year = labels.fiscal_year and make_message("place.year", year=labels.fiscal_year)
    inner = (labels.programme, labels.metric, year, labels.case_study, labels.subject)
    named = tuple(filter(None, inner)) or tuple(filter(None, (labels.policy, labels.initiative)))
    return make_message("place.named", parts=named) if named else make_message("place.whole")


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
