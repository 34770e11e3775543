"""What stands at a height: the same as by looking at everything."""

from hypothesis import given
from hypothesis import strategies as st

from extractor.layout.y_index import ByHeight

SIDES = st.tuples(st.integers(-50, 900), st.integers(0, 900)).map(lambda one: (one[0], one[0] + one[1]))


@given(st.lists(SIDES, max_size=30), SIDES)
def test_what_stands_at_a_height(things: list[tuple[int, int]], asked: tuple[int, int]) -> None:
    found = ByHeight(things, lambda one: one).find_between(*asked)
    assert found == [one for one in things if one[0] <= asked[1] and one[1] >= asked[0]]
