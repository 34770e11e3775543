"""Weigh what speaks for a row and a block being one programme, and against it, in log-odds.

In: rows of the list and blocks. Out: the log-odds of each pair that is asked for: +1 is 2.7 times likelier in a row's
own block than in another. "Measured" is on the 2022 and 2023 reports, their blocks without titles (71 programmes).
"""

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from extractor.document.parsed import Block, ListEntry
from extractor.grammar.normalize import comparison_key
from extractor.grammar.office_names import office_keys
from extractor.records.report import PageBox

# Log-odds of equal and of different numbers and page labels.
NUMBER = (3.0, -2.0)
PAGE = (1.5, -1.0)
# Log-odds of the same title, and the similarity that tells nothing, above what the names of two programmes have at
# most (67 of 100, measured). A title unlike the name loses no more than the same one gives.
NAME, UNLIKE = 5.0, 80
# Equal offices count for as much as they are rare; others for this (measured: a logistic fit).
OTHER_OFFICES = -2.5
# The letters in a row by which names and prose are compared: a word or a half of one; single letters tell too little.
RUN_LENGTHS = (2, 3)
# The share of a name's runs of letters that its own block's prose has (measured: 0.4 of all, 0.65 of those that any
# block has), and as how many independent pieces a name counts (measured: a logistic fit).
OWN_SHARE, NAME_WEIGHT = 0.5, 6.0
# A name that stands whole in the prose is the block's own, or that of a programme it works with. Two blocks that quote
# their rows' names are enough for an exchange, one is not.
QUOTED = 1.9


@dataclass(frozen=True, slots=True)
class PairingFeatures:
    """What a row or a block brings to the comparison, normalized once.

    `runs` are the runs of letters of the row's name or the block's prose. `quoted` are the rows' names that a block's
    prose holds whole.
    """

    number: int | None
    name: str
    runs: frozenset[str]
    page_label: str | None
    offices: frozenset[tuple[str, str]]
    quoted: frozenset[str] = frozenset()


def _list_runs(texts: Sequence[str]) -> frozenset[str]:
    """List all runs of RUN_LENGTHS letters of texts."""
    return frozenset(
        text[at : at + length] for text in texts for length in RUN_LENGTHS for at in range(len(text) - length + 1)
    )


def describe_row(entry: ListEntry) -> PairingFeatures:
    """Describe a row of the list for the comparison."""
    name = comparison_key(entry.name or "")
    return PairingFeatures(entry.number, name, _list_runs([name]), entry.page_label, office_keys(entry.offices))


def describe_blocks(blocks: Sequence[Block], names: Sequence[str]) -> list[PairingFeatures]:
    """Describe blocks for the comparison.

    Args:
        blocks: The blocks of a chapter.
        names: The normalized names of all rows. One that a block's prose quotes counts by itself: its letters are then
            no part of the prose.

    Returns:
        The features of each block.
    """
    described = []
    prose = [_normalize_prose(block) for block in blocks]
    runs = [_list_runs(texts) for texts in prose]
    quotes = _find_quoted_names(prose, runs, names)
    for block, texts, own_runs, quoted in zip(blocks, prose, runs, quotes, strict=True):
        for name in sorted(quoted, key=lambda name: (-len(name), name)):
            texts = [text.replace(name, "") for text in texts]
        place = block.source[0] if block.source else None
        label = place.page_label if isinstance(place, PageBox) else None
        rest = _list_runs(texts) if quoted else own_runs
        offices = office_keys(block.offices)
        described.append(
            PairingFeatures(block.number, comparison_key(block.name or ""), rest, label, offices, frozenset(quoted))
        )
    return described


def _normalize_prose(block: Block) -> list[str]:
    texts = [comparison_key(text) for passage in (block.overview, block.results) for text in passage.paragraphs]
    return texts + [comparison_key(metric.name) for metric in block.metrics]


def _find_quoted_names(
    prose: Sequence[list[str]], runs: Sequence[frozenset[str]], names: Sequence[str]
) -> list[set[str]]:
    """Find the names that each block's prose holds whole. Each is looked for only where the rarest of its runs is."""
    runs_of_name = {name: _list_runs([name]) for name in names}
    blocks_with = _index_runs(runs, {run for name_runs in runs_of_name.values() for run in name_runs})
    quoted: list[set[str]] = [set() for _ in prose]
    for name, name_runs in runs_of_name.items():
        # A single letter has no runs, and may be anywhere.
        for block in min((blocks_with[run] for run in name_runs), key=len, default=range(len(prose))):
            if any(name in text for text in prose[block]):
                quoted[block].add(name)
    return quoted


