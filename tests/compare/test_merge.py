"""Some of the changes are taken, and not the others; or it is said that they cannot be."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.edits import Edited, all_told
from compare.test_edits import BASES, POINTING, base, edit, some_edits
from extractor.diff.compare import compare_reports
from extractor.diff.merge import CannotTake, merge_changes
from extractor.records.comparison import Comparison
from extractor.records.report import Report


def left_over(one: Report, other: Report) -> list[tuple[str, str, str | None]]:
    return sorted((change.kind, change.record, change.field or "") for change in compare_reports(one, other).changes)


@given(st.sampled_from(BASES), st.integers(0, 2**32), some_edits, st.randoms(use_true_random=False))
@settings(max_examples=100)
def test_some_of_any_edits_are_taken_or_refused(name: str, seed: int, kinds: list[int], random: Random) -> None:
    left, right = base(name), edit(base(name), seed, kinds).report()
    changes = compare_reports(left, right).changes
    chosen = [one for one in changes if random.random() < 0.5]
    try:
        result = merge_changes(left, right, changes, chosen)
    except CannotTake:
        return
    others = [one for one in changes if one not in chosen]
    assert left_over(left, result) == sorted((one.kind, one.record, one.field or "") for one in chosen)
    assert left_over(result, right) == sorted((one.kind, one.record, one.field or "") for one in others)
    # What is left can be taken afterwards.
    assert (
        left_over(merge_changes(result, right, (rest := compare_reports(result, right)).changes, rest.changes), right)
        == []
    )


def edited() -> Edited:
    """Several edits that have nothing to do with one another."""
    report = Edited.of(base("golden"))
    programmes = report.programmes()
    programmes[0]["budget_thousand_yen"] = 1
    programmes[1]["metrics"][0]["observations"][0]["raw"] = "?"
    programmes[2]["overview"]["paragraphs"][0] += "追記。"
    programmes[3]["name"] += "費"
    del programmes[5]
    return report


@pytest.mark.parametrize("taken", range(5))
def test_one_edit_of_several_is_taken_and_nothing_else(taken: int) -> None:
    left, right = base("golden"), edited().report()
    changes = [one for one in compare_reports(left, right).changes if one.record not in POINTING]
    assert len(changes) == 5
    result = merge_changes(left, right, compare_reports(left, right).changes, [changes[taken]])
    assert all_told(compare_reports(left, result)) == all_told(
        Comparison(
            left=compare_reports(left, right).left, right=compare_reports(left, right).right, changes=(changes[taken],)
        )
    )


def test_all_taken_is_the_other_report() -> None:
    left, right = base("golden"), edited().report()
    changes = compare_reports(left, right).changes
    assert merge_changes(left, right, changes, changes) == right
    assert merge_changes(left, right, changes, []) == left


def test_findings_point_to_what_they_pointed_to() -> None:
    left, right = base("golden"), edited().report()
    (gone,) = [
        one for one in compare_reports(left, right).changes if one.kind == "removed" and one.record == "programme"
    ]
    about = [one for one in compare_reports(left, right).changes if one.record in POINTING]
    result = merge_changes(left, right, compare_reports(left, right).changes, [gone, *about])
    names = {one.pointer.split("/")[4] for one in result.findings if "/programmes/" in one.pointer}
    assert names == {one.pointer.split("/")[4] for one in right.findings if "/programmes/" in one.pointer}


def test_the_source_cannot_be_taken_in_part() -> None:
    left = base("golden")
    data = left.model_dump(mode="json")
    data["source"]["sha256"] = "0" * 64
    data["policies"][0]["programmes"][0]["budget_thousand_yen"] = 1
    right = Report.model_validate(data)
    changes = compare_reports(left, right).changes
    with pytest.raises(CannotTake, match="whole or not at all"):
        merge_changes(left, right, changes, changes[-1:])


def test_a_passage_is_taken_whole() -> None:
    report = Edited.of(base("golden"))
    texts = next(one for one in report.programmes() if len(one["results"]["paragraphs"]) > 2)["results"]["paragraphs"]
    texts[0], texts[2] = texts[0] + "追記。", texts[2] + "追記。"
    left, right = base("golden"), report.report()
    changes = compare_reports(left, right).changes
    with pytest.raises(CannotTake, match="together"):
        merge_changes(left, right, changes, changes[:1])
