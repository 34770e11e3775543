"""Evidence: what speaks for a row and a block being one programme, and against it, in points."""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from extractor.fold import key
from extractor.interpret.offices import office_keys
from extractor.model.parts import Block, ListEntry
from extractor.model.record import PageBox

# Points are about natural logarithms of odds: +1 is 2.7 times likelier in a row's own block than in another. "Measured"
# is on the 2022 and 2023 reports, their blocks without titles (71 programmes).
NUMBER = (3.0, -2.0)
PAGE = (1.5, -1.0)
# The points of the same title, and the similarity that tells nothing, above what the names of two programmes have at
# most (67 of 100, measured). A title unlike the name loses no more points than the same one gives.
NAME, UNLIKE = 5.0, 80
# Equal offices count for as much as they are rare; others for this (measured: a logistic fit).
OTHER_OFFICES = -2.5
# The letters in a row by which names and prose are compared: a word or a half of one; single letters tell too little.
LETTERS = (2, 3)
# The share of a name's letters, so taken, that its own block's prose has (measured: 0.4 of all, 0.65 of those that any
# block has), and as how many independent pieces a name counts (measured: a logistic fit).
OWN, PROSE = 0.5, 6.0
# A name that stands whole in the prose is the block's own, or that of a programme it works with. Two blocks that quote
# their rows' names are enough for an exchange, one is not.
QUOTED = 1.9

Scores = list[list[float]]


@dataclass(frozen=True, slots=True)
class Side:
    """What a row or a block brings to the comparison, folded once; `letters` of the row's name or the block's prose.

    `quoted` are the rows' names that a block's prose holds whole.
    """

    number: int | None
    name: str
    letters: frozenset[str]
    page_label: str | None
    offices: frozenset[tuple[str, str]]
    quoted: frozenset[str] = frozenset()


def _letters(folded: Sequence[str]) -> frozenset[str]:
    """All runs of LETTERS letters of texts."""
    return frozenset(text[at : at + many] for text in folded for many in LETTERS for at in range(len(text) - many + 1))


def row_side(entry: ListEntry) -> Side:
    """What a row of the list brings."""
    name = key(entry.name or "")
    return Side(entry.number, name, _letters([name]), entry.page_label, office_keys(entry.offices))


def block_side(block: Block, names: Sequence[str]) -> Side:
    """What a block brings. Of `names`, those of all rows, the ones that its prose quotes whole count by themselves."""
    texts = [key(text) for passage in (block.overview, block.results) for text in passage.paragraphs]
    texts += [key(metric.name) for metric in block.metrics]
    quoted = {name for name in names if any(name in text for text in texts)}
    for name in sorted(quoted, key=lambda name: (-len(name), name)):
        texts = [text.replace(name, "") for text in texts]
    prose = _letters(texts)
    first = block.source[0] if block.source else None
    label = first.page_label if isinstance(first, PageBox) else None
    return Side(block.number, key(block.name or ""), prose, label, office_keys(block.offices), frozenset(quoted))


def _prose_points(rows: Sequence[Side], columns: Sequence[Side]) -> Scores:
    """What the letters of each name, found in each block's prose or not, say of the pair.

    Letters found count for as much as few blocks have them (naive Bayes), letters of many names for less. What stands
    in no block tells none from another, and neither does what stands in more than OWN of them.
    """
    names = Counter(letters for row in rows for letters in row.letters)
    where: dict[str, list[int]] = defaultdict(list)
    for index, column in enumerate(columns):
        for letters in column.letters & names.keys():
            where[letters].append(index)
    points = []
    for row in rows:
        total, missing = [0.0] * len(columns), 0.0
        # Sorted, since a sum of floats depends on the order.
        for letters in sorted(row.letters & where.keys()):
            share = (len(where[letters]) + 0.5) / (len(columns) + 1)
            if share < OWN:
                weight = PROSE / len(row.letters) / math.sqrt(names[letters])
                absent = weight * math.log((1 - OWN) / (1 - share))
                missing += absent
                for index in where[letters]:
                    total[index] += weight * math.log(OWN / share) - absent
        points.append([found + missing for found in total])
    return points


def points(rows: Sequence[Side], columns: Sequence[Side]) -> Scores:
    """What all evidence says of each pair, in points."""
    scores = _prose_points(rows, columns)
    offices = Counter(column.offices for column in columns)
    rare = {one: math.log((len(columns) + 1) / (count + 0.5)) for one, count in offices.items()}
    for row, line in zip(rows, scores, strict=True):
        for index, column in enumerate(columns):
            if row.name and column.name:
                line[index] = max(-NAME, NAME * (ratio(row.name, column.name) - UNLIKE) / (100 - UNLIKE))
            elif row.name in column.quoted:
                line[index] += QUOTED
            if row.number is not None and column.number is not None:
                line[index] += NUMBER[0] if row.number == column.number else NUMBER[1]
            if row.page_label and column.page_label:
                line[index] += PAGE[0] if row.page_label == column.page_label else PAGE[1]
            if row.offices and column.offices:
                line[index] += rare[column.offices] if row.offices == column.offices else OTHER_OFFICES
    return scores
