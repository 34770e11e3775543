"""Reports edited at random: the comparison tells exactly the edits, from either side."""

import json
import time
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.edits import EDITS, Edited, all_told, in_any_order, resolve, told
from extractor.diff.compare import compare_reports
from extractor.records.comparison import Change, Comparison
from extractor.records.report import Report
from extractor.records.terms import TERM_FIELDS
from made_up import MadeUp, many
from reports import GOLDEN

BASES = ("golden", "transcript", "made-up", "many")
CORRECTED = {"printed": 1, "correct": "2", "reason": "a slip", "date": "2026-11-20"}
POINTING = {"finding", "correction"}
MIRRORED = {"added": "removed", "removed": "added"}


@cache
def base(name: str) -> Report:
    """A report to edit."""
    if name == "golden":
        return golden("aomori-sme-2023")
    if name == "transcript":
        return golden("aomori-sme-2023-transcript")
    blocks = many(12) if name == "many" else MadeUp().blocks
    with TemporaryDirectory() as folder:
        return MadeUp(rows=blocks, blocks=blocks).read(Path(folder)).model_copy(update={"findings": ()})


@cache
def golden(name: str) -> Report:
    data = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
    for policy in data["policies"]:
        for programme in policy["programmes"]:
            for passage in (programme["overview"], programme["results"]):
                # Facts and activities have tests of their own; these edits change the text that they are of.
                passage |= {name: [] for fields in TERM_FIELDS.values() for name in fields}
    # These point to values of metrics, which the edits take along.
    data["findings"] = [one for one in data["findings"] if one["code"] == "counter-mismatch"]
    data["corrections"] = [
        {"pointer": f"/policies/0/programmes/{pointer}", **CORRECTED, "source": []}
        for pointer in ("2/budget_thousand_yen", "3/name", "8/metrics/0/observations/0", "7/page_label")
    ]
    # Few are quick to edit and compare: some with several rows of one name, with findings, with a case study.
    edited = Edited.of(Report.model_validate(data))
    edited.programmes()[:] = [one for one in edited.programmes() if one["number"] in {*range(1, 9), 25, 26, 27, 31}]
    return edited.report()


def edit(report: Report, seed: int, kinds: list[int]) -> Edited:
    edited, random = Edited.of(report), Random(seed)
    for kind in kinds:
        EDITS[kind](edited, random)
    return edited


some_edits = st.lists(st.integers(0, len(EDITS) - 1), max_size=12)


def reordered(comparison: Comparison) -> list[set[Any]]:
    """The names of what has moved in order."""
    return [{one.labels.programme} for one in comparison.changes if one.kind == "moved" and one.field is None]


@given(st.sampled_from(BASES), st.integers(0, 2**32), some_edits)
@settings(max_examples=150)
def test_exactly_the_edits_are_told(name: str, seed: int, kinds: list[int]) -> None:
    left, edited = base(name), edit(base(name), seed, kinds)
    comparison = compare_reports(left, edited.report())
    assert all_told(comparison) == in_any_order(edited.expected)
    moved = reordered(comparison)
    assert len(moved) == len(edited.swapped)
    assert all(any(one <= pair for one in moved) for pair in edited.swapped)


@pytest.mark.parametrize("kind", range(len(EDITS)), ids=[one.__name__ for one in EDITS])
def test_each_edit_alone_is_told(kind: int) -> None:
    counts = set()
    for seed in range(20):
        edited = edit(base("golden"), seed, [kind])
        comparison = compare_reports(base("golden"), edited.report())
        assert all_told(comparison) == in_any_order(edited.expected)
        counts.add(len(edited.expected) + len(edited.swapped))
    # The edit does something.
    assert max(counts) >= 1


def mirrored(change: Change) -> tuple[Any, ...]:
    """What a change must be from the other side."""
    kind = MIRRORED.get(change.kind, change.kind)
    return (
        kind,
        change.record,
        change.field,
        change.right_pointer,
        change.left_pointer,
        repr(change.after),
        repr(change.before),
        change.after_source,
        change.before_source,
    )


def itself(change: Change) -> tuple[Any, ...]:
    sides = (change.left_pointer, change.right_pointer, repr(change.before), repr(change.after))
    return (change.kind, change.record, change.field, *sides, change.before_source, change.after_source)


