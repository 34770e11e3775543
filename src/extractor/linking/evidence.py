"""Evidence: what speaks for a row and a block being one programme, and against it, in points."""

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from extractor.document.parsed import Block, ListEntry
from extractor.grammar.normalize import key
from extractor.grammar.office_names import office_keys
from extractor.records.report import PageBox

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


def block_sides(blocks: Sequence[Block], names: Sequence[str]) -> list[Side]:
    """What blocks bring. Of `names`, those of all rows, the ones that a block's prose quotes count by themselves."""
    prose = [_prose(block) for block in blocks]
    letters = [_letters(texts) for texts in prose]
    quoted = _quoted(prose, letters, names)
    return [_block_side(*one) for one in zip(blocks, prose, letters, quoted, strict=True)]


def _prose(block: Block) -> list[str]:
    texts = [key(text) for passage in (block.overview, block.results) for text in passage.paragraphs]
    return texts + [key(metric.name) for metric in block.metrics]


def _quoted(prose: Sequence[list[str]], letters: Sequence[frozenset[str]], names: Sequence[str]) -> list[set[str]]:
    """The names that each block's prose holds whole. Each is looked for only where the rarest of its letters are."""
    runs = {name: _letters([name]) for name in names}
    where = _where(letters, {run for its in runs.values() for run in its})
    quoted: list[set[str]] = [set() for _ in prose]
    for name, its in runs.items():
        # A single letter has no runs, and may be anywhere.
        for block in min((where[run] for run in its), key=len, default=range(len(prose))):
            if any(name in text for text in prose[block]):
                quoted[block].add(name)
    return quoted


def _where(letters: Sequence[frozenset[str]], wanted: Set[str]) -> dict[str, list[int]]:
    """In which blocks each of the wanted letters are, in order."""
    where: dict[str, list[int]] = defaultdict(list)
    for index, its in enumerate(letters):
        for run in its & wanted:
            where[run].append(index)
    return where


def _block_side(block: Block, texts: list[str], letters: frozenset[str], quoted: set[str]) -> Side:
    for name in sorted(quoted, key=lambda name: (-len(name), name)):
        texts = [text.replace(name, "") for text in texts]
    first = block.source[0] if block.source else None
    label = first.page_label if isinstance(first, PageBox) else None
    prose = _letters(texts) if quoted else letters
    return Side(block.number, key(block.name or ""), prose, label, office_keys(block.offices), frozenset(quoted))


class Evidence:
    """What all evidence says of each pair of a row and a column (a block), in points, for the pairs that are asked."""

    def __init__(self, rows: Sequence[Side], columns: Sequence[Side]) -> None:
        self.rows = rows
        self.columns = columns
        self._names = Counter(letters for row in rows for letters in row.letters)
        self._where = _where([column.letters for column in columns], self._names.keys())
        offices = Counter(column.offices for column in columns)
        self._rare = {one: math.log((len(columns) + 1) / (count + 0.5)) for one, count in offices.items()}
        self._told: dict[int, tuple[float, list[tuple[list[int], float]]]] = {}

    def pair(self, row: int, column: int) -> float:
        """The points of one pair."""
        return self.line(row, column, column + 1)[0]

    def line(self, row: int, first: int, end: int) -> list[float]:
        """The points of a row with each of the columns from `first` to before `end`."""
        side = self.rows[row]
        line = self._prose_points(row, first, end)
        for index, column in enumerate(self.columns[first:end]):
            if side.name and column.name:
                line[index] = max(-NAME, NAME * (ratio(side.name, column.name) - UNLIKE) / (100 - UNLIKE))
            elif side.name in column.quoted:
                line[index] += QUOTED
            if side.number is not None and column.number is not None:
                line[index] += NUMBER[0] if side.number == column.number else NUMBER[1]
            if side.page_label and column.page_label:
                line[index] += PAGE[0] if side.page_label == column.page_label else PAGE[1]
            if side.offices and column.offices:
                line[index] += self._rare[column.offices] if side.offices == column.offices else OTHER_OFFICES
        return line

    def _prose_points(self, row: int, first: int, end: int) -> list[float]:
        """What the letters of a name, found in each block's prose or not, say of the pair."""
        if row not in self._told:
            self._told[row] = self._telling(self.rows[row])
        missing, telling = self._told[row]
        total = [0.0] * (end - first)
        for where, gain in telling:
            for at in range(bisect_left(where, first), bisect_left(where, end)):
                total[where[at] - first] += gain
        return [found + missing for found in total]

    def _telling(self, row: Side) -> tuple[float, list[tuple[list[int], float]]]:
        """The points of a name of which a block has no letter; and for each of its letters the blocks that have it, and
        how many points more they get.

        Letters found count for as much as few blocks have them (naive Bayes), letters of many names for less. What
        stands in no block tells none from another, and neither does what stands in more than OWN of them.
        """
        missing = 0.0
        telling = []
        # Sorted, since a sum of floats depends on the order.
        for letters in sorted(row.letters & self._where.keys()):
            where = self._where[letters]
            share = (len(where) + 0.5) / (len(self.columns) + 1)
            if share < OWN:
                weight = PROSE / len(row.letters) / math.sqrt(self._names[letters])
                absent = weight * math.log((1 - OWN) / (1 - share))
                missing += absent
                telling.append((where, weight * math.log(OWN / share) - absent))
        return missing, telling
