"""Decisions count in every state of a report: each value is accepted, refused, corrected or left open."""

from pathlib import Path

import pytest

from made_up import MadeUp, programmes
from review.small_desk import NAME, SmallDesk, key


@pytest.fixture
def desk(tmp_path: Path) -> SmallDesk:
    return SmallDesk(tmp_path)


VALUE = "/2024-2-01/metrics/参加者数/observations/2024#"
BUDGET = "/2024-2-03/budget_thousand_yen#"
CORRECTION = {"value": "13名", "reason": "12頁の表"}


def decide_56(desk: SmallDesk) -> Path:
    """56 decisions: all accepted, but for one refusal and one correction. What else is open is accepted as a group."""
    one = desk.reviewed()
    odd = [key(one, VALUE), key(one, BUDGET)]
    rest = [leaf.key for leaf in one.leaves if leaf.key not in odd]
    assert len(rest) >= 54
    return desk.decide(
        *({"keys": [each], "verdict": "accept"} for each in rest[:54]),
        {"keys": [odd[0]], "verdict": "refuse", "note": "頁と異なる", "correction": CORRECTION},
        {"keys": [odd[1]], "verdict": "refuse", "note": "課に照会中"},
        *([{"group": "rest", "keys": rest[54:], "verdict": "accept"}] if rest[54:] else []),
    )


def check_56(desk: SmallDesk, capsys: pytest.CaptureFixture[str], *, budget: int | None) -> None:
    """One is pending and one corrected, now and after the next run."""
    said = capsys.readouterr().out
    assert "1 corrected" in said
    assert "1 pending (1 refused, 0 open)" in said
    for _ in range(2):
        one = desk.reviewed()
        assert [leaf.key for leaf in one.leaves] == [key(one, BUDGET)]
        assert (one.pending, one.leaves[0].state, one.leaves[0].note) == (1, "refused", "課に照会中")
        desk.run()
    golden = desk.accepted()
    assert programmes(golden)[0].metrics[0].observations[1].quantities[0].value == 13
    assert programmes(golden)[2].budget_thousand_yen == budget
    # What is decided at last leaves nothing.
    one = desk.reviewed()
    assert desk.accept(desk.decide({"keys": [one.leaves[0].key], "verdict": "accept"})) == 0
    assert desk.reviewed().state == "same"
    assert desk.pending() == []
    assert (desk.golden / f"{NAME}.json").read_bytes() == (desk.output / f"{NAME}.json").read_bytes()


def test_56_decisions_on_a_new_report(desk: SmallDesk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.put(MadeUp())
    one = desk.reviewed()
    assert (one.state, {change.kind for change in one.comparison.changes}) == ("new", {"added"})  # type: ignore[union-attr]
    assert desk.accept(decide_56(desk)) == 1
    check_56(desk, capsys, budget=1000)
