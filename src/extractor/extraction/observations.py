"""Observations: the value of a cell as the record of a metric.

It is for one year, or for several.
"""

from collections.abc import Sequence
from dataclasses import replace

from extractor.document.layout import Cell
from extractor.grammar.column_heads import ColumnHead
from extractor.grammar.item_names import split_components
from extractor.grammar.periods import Period, find_as_of
from extractor.grammar.quantities import CellValue
from extractor.records.report import Measure, Observation, Quantity

# What a column holds, by the word for it in its head.
_MEASURES: dict[str | None, Measure] = {
    None: "actual",
    "目標": "target",
    "計画": "plan",
    "予定": "plan",
    "見込": "forecast",
}


def build_observation(cell: Cell, value: CellValue, covered: Sequence[ColumnHead]) -> Observation:
    """Build the record of a cell.

    Args:
        cell: Where the value is printed.
        value: What was read of the cell, with what its row and column add to it.
        covered: The heads that it stands under, by their years ascending, at least one.

    Returns:
        The observation, of the first year; `spans` has the years of a cell that is merged over several.
    """
    years = tuple(dict.fromkeys(head.year for head in covered))
    parts = {head.part for head in covered}
    return Observation(
        fiscal_year=years[0],
        spans=years if len(years) > 1 else None,
        raw=cell.text,
        status=value.status,
        quantities=value.quantities,
        period=value.period.text if value.period else None,
        period_edtf=value.period.edtf if value.period else None,
        source=cell.source,
        struck=cell.struck or None,
        measure=_MEASURES[covered[0].planned],
        part=parts.pop() if len(parts) == 1 else None,
    )


def complete_value(value: CellValue, label: str, note: str | None, year: int, planned: str | None) -> CellValue:
    """Add to a value what the name of its row and the head of its column say of it.

    Args:
        value: What was read of the cell.
        label: The name of its row without its note. One that counts several things (入校者数・就職者数: 18名・5名)
            tells which of them each amount is of; it tells nothing where it counts another number of things.
        note: The note of the name, which may give a moment.
        year: The last fiscal year of the value.
        planned: The word of a column that holds no actual values (目標 …); None: it holds such.

    Returns:
        The value with components, qualifier and period.
    """
    things = split_components(label)
    quantities = value.quantities
    if len(things) == len(quantities):
        pairs = zip(quantities, things, strict=True)
        quantities = tuple(quantity.model_copy(update={"component": thing}) for quantity, thing in pairs)
    if planned is not None:
        quantities = tuple(_put_first(planned, quantity) for quantity in quantities)
    noted = read_noted_period(note, year) if note and value.status == "read" else None
    return replace(value, quantities=quantities, period=value.period or noted)


def _put_first(word: str, quantity: Quantity) -> Quantity:
    """Put a word before the other qualifiers of an amount."""
    others = (qualifier for qualifier in quantity.qualifiers if qualifier != word)
    return quantity.model_copy(update={"qualifiers": (word, *others)})


def read_noted_period(note: str, year: int) -> Period | None:
    """Read the moment that a name's note gives (…R6.2.29現在).

    Args:
        note: The note of a row's name.
        year: The fiscal year of a value in the row.

    Returns:
        The moment, where it lies in this year and so is about its value; else None.
    """
    found = find_as_of(note, year)
    return found[0] if found and found[1] == year else None
