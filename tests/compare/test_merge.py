"""A new reading of which some values are kept as they were accepted; what cannot be kept is taken as it was read."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.edits import Edited, all_told
from compare.test_edits import BASES, POINTING, base, edit, some_edits
from extractor.diff.compare import compare_reports
from extractor.diff.merge import keep_accepted
from extractor.records.comparison import Change, Comparison
from extractor.records.report import Report


def left_over(one: Report, other: Report) -> list[tuple[str, str, str]]:
    return signs(compare_reports(one, other).changes)


def signs(changes: tuple[Change, ...]) -> list[tuple[str, str, str]]:
    """What differs; of the terms of prose, only that they do."""
    return sorted(
        ("" if one.record in {"fact", "activity"} else one.kind, one.record, one.field or "") for one in changes
    )


@given(st.sampled_from(BASES), st.integers(0, 2**32), some_edits, st.randoms(use_true_random=False))
@settings(max_examples=100)
def test_some_of_any_edits_are_kept(name: str, seed: int, kinds: list[int], random: Random) -> None:
    left, right = base(name), edit(base(name), seed, kinds).report()
    changes = compare_reports(left, right).changes
    result, kept = keep_accepted(left, right, [one for one in changes if random.random() < 0.5])
    # It differs from the new reading by what is kept, and by nothing else.
    assert left_over(result, right) == signs(kept)
    assert set(map(id, kept)) <= set(map(id, changes))
    assert keep_accepted(left, right, [])[0] == right


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


@pytest.mark.parametrize("number", range(5))
def test_one_of_several_is_kept_and_nothing_else(number: int) -> None:
    left, right = base("golden"), edited().report()
    changes = [one for one in compare_reports(left, right).changes if one.record not in POINTING]
    assert len(changes) == 5
    result, kept = keep_accepted(left, right, [changes[number]])
    assert kept == (changes[number],)
    found = compare_reports(result, right)
    of_records = tuple(one for one in found.changes if one.record not in POINTING)
    assert all_told(found.model_copy(update={"changes": of_records})) == all_told(
        Comparison(left=found.left, right=found.right, changes=(changes[number],))
    )


def test_another_source_is_taken_with_the_rest() -> None:
    left = base("golden")
    data = left.model_dump(mode="json")
    data["source"]["sha256"] = "0" * 64
    data["policies"][0]["programmes"][0]["budget_thousand_yen"] = 1
    data["policies"][0]["programmes"][1]["budget_thousand_yen"] = 2
    right = Report.model_validate(data)
    source, budget, _ = changes = compare_reports(left, right).changes
    result, kept = keep_accepted(left, right, [source, budget])
    assert (kept, result.source) == ((budget,), right.source)
    one, other = result.policies[0].programmes[:2]
    assert one == left.policies[0].programmes[0]
    assert other == right.policies[0].programmes[1]
    assert len(changes) == 3


def test_each_paragraph_is_kept_with_what_was_found_in_it() -> None:
    report = Edited.of(base("golden"))
    passage = next(one for one in report.programmes() if len(one["results"]["paragraphs"]) > 2)["results"]
    texts = passage["paragraphs"]
    texts[0], texts[2] = "6月に10回。" + texts[0], texts[2] + "追記。"
    for term in passage["facts"] + passage["activities"]:
        term["start"] += 7 * (term["paragraph"] == 0)
        term["end"] += 7 * (term["paragraph"] == 0)
    left, right = base("golden"), report.report()
    first, last = compare_reports(left, right).changes
    for kept in (first, last):
        result, found = keep_accepted(left, right, [kept])
        assert found == (kept,)
        at = next(one for one in result.policies[0].programmes if len(one.results.paragraphs) > 2).results
        for fact in at.facts:
            assert at.paragraphs[fact.paragraph][fact.start : fact.end] == fact.text
