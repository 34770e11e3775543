"""Bands: a wide table in which a programme is a band of rows, with a column for each thing that is said of it.

Its name, offices and passages are cells as high as the band; in the columns behind stand the rows of its metrics.

In: a table and a profile. Out: the fields of one form after another, as `structure.forms` puts them into blocks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractor.document.geometry import merge_places
from extractor.document.layout import Cell, Table, gather_places
from extractor.grammar.column_heads import names_year
from extractor.grammar.heading_lines import strip_continuation
from extractor.grammar.normalize import comparison_key
from extractor.profiles.profile import Profile
from extractor.structure.forms.fields import FormField, FormTable
from extractor.structure.forms.labels import PASSAGES, Label, find_label
from extractor.structure.list_tables import ListHead
from extractor.structure.metric_tables import names_items, read_metric_table
from extractor.structure.table_heads import list_body_rows

# What else of a programme may have a column; "values" is a head over years.
_FIELDS: tuple[Label, ...] = ("number", "name", "offices", "budget", "is_new", "overview", "results")


@dataclass(frozen=True, slots=True)
class BandHead:
    """The head of such a table: its cells, what each column of a programme holds, and those of its metrics.

    `others` are the columns, with their heads, for which the profile has no word.
    """

    rows: range
    cells: tuple[Cell, ...]
    fields: dict[int, Label]
    metrics: tuple[int, ...]
    others: dict[int, str]
    columns: int


def read_band_table(table: Table, heads: Sequence[ListHead], profile: Profile) -> FormTable | None:
    """Read a table as programmes that are bands of rows.

    Args:
        table: Any table.
        heads: What its uppermost rows say, read as heads of a list.
        profile: The family of reports whose words for columns count.

    Returns:
        The fields of all programmes in order; None where no head names the programme, and a passage with metrics or
        with another passage.
    """
    for found in heads:
        head = _read_head(table, found, profile)
        kinds = set(head.fields.values())
        if "name" in kinds and not kinds.isdisjoint(PASSAGES) and (head.metrics or kinds.issuperset(PASSAGES)):
            return FormTable(table, tuple(_read_bands(table, head, head.rows, profile)), bands=head)
    return None


def continue_bands(table: Table, head: BandHead, profile: Profile) -> FormTable | None:
    """Read a table without a head as more of such a table.

    Args:
        table: A table behind it.
        head: Its head.
        profile: The family of reports whose words count.

    Returns:
        The fields; None where the table has other columns.
    """
    if table.columns != head.columns:
        return None
    return FormTable(table, tuple(_read_bands(table, head, range(0), profile)), bands=head)


def _read_head(table: Table, found: ListHead, profile: Profile) -> BandHead:
    """Read what the rows of a head say over each column."""
    rows, texts = found.rows, dict(enumerate(found.texts))
    fields: dict[int, Label] = {}
    for column, text in texts.items():
        named = find_label(text, profile) or found.names[column]
        label = next((one for one in _FIELDS if one == named and one not in fields.values()), None)
        if label is not None:
            fields[column] = label
    metrics = _find_metric_columns(texts, fields, profile)
    others = {column: text for column, text in texts.items() if text and column not in (*fields, *metrics)}
    cells = tuple(cell for row in rows for cell in table.find_row(row))
    return BandHead(rows, cells, fields, metrics, others, table.columns)


def _find_metric_columns(texts: dict[int, str], fields: dict[int, Label], profile: Profile) -> tuple[int, ...]:
    """Find the columns of metrics, side by side: from the names of items on, or from one column before the years."""
    years = [column for column, text in texts.items() if column not in fields and any(map(names_year, text.split()))]
    if not years:
        return ()
    names = [column for column, text in texts.items() if names_items(text.split(" ")[0], profile)]
    first = names[0] if names and names[0] < years[0] else years[0] - 1
    end = next((column for column in sorted(fields) if column > first), len(texts))
    return tuple(range(first, end)) if first >= 0 and first not in fields and years[-1] < end else ()


def _read_bands(table: Table, head: BandHead, head_rows: range, profile: Profile) -> Iterator[FormField]:
    """Read each band of rows in turn."""
    body = list_body_rows(table, head_rows) if head_rows else tuple(range(table.rows))
    bands: list[list[int]] = []
    before = ""
    for row in (row for row in body if row >= head_rows.stop):
        name = _find_name(table, head, row)
        if not bands or (name is not None and name != before):
            bands.append([])
        before = name or before
        bands[-1].append(row)
    for rows in bands:
        yield from _read_band(table, head, rows, profile)


def _find_name(table: Table, head: BandHead, row: int) -> str | None:
    """Find the name that begins in a row: its key, without what says that it is continued; None for none."""
    cells = [cell for cell in table.find_row(row) if head.fields.get(cell.column) == "name" and cell.text]
    return comparison_key(strip_continuation(cells[0].text)) if cells else None


def _read_band(table: Table, head: BandHead, rows: Sequence[int], profile: Profile) -> Iterator[FormField]:
    """Read the fields of one programme: its number and name first, its metrics last."""
    cells = [cell for row in rows for cell in table.find_row(row) if cell.text]
    found = [(head.fields[cell.column], cell) for cell in cells if cell.column in head.fields]
    for kind in _FIELDS:
        own = [cell for label, cell in found if label == kind]
        for cell in own[:1] if kind in ("name", "number") else own:
            yield FormField(
                kind, cells=(replace(cell, text=strip_continuation(cell.text)) if kind == "name" else cell,)
            )
    for cell in cells:
        if cell.column in head.others:
            yield FormField("attribute", cells=(cell,), head=head.others[cell.column])
    cut = _cut_out(table, head, rows)
    metrics = read_metric_table(cut, profile) if cut is not None else None
    if metrics is not None:
        yield FormField("metrics", table=metrics)


def _cut_out(table: Table, head: BandHead, rows: Sequence[int]) -> Table | None:
    """Cut out the metrics of a band, with the head over them; None where all of its cells are blank."""
    columns, start = head.metrics, len(head.rows)
    own = [cell for row in rows for cell in table.find_row(row) if cell.column in columns]
    if not any(cell.text for cell in own):
        return None
    places = {row: start + at for at, row in enumerate(rows)}
    cells = [_move_cell(cell, cell.row - head.rows.start, columns) for cell in head.cells if cell.column in columns]
    cells += [_move_cell(cell, places[cell.row], columns) for cell in own]
    return Table(tuple(cells), start + len(rows), len(columns), merge_places(gather_places(own)))


def _move_cell(cell: Cell, row: int, columns: Sequence[int]) -> Cell:
    span = min(cell.column + cell.column_span, columns[-1] + 1) - cell.column
    return replace(cell, row=row, column=cell.column - columns[0], column_span=span)
