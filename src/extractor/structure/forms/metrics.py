"""Metrics in forms: the rows of a form's grid that are a table of metrics, cut out with the columns that they have."""

from collections.abc import Sequence
from dataclasses import replace

from extractor.document.geometry import merge_places
from extractor.document.layout import Cell, Table
from extractor.document.outline import MetricTable
from extractor.grammar.eras import names_year
from extractor.grammar.normalize import key
from extractor.profiles.profile import Profile
from extractor.structure.forms.labels import PASSAGES, Labels, across
from extractor.structure.table_roles import HEAD_ROWS, knows_items, metric_continuation, metric_table


class FormMetrics:
    """Finds the tables of metrics in the grid of one form."""

    def __init__(self, table: Table, profile: Profile, labels: Labels) -> None:
        self._table = table
        self._profile = profile
        self._labels = labels

    def at(self, row: int, before: MetricTable | None) -> tuple[MetricTable, int, int] | None:
        """A table of metrics that begins in this row: the table, its first column, the row behind it."""
        first = self._head(row)
        if first is not None:
            end = self._end(row, first)
            found = metric_table(self._cut(row, end, first), self._profile)
            if found is None or not (found.body or knows_items(found.name_head, self._profile)):
                return None
            return found, first, end
        values = [cell for cell in across(self._table, row) if cell.row == row and not self._labels.of(cell)]
        if before is None or sum(bool(cell.text) for cell in values) < 2:
            return None
        # Rows that go on behind a page's end or a note.
        first = next(cell.column for cell in values if cell.text)
        end = self._end(row, first)
        more = metric_continuation(self._cut(row, end, first), before)
        return (more, first, end) if more is not None else None

    def _head(self, row: int) -> int | None:
        """The first column of a head of metrics in this row: a known head of the items with years, or two years."""
        here = [cell for cell in across(self._table, row) if cell.row == row]
        names = [cell for cell in here if knows_items(cell.text, self._profile)]
        years = [cell for cell in here if names_year(cell.text)]
        if names:
            first = names[0].column
            deep = row + names[0].row_span
            under = self._table.at(deep, first)
            deep += under is not None and under.row == deep and not under.text
            heads = [cell for at in range(row, min(deep, row + HEAD_ROWS)) for cell in self._table.row(at)]
            return first if any(names_year(cell.text) for cell in heads if cell.column > first) else None
        before = [cell for cell in here if cell.column < years[0].column and not self._labels.of(cell)] if years else []
        return before[-1].column if len(years) > 1 and before else None

    def _end(self, head: int, first: int) -> int:
        """The row behind the metrics whose head, or first row, this is."""
        deep = max(cell.row + cell.row_span for cell in self._table.row(head) if cell.column >= first)
        own = [cell for cell in self._table.row(head) if cell.column >= first]
        for row in range(min(deep, self._table.rows), self._table.rows):
            within = [cell for cell in self._table.row(row) if cell.column >= first]
            again = self._head(row) is not None and [key(cell.text) for cell in within] != [
                key(cell.text) for cell in own
            ]
            beside = any(cell.text for cell in self._table.row(row) if cell.column < first)
            if again or beside or self._alone(within, first) or self._labelled(within, first, len(own)):
                return row
        return self._table.rows

    def _labelled(self, cells: Sequence[Cell], first: int, count: int) -> bool:
        """Whether a row is one of labels. 事業費 may be an item too, in a row with as many cells as the head."""
        found = {cell.column: label for cell in cells if (label := self._labels.of(cell)) is not None}
        if not {"name", "offices", *PASSAGES}.isdisjoint(found.values()):
            return True
        return first in found and len(cells) != count

    def _alone(self, cells: Sequence[Cell], first: int) -> bool:
        """Whether a row has one cell, over all columns of the metrics or with nothing beside it."""
        if len(cells) == 1:
            return cells[0].column == first and cells[0].column + cells[0].column_span == self._table.columns
        return bool(cells) and bool(cells[0].text) and cells[0].text[0] == "※" and not any(c.text for c in cells[1:])

    def _cut(self, start: int, end: int, first: int) -> Table:
        """The part of the table from a column on, with the columns that it has itself."""
        cells = [cell for row in range(start, end) for cell in self._table.row(row) if cell.column >= first]
        edges = sorted({cell.column for cell in cells})
        made = []
        for cell in cells:
            span = sum(cell.column <= edge < cell.column + cell.column_span for edge in edges)
            high = min(cell.row + cell.row_span, end) - cell.row
            made.append(
                replace(cell, row=cell.row - start, column=edges.index(cell.column), row_span=high, column_span=span)
            )
        return Table(
            tuple(made), end - start, len(edges), merge_places(place for cell in cells for place in cell.source)
        )
