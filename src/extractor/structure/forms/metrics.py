"""Metrics in forms: the rows of a form's grid that are a table of metrics.

They are cut out with the columns that they have.
"""

from collections.abc import Sequence
from dataclasses import replace

from extractor.document.geometry import merge_places
from extractor.document.layout import Cell, Table, gather_places
from extractor.document.outline import MetricTable
from extractor.grammar.column_heads import names_year
from extractor.grammar.normalize import comparison_key
from extractor.profiles.profile import Profile
from extractor.structure.forms.labels import PASSAGES, FormLabels
from extractor.structure.metric_tables import continue_metrics, names_items, read_metric_table
from extractor.structure.table_heads import HEAD_ROWS


class FormMetrics:
    """Finds the tables of metrics in the grid of one form."""

    def __init__(self, table: Table, profile: Profile, labels: FormLabels) -> None:
        self._table = table
        self._profile = profile
        self._labels = labels

    def read_from_row(self, row: int, before: MetricTable | None) -> tuple[MetricTable, int, int] | None:
        """Read a table of metrics that begins in a row.

        Args:
            row: The row, counted from 0.
            before: The table of metrics before it, which the row may go on with behind a page's end or a note.

        Returns:
            The table, its first column in the form, and the row behind it; None where none begins here.
        """
        first = self._find_head(row)
        if first is None:
            return self._continue_in_row(row, before) if before else None
        end = self._find_end(row, first)
        found = read_metric_table(self._cut_out(row, end, first), self._profile)
        return (found, first, end) if found is not None and (found.body or found.is_known) else None

    def _continue_in_row(self, row: int, before: MetricTable) -> tuple[MetricTable, int, int] | None:
        """Read more of a table of metrics, whose head is not repeated, as `read_from_row` does."""
        values = [cell for cell in self._list_row(row) if cell.text and not self._labels.find_cell_label(cell)]
        if len(values) < 2:
            return None
        first = values[0].column
        end = self._find_end(row, first)
        more = continue_metrics(self._cut_out(row, end, first), before, self._profile)
        return (more, first, end) if more is not None else None

    def _list_row(self, row: int, first: int = 0) -> list[Cell]:
        """List the cells that begin in a row, from a column on."""
        return [cell for cell in self._table.find_row(row) if cell.column >= first]

    def _find_head(self, row: int) -> int | None:
        """Find the first column of a head of metrics in a row: a known head of items with years, or two years."""
        cells = self._list_row(row)
        names = next((cell for cell in cells if names_items(cell.text, self._profile)), None)
        if names is not None:
            return names.column if self._has_years_behind(names) else None
        years = [cell.column for cell in cells if names_year(cell.text)]
        if len(years) < 2:
            return None
        before = [cell.column for cell in cells if cell.column < years[0] and not self._labels.find_cell_label(cell)]
        return before[-1] if before else None

    def _has_years_behind(self, names: Cell) -> bool:
        """Tell whether years stand behind the head of the items, in its rows or one more that is blank under it."""
        end = names.row + names.row_span
        under = self._table.find_cell(end, names.column)
        end += under is not None and under.row == end and not under.text
        rows = range(names.row, min(end, names.row + HEAD_ROWS))
        return any(names_year(cell.text) for row in rows for cell in self._list_row(row, names.column + 1))

    def _find_end(self, head: int, first: int) -> int:
        """Find the row behind the metrics whose head, or first row, is `head` and whose first column is `first`."""
        own = self._list_row(head, first)
        texts = [comparison_key(cell.text) for cell in own]
        for row in range(max(cell.row + cell.row_span for cell in own), self._table.rows):
            cells = self._list_row(row, first)
            another = self._find_head(row) is not None and [comparison_key(cell.text) for cell in cells] != texts
            beside = any(cell.text for cell in self._table.find_row(row) if cell.column < first)
            if another or beside or self._stands_alone(cells, first) or self._is_labelled(cells, first, len(own)):
                return row
        return self._table.rows

    def _is_labelled(self, cells: Sequence[Cell], first: int, count: int) -> bool:
        """Tell whether a row is one of labels. 事業費 may be an item too, in a row with as many cells as the head."""
        labels = {cell.column: label for cell in cells if (label := self._labels.find_cell_label(cell)) is not None}
        if not {"name", "offices", *PASSAGES}.isdisjoint(labels.values()):
            return True
        return first in labels and len(cells) != count

    def _stands_alone(self, cells: Sequence[Cell], first: int) -> bool:
        """Tell whether a row has one cell over all columns of the metrics, or a note with nothing beside it."""
        if len(cells) == 1:
            return cells[0].column == first and cells[0].column + cells[0].column_span == self._table.columns
        return bool(cells) and cells[0].text.startswith("※") and not any(cell.text for cell in cells[1:])

    def _cut_out(self, start: int, end: int, first: int) -> Table:
        """Cut out the rows from `start` to `end` and the columns from `first` on, with the columns they have."""
        cells = [cell for row in range(start, end) for cell in self._list_row(row, first)]
        edges = sorted({cell.column for cell in cells})
        made = [
            replace(
                cell,
                row=cell.row - start,
                column=edges.index(cell.column),
                row_span=min(cell.row + cell.row_span, end) - cell.row,
                column_span=sum(cell.column <= edge < cell.column + cell.column_span for edge in edges),
            )
            for cell in cells
        ]
        return Table(tuple(made), end - start, len(edges), merge_places(gather_places(cells)))
