"""A few mutants of each kind on the reports of three producers: none is read wrong in silence."""

import pytest

from mutants.kinds import KINDS
from mutants.run import make_many
from mutants.small_report import MISSING

# `make mutants` makes 300 of each.
SAMPLE = 14

_lacking = [text for needs in MISSING.values() if (text := needs())]


@pytest.mark.slow
@pytest.mark.skipif(bool(_lacking), reason=f"needs {', '.join(_lacking)}")
@pytest.mark.parametrize("kind", KINDS)
def test_no_mutant_is_silent(kind: str) -> None:
    made = list(make_many(kind, SAMPLE))
    assert sum(len(mutants.seen) for mutants in made) >= SAMPLE
    assert {mutants.name: mutants.silent for mutants in made if mutants.silent} == {}
