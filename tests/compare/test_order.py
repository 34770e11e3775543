"""What has moved: the fewest, and the same from either side."""

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from extractor.diff.reordering import find_out_of_order


def names(count: int) -> list[str]:
    return [chr(97 + one) for one in range(count)]


def rising(places: list[int]) -> bool:
    return all(one < other for one, other in pairwise(places))


@given(st.permutations(range(7)))
def test_it_is_the_fewest_and_the_rest_rises(places: list[int]) -> None:
    moved = find_out_of_order(places, names(7))
    assert rising([place for index, place in enumerate(places) if index not in moved])
    fewer = combinations(range(7), len(moved) - 1) if moved else ()
    for some in fewer:
        assert not rising([place for index, place in enumerate(places) if index not in some])


@given(st.permutations(range(9)))
def test_it_is_the_same_from_the_other_side(places: list[int]) -> None:
    other = [places.index(place) for place in range(9)]
    called = names(9)
    there = {called[index] for index in find_out_of_order(places, called)}
    back = [called[places.index(place)] for place in range(9)]
    assert there == {back[index] for index in find_out_of_order(other, back)}


def test_what_stands_between_two_that_change_places_has_not_moved() -> None:
    assert find_out_of_order([2, 1, 0], ["a", "b", "c"]) == {0, 2}
    assert find_out_of_order([0, 4, 2, 3, 1, 5], names(6)) == {1, 4}


def test_one_taken_to_the_end_is_the_one_that_moved() -> None:
    assert find_out_of_order([1, 2, 3, 4, 0], names(5)) == {4}
    assert find_out_of_order([4, 0, 1, 2, 3], names(5)) == {0}