def _index_runs(runs: Sequence[frozenset[str]], wanted: Set[str]) -> dict[str, list[int]]:
    """List for each wanted run the blocks that have it, in order."""
    blocks_with: dict[str, list[int]] = defaultdict(list)
    for block, block_runs in enumerate(runs):
        for run in block_runs & wanted:
            blocks_with[run].append(block)
    return blocks_with


class RowBlockEvidence:
    """The log-odds of pairs of a row and a column (a block), for the pairs that are asked for."""

    def __init__(self, rows: Sequence[PairingFeatures], columns: Sequence[PairingFeatures]) -> None:
        self.rows = rows
        self.columns = columns
        self._names_with = Counter(run for row in rows for run in row.runs)
        self._columns_with = _index_runs([column.runs for column in columns], self._names_with.keys())
        offices = Counter(column.offices for column in columns)
        self._rarity = {names: math.log((len(columns) + 1) / (count + 0.5)) for names, count in offices.items()}
        self._prose_weights: dict[int, tuple[float, list[tuple[list[int], float]]]] = {}

    def weigh_pair(self, row: int, column: int) -> float:
        """Weigh one pair.

        Args:
            row: The index of the row.
            column: The index of the block.

        Returns:
            The log-odds.
        """
        return self.weigh_row(row, column, column + 1)[0]

    def weigh_row(self, row: int, first: int, end: int) -> list[float]:
        """Weigh a row against a range of columns.

        Args:
            row: The index of the row.
            first: The first column.
            end: The column behind the last.

        Returns:
            The log-odds of each of the columns.
        """
        features = self.rows[row]
        line = []
        for column, prose in zip(self.columns[first:end], self._weigh_prose(row, first, end), strict=True):
            offices = self._rarity[column.offices], OTHER_OFFICES
            line.append(
                _weigh_name(features, column, prose)
                + _compare(features.number, column.number, NUMBER)
                + _compare(features.page_label or None, column.page_label or None, PAGE)
                + _compare(features.offices or None, column.offices or None, offices)
            )
        return line

    def _weigh_prose(self, row: int, first: int, end: int) -> list[float]:
        """Weigh the runs of a name, found in each block's prose or not, for a range of columns."""
        if row not in self._prose_weights:
            self._prose_weights[row] = self._weigh_runs(self.rows[row])
        missing, gains = self._prose_weights[row]
        total = [0.0] * (end - first)
        for columns, gain in gains:
            for at in range(bisect_left(columns, first), bisect_left(columns, end)):
                total[columns[at] - first] += gain
        return [log_odds + missing for log_odds in total]

    def _weigh_runs(self, row: PairingFeatures) -> tuple[float, list[tuple[list[int], float]]]:
        """Weigh the runs of a name: the log-odds of a block that has none, and for each run who has it and its gain.

        Runs found count for as much as few blocks have them (naive Bayes), those of many names for less. What stands
        in no block tells none from another, and neither does what stands in more than OWN_SHARE of them.
        """
        missing = 0.0
        gains = []
        # Sorted, since a sum of floats depends on the order.
        for run in sorted(row.runs & self._columns_with.keys()):
            columns = self._columns_with[run]
            share = (len(columns) + 0.5) / (len(self.columns) + 1)
            if share < OWN_SHARE:
                weight = NAME_WEIGHT / len(row.runs) / math.sqrt(self._names_with[run])
                absent = weight * math.log((1 - OWN_SHARE) / (1 - share))
                missing += absent
                gains.append((columns, weight * math.log(OWN_SHARE / share) - absent))
        return missing, gains


def _weigh_name(row: PairingFeatures, column: PairingFeatures, prose: float) -> float:
    """Weigh a name against the block's title; where one is missing, against the `prose`, which was weighed."""
    if row.name and column.name:
        return max(-NAME, NAME * (ratio(row.name, column.name) - UNLIKE) / (100 - UNLIKE))
    return prose + QUOTED if row.name in column.quoted else prose


def _compare(row: object, column: object, log_odds: tuple[float, float]) -> float:
    """Give the log-odds of equal or of different values, and 0 where one is missing."""
    if row is None or column is None:
        return 0.0
    return log_odds[0] if row == column else log_odds[1]
