"""Edges: where a drawn page goes from light to dark. What is drawn has edges, whatever its colour and its ground."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray

from extractor.document.geometry import Box, HasBox
from extractor.ink.drawing import SCALE, Grey

# Steps of grey, of 256, from one dot to the next that a person can see.
SEEN = 24
# Dots in a row that are the side of an area or a rule, not of a sign.
LONG = 40
# Dots beside each other that parts of one sign may be apart.
CLOSE = 2
# A page with more dots than this that nothing explains is a drawing.
MOST_LOOSE = 60_000

Mask = NDArray[np.bool_]
# The sides of boxes in points, a row for each: left, top, right, bottom.
Sides = NDArray[np.float64]


def find_edges(grey: Grey) -> Mask:
    """Find the dots that differ from the next one to the right or below.

    >>> find_edges(np.array([[255, 255, 0], [255, 255, 255]], np.uint8)).astype(int).tolist()
    [[0, 1, 1], [0, 0, 0]]
    """
    edges = np.zeros(grey.shape, bool)
    edges[:, :-1] = _differ(grey[:, 1:], grey[:, :-1])
    edges[:-1] |= _differ(grey[1:], grey[:-1])
    return edges


def _differ(grey: Grey, other: Grey) -> Mask:
    """Tell of each two dots whether a person sees a difference; in eight bits, for the speed of it."""
    step: Grey = np.maximum(grey, other)
    step -= np.minimum(grey, other)
    return step > SEEN


def list_sides(boxes: Sequence[HasBox]) -> Sides:
    """List the sides of boxes, a row for each: left, top, right, bottom."""
    return np.array([(box.x0, box.top, box.x1, box.bottom) for box in boxes], float).reshape(-1, 4)


def _list_dots(sides: Sides, shape: tuple[int, ...], before: int = 0) -> list[list[int]]:
    """Turn boxes into dots: left and top, so many dots before them; right and bottom, which are not within."""
    dots = sides * SCALE
    dots[:, :2], dots[:, 2:] = np.floor(dots[:, :2]), np.ceil(dots[:, 2:])
    np.clip(dots, 0, (shape[1], shape[0], shape[1], shape[0]), out=dots)
    dots[:, :2] = np.maximum(dots[:, :2] - before, 0)
    found: list[list[int]] = dots.astype(np.intp).tolist()
    return found


def count_dots(mask: Mask, sides: Sides) -> list[int]:
    """Count the dots of a mask that lie in each box."""
    count = np.count_nonzero
    return [int(count(mask[y0:y1, x0:x1])) for x0, y0, x1, y1 in _list_dots(sides, mask.shape)]


def clear_boxes(mask: Mask, sides: Sides) -> None:
    """Clear the edges of what lies in boxes: an edge is counted at the dot before it."""
    for x0, y0, x1, y1 in _list_dots(sides, mask.shape, before=1):
        mask[y0:y1, x0:x1] = False


def clear_long_runs(mask: Mask) -> None:
    """Clear what runs on level or upright for LONG dots or more: sides of cells, bars and areas."""
    level, upright = _find_long_runs(mask), _find_long_runs(mask.T).T
    mask &= ~(level | upright)


def _find_long_runs(mask: Mask) -> Mask:
    """Find the dots in level runs of LONG dots or more."""
    rows = np.flatnonzero(mask.any(axis=1))
    rows = rows[np.count_nonzero(mask[rows], axis=1) >= LONG]
    found = np.zeros(mask.shape, bool)
    if len(rows):
        lines = np.zeros((len(rows), mask.shape[1] + 2), np.int8)
        lines[:, 1:-1] = mask[rows]
        steps = np.diff(lines, axis=1)
        (at, starts), (_, ends) = np.nonzero(steps == 1), np.nonzero(steps == -1)
        for row, start, end in zip(rows[at], starts, ends, strict=True):
            if end - start >= LONG:
                found[row, start:end] = True
    return found


def find_components(mask: Mask) -> list[Box]:
    """Find the boxes, in points, of the dots that lie together.

    None where there are more than MOST_LOOSE dots: such a page is a drawing.
    """
    ys, xs = np.divmod(np.flatnonzero(mask), mask.shape[1])
    if len(ys) > MOST_LOOSE:
        return []
    # Blocks of CLOSE dots that touch, also at a corner, are of one component.
    blocks: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index, block in enumerate(zip((ys // CLOSE).tolist(), (xs // CLOSE).tolist(), strict=True)):
        blocks[block].append(index)
    found = []
    for indices in _gather_blocks(blocks):
        y, x = ys[indices], xs[indices]
        # An edge is counted at the dot before it.
        sides = (x.min(), y.min(), x.max() + 2, y.max() + 2)
        found.append(Box(*(float(side) / SCALE for side in sides)))
    return sorted(found, key=lambda box: (box.top, box.x0))


def _gather_blocks(blocks: dict[tuple[int, int], list[int]]) -> Iterator[list[int]]:
    around = [step for step in product((-1, 0, 1), repeat=2) if any(step)]
    rest = set(blocks)
    while rest:
        heap = [rest.pop()]
        together: list[int] = []
        while heap:
            row, column = heap.pop()
            together += blocks[row, column]
            near = {(row + down, column + right) for down, right in around} & rest
            rest -= near
            heap.extend(near)
        yield together


def chain_rules(rules: Iterable[tuple[float, float, float]], gap: float) -> Iterator[list[tuple[float, float, float]]]:
    """Join rules of one direction that go on from one another, as dashes and the sides of cells do.

    Args:
        rules: For each its place across, where it begins and where it ends, in points.
        gap: How many points the next may begin behind the end of one.

    Yields:
        The rules of each chain.

    >>> list(chain_rules([(5, 0, 3), (5, 5, 8), (5, 40, 43)], 3))
    [[(5, 0, 3), (5, 5, 8)], [(5, 40, 43)]]
    """
    lines: dict[int, list[tuple[float, float, float]]] = defaultdict(list)
    for rule in rules:
        lines[round(rule[0])].append(rule)
    for line in lines.values():
        line.sort(key=lambda rule: rule[1])
        chain, reach = [line[0]], line[0][2]
        for rule in line[1:]:
            if rule[1] - reach > gap:
                yield chain
                chain = []
            chain.append(rule)
            reach = max(reach, rule[2]) if len(chain) > 1 else rule[2]
        yield chain
