"""Partly: which changes of a report a person accepts, by a pointer or by the decisions made of them."""

import hashlib
from pathlib import Path

from pydantic import ValidationError

from extractor.model.comparison import Change, Comparison
from extractor.model.decisions import Decisions, identity


class NoDecisions(Exception):  # noqa: N818 - the file is at fault
    """A file that holds no decisions; the message says why on one line."""


def open_decisions(path: Path) -> Decisions:
    """The decisions of a file as the page writes it; raises NoDecisions."""
    try:
        return Decisions.model_validate_json(path.read_bytes(), strict=True)
    except OSError as error:
        raise NoDecisions(f"it cannot be opened: {error.strerror}") from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = "/".join(str(part) for part in first["loc"])
        raise NoDecisions(f"it is no file of decisions: {where or 'it'}: {first['msg']}") from None


def changes_at(comparison: Comparison, pointer: str) -> list[Change]:
    """The changes at or under a pointer into the output, and the findings that are new, gone or other there.

    What is gone from the output is under the pointer where it was in the golden file.
    """
    return [one for one in comparison.changes if any(_is_under(place, pointer) for place in _places(one))]


def _places(change: Change) -> list[str]:
    """Where a change is; of a finding, also what it points to."""
    places = [change.left_pointer if change.right_pointer is None else change.right_pointer]
    if change.record == "finding":
        value = change.before if change.after is None else change.after
        pointer = value.get("pointer") if isinstance(value, dict) else None
        places.append(pointer if isinstance(pointer, str) else None)
    return [place for place in places if isinstance(place, str)]


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
    said = {output / f"{name}.json": decisions.output_sha256, golden / f"{name}.json": decisions.golden_sha256}
    for path, sha256 in said.items():
        found = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None
        if found != sha256:
            raise NoDecisions(f"{path} is not the file that was decided on: look at the changes again")
