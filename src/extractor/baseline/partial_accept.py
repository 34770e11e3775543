"""Partial accept: which changes of a report a person accepts.

They are chosen by a pointer or by the decisions made of them.
"""

import json
from collections.abc import Callable, Collection
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from extractor.errors import CannotRead, NoDecisions
from extractor.grammar.numerals import parse_number
from extractor.records.comparison import Change, Comparison
from extractor.records.decisions import Decision, Decisions, Settlements, identify_change
from extractor.records.edition import Correction
from extractor.records.pointer import is_at_or_under, parent_pointer, resolve_pointer
from extractor.records.report import Report
from extractor.runtime.files import LARGEST_BY_HAND, LARGEST_RECORD, hash_file, is_file, read_file
from extractor.runtime.output_files import output_path

# Where in the output stands what a pointer into the golden file points to; no pointer where it is gone.
InOutput = Callable[[str], str]


# So much of an unknown key is said.
LONGEST = 100


def open_decisions(path: Path) -> Decisions | Settlements:
    """Read a file that the page has written.

    Args:
        path: The file.

    Returns:
        What it decides: changes of a report, or identities of programmes.

    Raises:
        NoDecisions: It cannot be opened, or holds neither.
    """
    try:
        text = read_file(path, LARGEST_BY_HAND)
        kind = Settlements if "series" in _list_keys(text) else Decisions
        return kind.model_validate_json(text, strict=True)
    except OSError as error:
        raise NoDecisions(f"it cannot be opened: {error.strerror}") from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = "/".join(str(part) for part in first["loc"])[:LONGEST]
        raise NoDecisions(f"it is no file of decisions: {where or 'it'}: {first['msg']}") from None


def _list_keys(text: bytes) -> Collection[str]:
    """List the keys of the object that a JSON text is; none where it is none, of which pydantic says why."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return ()
    return data.keys() if isinstance(data, dict) else ()


def select_changes_at(comparison: Comparison, pointer: str, in_output: InOutput) -> list[Change]:
    """Select the changes at or under a pointer, and those of findings and corrections that point there.

    A record that is gone from the output is at no pointer into it: it counts as under what held it.

    Args:
        comparison: The golden file against the output.
        pointer: A pointer into the output.
        in_output: Leads a pointer into the golden file to the output.

    Returns:
        The changes, in their order.
    """
    return [
        change
        for change in comparison.changes
        if any(is_at_or_under(place, pointer) for place in _list_places(change, in_output))
    ]


def _list_places(change: Change, in_output: InOutput) -> list[str]:
    """List where a change is in the output; of a finding or a correction, also what it points to."""
    if change.right_pointer is not None:
        places = [change.right_pointer]
    else:
        places = [in_output(parent_pointer(change.left_pointer or ""))]
    if change.record in {"finding", "correction"}:
        gone = change.after is None
        value = change.before if gone else change.after
        about = value.get("pointer") if isinstance(value, dict) else None
        if isinstance(about, str):
            places.append(in_output(about) if gone else about)
    return places


def select_accepted_changes(comparison: Comparison, decisions: Decisions) -> list[Change]:
    """Select the changes whose verdict is accept.

    Args:
        comparison: The golden file against the output.
        decisions: What was said of the changes.

    Returns:
        The changes, in their order.

    Raises:
        NoDecisions: A decision is about no change, or two say different things of one.
    """
    known = {identify_change(change) for change in comparison.changes}
    verdicts: dict[object, str] = {}
    for decision in decisions.decisions:
        named = f"{decision.kind} {decision.right_pointer or decision.left_pointer}"
        if decision.about not in known:
            raise NoDecisions(f"it decides on a change that there is not: {named}")
        if verdicts.setdefault(decision.about, decision.verdict) != decision.verdict:
            raise NoDecisions(f"it says two things of one change: {named}")
    return [change for change in comparison.changes if verdicts.get(identify_change(change)) == "accept"]


def check_decisions(decisions: Decisions, output: Path, golden: Path) -> None:
    """Check that output and golden file are those that were looked at.

    Args:
        decisions: What was decided of one report.
        output: The folder of the last run.
        golden: The folder of the accepted files.

    Raises:
        NoDecisions: One of the files is another, or the report's name is none.
    """
    name = decisions.report
    if Path(name).name != name:
        raise NoDecisions("its report is no name")
    said = {output_path(output, name): decisions.output_sha256, output_path(golden, name): decisions.golden_sha256}
    for path, sha256 in said.items():
        found = hash_file(path, LARGEST_RECORD) if is_file(path) else None
        if found != sha256:
            raise NoDecisions(f"{path} is not the file that was decided on: look at the changes again")


def make_correction(decision: Decision, report: Report) -> Correction:
    """Make the correction of a refused value, from today on and for this edition alone.

    A number that was typed as text is one where a number is printed.

    Args:
        decision: What was said of the value.
        report: The report in which the value is.

    Returns:
        The correction, as `raw/<name>.toml` holds it.

    Raises:
        CannotRead: With status bad-corrections: the value is not in the output, or cannot be put right.
    """
    given, pointer = decision.correction, decision.right_pointer
    if given is None or pointer is None:
        raise CannotRead("bad-corrections", "what is not in the output cannot be corrected")
    try:
        printed: Any = resolve_pointer(report.model_dump(mode="json"), pointer)
    except LookupError:
        raise CannotRead("bad-corrections", "it points to nothing in the output") from None
    printed = printed.get("raw", printed) if isinstance(printed, dict) else printed
    value: Any = given.value
    if isinstance(printed, int) and not isinstance(printed, bool) and isinstance(value, str):
        value = parse_number(value)
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
