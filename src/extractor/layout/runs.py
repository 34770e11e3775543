"""Runs: neighbours that belong together."""

from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


def split_into_runs(items: Iterable[T], goes_on: Callable[[list[T], T], bool]) -> list[list[T]]:
    """Split a sequence into runs.

    Args:
        items: The sequence.
        goes_on: Whether a run, as far as it has come, goes on with an item.

    Returns:
        The runs, none of them empty; together they are the sequence.

    >>> split_into_runs([1, 2, 5, 6, 7], lambda run, item: item - run[-1] == 1)
    [[1, 2], [5, 6, 7]]
    """
    runs: list[list[T]] = []
    for item in items:
        if runs and goes_on(runs[-1], item):
            runs[-1].append(item)
        else:
            runs.append([item])
    return runs
