"""Partly: which changes of a report a person accepts, by a pointer or by the decisions made of them."""

import json
from collections.abc import Callable, Collection
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from extractor.errors import CannotRead, NoDecisions
from extractor.grammar.numerals import number
from extractor.records.comparison import Change, Comparison
from extractor.records.decisions import Decision, Decisions, Settlements, identity
from extractor.records.edition import Correction
from extractor.records.report import Report
from extractor.runtime.files import LARGEST_BY_HAND, LARGEST_RECORD, hash_file, is_file, read_file
from extractor.runtime.output_files import output_path

# Where in the output stands what a pointer into the golden file points to; no pointer where it is gone.
InOutput = Callable[[str], str]


# So much of an unknown key is said.
LONGEST = 100


def open_decisions(path: Path) -> Decisions | Settlements:
    """What a file of the page decides: changes of a report, or identities of programmes; raises NoDecisions."""
    try:
        text = read_file(path, LARGEST_BY_HAND)
        kind = Settlements if "series" in _keys(text) else Decisions
        return kind.model_validate_json(text, strict=True)
    except OSError as error:
        raise NoDecisions(f"it cannot be opened: {error.strerror}") from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = "/".join(str(part) for part in first["loc"])[:LONGEST]
        raise NoDecisions(f"it is no file of decisions: {where or 'it'}: {first['msg']}") from None


def _keys(text: bytes) -> Collection[str]:
    """Those of the object that a JSON text is; none where it is none, of which pydantic says why."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return ()
    return data.keys() if isinstance(data, dict) else ()


def changes_at(comparison: Comparison, pointer: str, in_output: InOutput) -> list[Change]:
    """The changes at or under a pointer into the output; findings and corrections that are new, gone or other there.

    A record that is gone from the output is at no pointer into it: it counts as under what held it.
    """
    return [one for one in comparison.changes if any(_is_under(place, pointer) for place in _places(one, in_output))]


def _places(change: Change, in_output: InOutput) -> list[str]:
    """Where a change is in the output; of a finding or a correction, also what it points to."""
    if change.right_pointer is not None:
        places = [change.right_pointer]
    else:
        places = [in_output((change.left_pointer or "").rpartition("/")[0])]
    if change.record in {"finding", "correction"}:
        gone = change.after is None
        value = change.before if gone else change.after
        about = value.get("pointer") if isinstance(value, dict) else None
        if isinstance(about, str):
            places.append(in_output(about) if gone else about)
    return places


def _is_under(place: str, pointer: str) -> bool:
    return place == pointer or place.startswith(f"{pointer}/")


def changes_accepted(comparison: Comparison, decisions: Decisions) -> list[Change]:
    """The changes whose verdict is accept.

    Raises NoDecisions where a decision is about no change, or two say different things of one.
    """
    known = {identity(one) for one in comparison.changes}
    said: dict[object, str] = {}
    for one in decisions.decisions:
        named = f"{one.kind} {one.right_pointer or one.left_pointer}"
        if one.about not in known:
            raise NoDecisions(f"it decides on a change that there is not: {named}")
        if said.setdefault(one.about, one.verdict) != one.verdict:
            raise NoDecisions(f"it says two things of one change: {named}")
    return [one for one in comparison.changes if said.get(identity(one)) == "accept"]


def check_decisions(decisions: Decisions, output: Path, golden: Path) -> None:
    """Raises NoDecisions where output or golden file are not those that were looked at."""
    name = decisions.report
    if Path(name).name != name:
        raise NoDecisions("its report is no name")
    said = {output_path(output, name): decisions.output_sha256, output_path(golden, name): decisions.golden_sha256}
    for path, sha256 in said.items():
        found = hash_file(path, LARGEST_RECORD) if is_file(path) else None
        if found != sha256:
            raise NoDecisions(f"{path} is not the file that was decided on: look at the changes again")


def correction_of(decision: Decision, report: Report) -> Correction:
    """A refused value's correction, as `raw/<name>.toml` holds it, from today on and for this edition alone.

    Raises `CannotRead`.

    A number that was typed as text is one where a number is printed.
    """
    given, pointer = decision.correction, decision.right_pointer
    if given is None or pointer is None:
        raise CannotRead("bad-corrections", "what is not in the output cannot be corrected")
    printed: Any = report.model_dump(mode="json")
    try:
        for step in pointer.split("/")[1:]:
            printed = printed[int(step) if isinstance(printed, list) else step.replace("~1", "/").replace("~0", "~")]
    except (LookupError, TypeError, ValueError):
        raise CannotRead("bad-corrections", "it points to nothing in the output") from None
    printed = printed.get("raw", printed) if isinstance(printed, dict) else printed
    value: Any = given.value
    if isinstance(printed, int) and not isinstance(printed, bool) and isinstance(value, str):
        value = number(value)
    try:
        said = {
            "pointer": pointer,
            "printed": "" if printed is None else printed,
            "correct": value,
            "reason": given.reason,
        }
        known = {"date": date.today(), "sha256": report.source.sha256}
        return Correction.model_validate(said | known, strict=True)
    except ValidationError:
        raise CannotRead("bad-corrections", "only a text, a number or a mark can be put right") from None
