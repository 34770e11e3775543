"""A few mutants of each kind, always the same: none ends the process, and none is wrong in silence."""

import pytest

from fuzz.mutators import MUTATORS
from fuzz.oracle import Judgement, judge, run_apart
from fuzz.run import KINDS, list_corpus, make_mutant, run

MUTANTS = 60


@pytest.mark.slow
def test_no_mutant_is_wrong_in_silence_or_ends_the_process() -> None:
    found = [(name, judgement) for _, name, _, judgement in run(iter(range(MUTANTS)), KINDS)]
    assert [(name, one.why) for name, one in found if one.outcome in ("silent", "crash")] == []
    # Or the mutators would do nothing.
    assert len({one.outcome for _, one in found}) == 3


@pytest.mark.slow
def test_each_kind_is_the_same_each_time_and_changes_the_file() -> None:
    for kind in MUTATORS:
        (_, clean, _, one), (*_, other) = make_mutant(3, kind), make_mutant(3, kind)
        assert one == other
        assert one != clean


@pytest.mark.slow
def test_a_figure_that_is_wrong_in_silence_is_found() -> None:
    """The oracle itself: a reading that pretends another value than both engines see."""
    _, clean, before = list_corpus()[0]
    key = next(key for key, leaf in before.leaves.items() if key[1:] == ("budget",) and leaf.value == 4789)
    leaves = dict(before.leaves)
    leaves[key] = type(leaves[key])(4780, leaves[key].pointer, leaves[key].places)
    judgement = judge(clean, type(before)(leaves, before.findings), clean)
    assert judgement.outcome == "silent"
    assert set(judgement.silent) == {key}


def test_a_process_that_dies_is_a_crash() -> None:
    import os

    assert run_apart(lambda: os._exit(7)) == "ended with status 1792"
    assert run_apart(lambda: Judgement("same")) == Judgement("same")