@given(st.sampled_from(BASES), st.integers(0, 2**32), some_edits)
@settings(max_examples=40)
def test_from_the_other_side_it_is_the_same(name: str, seed: int, kinds: list[int]) -> None:
    left, right = base(name), edit(base(name), seed, kinds).report()
    there, back = compare_reports(left, right), compare_reports(right, left)
    assert sorted(map(repr, map(mirrored, there.changes))) == sorted(map(repr, map(itself, back.changes)))
    assert (there.left, there.right) == (back.right, back.left)


@given(st.sampled_from(BASES), st.integers(0, 2**32), some_edits)
@settings(max_examples=40)
def test_pointers_point_to_the_values(name: str, seed: int, kinds: list[int]) -> None:
    left, right = base(name), edit(base(name), seed, kinds).report()
    sides = (left.model_dump(mode="json"), right.model_dump(mode="json"))
    for change in compare_reports(left, right).changes:
        given_values = ((change.left_pointer, change.before), (change.right_pointer, change.after))
        for data, (pointer, value) in zip(sides, given_values, strict=True):
            assert value == (None if pointer is None else resolve(data, pointer))
        assert (change.left_pointer is None) == (change.kind == "added")
        assert (change.right_pointer is None) == (change.kind == "removed")


@given(st.sampled_from(BASES), st.integers(0, 2**32), some_edits, st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_order_of_programmes_does_not_matter(name: str, seed: int, kinds: list[int], random: Random) -> None:
    left = edit(base(name), seed, [])
    right = edit(base(name), seed, kinds)
    in_file_order = compare_reports(left.report(), right.report())
    left, right = edit(base(name), seed, []), edit(base(name), seed, kinds)
    random.shuffle(left.programmes())
    random.shuffle(right.programmes())
    shuffled = compare_reports(left.report(), right.report())

    def pointed(comparison: Comparison) -> list[Any]:
        # What holds a pointer follows the order. What has moved in both ways is one change.
        found = [one for one in comparison.changes if one.record not in POINTING and one.kind != "moved"]
        return all_told(comparison.model_copy(update={"changes": tuple(found)}))

    assert pointed(shuffled) == pointed(in_file_order)


def test_a_report_does_not_differ_from_itself() -> None:
    for name in BASES:
        assert compare_reports(base(name), base(name)).changes == ()


def test_changes_stand_in_the_order_of_the_report() -> None:
    edited = Edited.of(base("golden"))
    programmes = edited.programmes()
    programmes[9]["budget_thousand_yen"] = 1
    programmes[3]["name"] += "費"
    programmes[3]["metrics"][0]["observations"][0]["raw"] = "?"
    gone = programmes.pop(6)
    changes = compare_reports(base("golden"), edited.report()).changes
    assert [(one.kind, one.record) for one in changes] == [
        ("renamed", "programme"),
        ("changed", "observation"),
        ("removed", "programme"),
        ("changed", "programme"),
    ]
    assert told("removed", "programme", None, gone, None) in all_told(compare_reports(base("golden"), edited.report()))


@pytest.mark.slow
def test_many_programmes_take_a_second_or_two() -> None:
    data = base("golden").model_dump(mode="json")
    programmes = data["policies"][0]["programmes"]
    copies = [
        one | {"id": f"{one['id']}-{turn}", "number": len(programmes) * turn + at, "name": f"{one['name']}その{turn}"}
        for turn in range(34)
        for at, one in enumerate(programmes)
    ]
    data["policies"][0]["programmes"] = copies
    left = Report.model_validate(data | {"findings": []})
    for one in copies[::4]:
        one["budget_thousand_yen"] = (one["budget_thousand_yen"] or 0) + 1
    for one in copies[::40]:
        one["name"] = f"新{one['name']}"
    del copies[7]
    right = Report.model_validate(data | {"findings": []})
    started = time.process_time()
    comparison = compare_reports(left, right)
    assert time.process_time() - started < 4
    assert len(left.policies[0].programmes) == 408
    assert {one.kind for one in comparison.changes} == {"changed", "renamed", "removed"}
    assert sum(one.kind == "renamed" for one in comparison.changes) == 11
