"""The best assignment, held against all assignments."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from extractor.trends.assignment import assign_columns

ROWS, COLUMNS = 5, 6


def weight(pairs: dict[int, int], weights: dict[tuple[int, int], int]) -> int:
    return sum(weights[pair] for pair in pairs.items())


@given(st.dictionaries(st.tuples(st.integers(0, ROWS - 1), st.integers(0, COLUMNS - 1)), st.integers(-3, 12)))
def test_no_assignment_is_better(weights: dict[tuple[int, int], int]) -> None:
    found = assign_columns(weights)
    assert len(set(found.values())) == len(found)
    assert all(weights[pair] > 0 for pair in found.items())
    best = max(
        sum(max(0, weights.get((row, column), 0)) for row, column in enumerate(columns))
        for columns in permutations(range(COLUMNS), ROWS)
    )
    assert weight(found, weights) == best


def test_it_displaces_along_a_path() -> None:
    assert assign_columns({(0, 0): 5, (0, 1): 4, (1, 0): 5, (1, 2): 1, (2, 1): 4, (2, 3): 3}) == {0: 1, 1: 0, 2: 3}


def test_a_long_chain_of_displacements_takes_no_time() -> None:
    weights = {(row, row): 10 for row in range(2000)} | {(row + 1, row): 11 for row in range(1999)}
    assert weight(assign_columns(weights), weights) == 1999 * 11
