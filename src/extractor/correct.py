"""Correct: what a person found to be printed or read wrong in one report is put right, and said.

A PDF or transcript may have a neighbour of its name with the ending .toml: `raw/<name>.toml`. It is for that one
edition: a correction that no longer matches what is printed stops the report, so that none outlives its reason.
"""

import json
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from extractor.atomic import write_atomically
from extractor.interpret.values import read_value
from extractor.model.edition import NOTHING_KNOWN, Correction, Edition
from extractor.model.page import CannotRead
from extractor.model.record import AppliedCorrection, Finding, Report, Source
from extractor.toml_text import scalar

SUFFIX = ".toml"
# What is not printed but made of it cannot be corrected.
_MADE = {"findings", "facts", "activities", "source", "sources", "unplaced", "corrections", "schema_version", "id"}


def edition_of(path: Path) -> Edition:
    """What is known beside an input file; nothing where there is no such file.

    Raises `CannotRead("bad-corrections")` where it is not as it must be.
    """
    file = path.with_suffix(SUFFIX)
    try:
        return Edition.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return NOTHING_KNOWN
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise CannotRead("bad-corrections", f"{file.name}: {where}: {first['msg']}") from None
    except (OSError, ValueError) as error:
        raise CannotRead("bad-corrections", f"{file.name}: {' '.join(str(error).split())}") from None


def add_corrections(path: Path, report: Report, wanted: Sequence[Correction]) -> None:
    """Put corrections behind those beside an input file, if they can be applied to what was read of it.

    Raises `CannotRead` where they cannot, or those that are there are not as they must be; then nothing is written.
    """
    file = path.with_suffix(SUFFIX)
    edition_of(path)
    correct(report, wanted)
    before = file.read_text(encoding="utf-8").rstrip("\n") + "\n\n" if file.is_file() else ""
    write_atomically(file, before + "\n".join(map(_table, wanted)))


def _table(one: Correction) -> str:
    values = {"pointer": one.pointer, "printed": one.printed, "correct": one.correct, "reason": one.reason}
    lines = [f"{name} = {scalar(value)}" for name, value in values.items()]
    edition = [] if one.sha256 is None else [f"sha256 = {scalar(one.sha256)}"]
    return "\n".join(["[[correction]]", *lines, f"date = {one.date.isoformat()}", *edition, ""])


def correct(report: Report, corrections: Sequence[Correction]) -> Report:
    """The report with these values put right, and for each what was printed, and a finding `corrected`.

    Raises `CannotRead("stale-correction")` where one does not point to what it says is printed, or is for another file.
    """
    if not corrections:
        return report
    data = _lists(report.model_dump())
    for one in corrections:
        if one.sha256 not in {None, report.source.sha256}:
            message = (
                f"the correction of {one.pointer} is for another edition of the file: look again, and renew its sha256"
            )
            raise CannotRead("stale-correction", f"{message} ({report.source.sha256} now)")
        _put(data, one)
    try:
        made = Report.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = "/".join(map(str, first["loc"]))
        raise CannotRead("bad-corrections", f"/{where} cannot be what it is corrected to: {first['msg']}") from None
    applied = tuple(
        AppliedCorrection(**one.model_dump(exclude={"sha256"}), source=_source(one, made)) for one in corrections
    )
    # What the reading had to say of a value is settled with it.
    findings = [one for one in made.findings if not any(_is_of(one, right.pointer) for right in applied)]
    return made.model_copy(update={"findings": (*findings, *map(_finding, applied)), "corrections": applied})


def _is_of(finding: Finding, pointer: str) -> bool:
    whole = pointer.removesuffix("/raw")
    return finding.pointer == whole or finding.pointer.startswith(f"{whole}/")


def _put(data: dict[str, Any], one: Correction) -> None:
    *path, last = _steps(one)
    try:
        within: Any = data
        for step in path:
            within = within[step]
        # The text of an observation is all that is printed of it: it is kept, and read anew as it should have been.
        now = within if last == "raw" else within[last]
    except (LookupError, TypeError):
        raise CannotRead("stale-correction", f"the correction of {one.pointer} points to nothing") from None
    observed = isinstance(now, dict) and "raw" in now
    printed = now["raw"] if observed else "" if now is None else now
    if printed != one.printed or isinstance(printed, bool) != isinstance(one.printed, bool):
        said = json.dumps(printed, ensure_ascii=False, default=str)
        wanted = json.dumps(one.printed, ensure_ascii=False)
        message = f"the correction of {one.pointer} is for {wanted}, but {said} is there"
        raise CannotRead("stale-correction", message)
    if observed:
        now.update(_read(str(one.correct), now))
    else:
        within[last] = one.correct


def _lists(data: Any) -> Any:
    """Data of records with lists for tuples, so that it can be changed."""
    if isinstance(data, dict):
        return {name: _lists(value) for name, value in data.items()}
    return [_lists(value) for value in data] if isinstance(data, tuple) else data


def _steps(one: Correction) -> list[str | int]:
    steps = one.pointer.split("/")
    if steps[0] or len(steps) < 2 or _MADE & set(steps):
        raise CannotRead("bad-corrections", f"{one.pointer or 'an empty pointer'} is no place of a printed value")
    return [int(step) if step.isdigit() else step.replace("~1", "/").replace("~0", "~") for step in steps[1:]]


def _read(text: str, observation: dict[str, Any]) -> dict[str, Any]:
    """What a text says of an observation; components stay where as many amounts are there."""
    value = read_value(text, observation["fiscal_year"])
    if value.status == "unreadable":
        raise CannotRead("bad-corrections", f"{text} cannot be read: {value.why}")
    before = observation["quantities"]
    quantities = [quantity.model_dump() for quantity in value.quantities]
    if len(before) == len(quantities):
        for quantity, old in zip(quantities, before, strict=True):
            quantity["component"] = old["component"]
    return {"status": value.status, "quantities": quantities}


def _finding(one: AppliedCorrection) -> Finding:
    message = f"{one.printed} is printed, and {one.correct} is right: {one.reason} ({one.date.isoformat()})"
    return Finding(code="corrected", severity="info", message=message, pointer=one.pointer, source=one.source)


def _source(one: Correction, report: Report) -> Source:
    """Where the value stands: the place of the nearest record around it that has one."""
    found: Source = ()
    within: Any = report
    for step in _steps(one):
        own = getattr(getattr(within, "sources", None), str(step), None)
        within = within[step] if isinstance(step, int) else getattr(within, step)
        near = own or getattr(within, "source", None)
        found = near if isinstance(near, tuple) and near else found
    return found
