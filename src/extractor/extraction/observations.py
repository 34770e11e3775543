"""Observations: the value of a cell as the record of a metric.

It is for one year, or for several.
"""

from extractor.document.layout import Cell
from extractor.grammar.item_names import split_components
from extractor.grammar.periods import Period
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


def build_observation(
    cell: Cell,
    value: CellValue,
    years: tuple[int, ...],
    quantities: tuple[Quantity, ...],
    period: Period | None,
    planned: str | None = None,
) -> Observation:
    """Build the record of a cell.

    Args:
        cell: Where the value is printed.
        value: What was read of the cell.
        years: The fiscal years that it stands under, ascending, at least one.
        quantities: The amounts of the value, with what its row and column add to them.
        period: The moment or period that it is of; None: the whole year.
        planned: The word for what its column holds; None: actual values.

    Returns:
        The observation, of the first year; `spans` has the years of a cell that is merged over several.
    """
    return Observation(
        fiscal_year=years[0],
        spans=years if len(years) > 1 else None,
        raw=cell.text,
        status=value.status,
        quantities=quantities,
        period=period.text if period else None,
        period_edtf=period.edtf if period else None,
        source=cell.source,
        measure=_MEASURES[planned],
    )


def add_components(quantities: tuple[Quantity, ...], label: str) -> tuple[Quantity, ...]:
    """Add to each amount which of the things that a name counts it is of.

    An example is 入校者数・就職者数: 18名・5名.

    Args:
        quantities: The amounts of a cell in order.
        label: The name of its row without its note.

    Returns:
        The amounts with their components; as they are where the name counts another number of things.
    """
    things = split_components(label)
    if len(things) != len(quantities):
        return quantities
    pairs = zip(quantities, things, strict=True)
    return tuple(quantity.model_copy(update={"component": thing}) for quantity, thing in pairs)
