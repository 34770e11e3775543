"""Corrected cells: the fields that follow from another text or name.

They are those of an observation with another text, and of a metric with another name.

A text is read by all that its row and column were read with before.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from extractor.errors import ExtractorError
from extractor.extraction.observations import complete_value, read_noted_period
from extractor.extraction.units import read_in_unit, read_note_unit
from extractor.grammar.item_names import is_own_part, is_total_name, parse_item_name, split_components
from extractor.grammar.periods import Period
from extractor.grammar.quantities import read_value
from extractor.grammar.vocabulary import load_vocabulary
from extractor.records.messages import make_message
from extractor.records.report import Metric, Observation, Quantity

# A unit printed outside of a cell, and how many of it one of the cell is (1,000 円 in a row of 千円).
_Unit = tuple[str | None, Fraction]


class CannotReread(ExtractorError):  # noqa: N818 - the text is at fault
    """A text that says nothing certain in that place.

    The message says why on one line.
    """


def read_corrected_text(text: str, at: int, metric: Metric, beside: Sequence[Metric]) -> dict[str, Any]:
    """Read a corrected text in the place of a cell.

    Heads are not in records. What they say of unit and 目標 is told by what was made of this cell, or else of those
    in its row and its column.

    Args:
        text: The corrected text.
        at: Which observation of the metric it is.
        metric: The metric as it was read.
        beside: All metrics of its table.

    Returns:
        The fields of the observation that depend on the text, by name: `status`, `quantities` (none of a blank or a
        dash), `period` and `period_edtf`.

    Raises:
        CannotReread: The text is no value, or nothing tells its unit or whether it is a 目標.
    """
    here = metric.observations[at]
    value = read_value(text, here.fiscal_year)
    if value.status == "unreadable":
        raise CannotReread(make_message("reread.unreadable", text=text, why=value.why))
    quantities, word = tuple(_add_unit(text, value.quantities, here, metric)), None
    if quantities and not any(map(_find_word, quantities)):
        word = _find_planned_word(text, at, metric, beside)
    year = (here.spans or (here.fiscal_year,))[-1]
    whole = complete_value(replace(value, quantities=quantities), metric.label, metric.note, year, word or None)
    return {
        "status": whole.status,
        "quantities": [one.model_dump() for one in whole.quantities],
        "period": whole.period and whole.period.text,
        "period_edtf": whole.period and whole.period.edtf,
    }


def _add_unit(text: str, quantities: Sequence[Quantity], here: Observation, metric: Metric) -> Sequence[Quantity]:
    """Put a single amount that is printed without a unit in the one that is printed for it."""
    if len(quantities) != 1 or quantities[0].unit is not None:
        return quantities
    (quantity,) = quantities
    own = _find_outer_unit(here)
    found = {own} if own else {seen for one in metric.observations if (seen := _find_outer_unit(one))}
    if len(found) == 1:
        unit, times = found.pop()
        value = quantity.value * times.numerator / times.denominator if times != 1 else quantity.value
        return [quantity.model_copy(update={"unit": unit, "value": int(value) if value == int(value) else value})]
    if found or (said := read_note_unit(metric.note)) is None:
        raise CannotReread(make_message("reread.no-unit", text=text, name=metric.name))
    read = read_in_unit(text, here.fiscal_year, (said,))
    if read.status != "read":
        raise CannotReread(make_message("reread.unreadable", text=text, why=read.why))
    return read.quantities[:1]


def _find_outer_unit(one: Observation) -> _Unit | None:
    """Find the unit of an amount that is printed without one; None where that is not seen."""
    plain = read_value(one.raw, one.fiscal_year).quantities
    if len(plain) != 1 or len(one.quantities) != 1 or plain[0].unit is not None or not plain[0].value:
        return None
    return one.quantities[0].unit, Fraction(one.quantities[0].value) / Fraction(plain[0].value)


def _find_planned_word(text: str, at: int, metric: Metric, beside: Sequence[Metric]) -> str | None:
    """Find the word of a column that holds no actual values; None: it holds such."""
    here = metric.observations[at]
    if here.quantities:
        return _find_outer_word(here)
    rows = [one.observations for one in beside if len(one.observations) == len(metric.observations)]
    column = [row[at] for row in rows if (row[at].fiscal_year, row[at].spans) == (here.fiscal_year, here.spans)]
    words = {_find_outer_word(one) for one in column if one.quantities}
    if not words:
        years = [one.fiscal_year for one in metric.observations]
        words = {None, *map(_find_outer_word, metric.observations)}
        words |= {""} if years.count(here.fiscal_year) > 1 else set()
    if len(words) > 1:
        raise CannotReread(make_message("reread.planned", text=text, words=tuple(load_vocabulary().columns.planned)))
    return words.pop()


def _find_outer_word(one: Observation) -> str | None:
    """Find the word for what is no actual value that all amounts have, and the cell itself does not."""
    if any(map(_find_word, read_value(one.raw, one.fiscal_year).quantities)):
        return None
    return next(filter(None, map(_find_word, one.quantities)), None)


def _find_word(quantity: Quantity) -> str | None:
    return next((word for word in quantity.qualifiers if word in load_vocabulary().columns.planned), None)


def update_renamed_metric(metrics: Sequence[dict[str, Any]], at: int, before: str) -> None:
    """Update all fields that are made of a metric's name, in place, for the name that it has now.

    Args:
        metrics: The fields of all metrics of the table.
        at: Which of them has a new name.
        before: The name that it had.

    Raises:
        CannotReread: The note of the name gives the values another unit or moment: they were read with the old one.
    """
    metric = metrics[at]
    name, years = str(metric["name"] or ""), [one["fiscal_year"] for one in metric["observations"]]
    old, new = parse_item_name(before), parse_item_name(name)
    if any(_read_note(old.note, year) != _read_note(new.note, year) for year in years):
        raise CannotReread(make_message("reread.note"))
    part_of = new.part_of
    if part_of is None and is_own_part(name):
        part_of = next((one["label"] for one in reversed(metrics[:at]) if not is_own_part(one["name"])), None)
    # What the figures say of a total holds under any name.
    total = is_total_name(name) or (metric["is_total"] and not is_total_name(before))
    metric.update(label=new.label, note=new.note, part_of=part_of, is_total=total)
    for below in metrics[at + 1 :]:
        if not is_own_part(below["name"]):
            break
        if not is_own_part(name) and below["part_of"] == old.label:
            below["part_of"] = new.label
    things = split_components(new.label)
    for one in metric["observations"]:
        fit = things if len(things) == len(one["quantities"]) else (None,) * len(one["quantities"])
        for quantity, thing in zip(one["quantities"], fit, strict=True):
            quantity["component"] = thing


def _read_note(note: str | None, year: int) -> tuple[str | None, Period | None]:
    """Read the unit and the moment that a note gives the values of a row."""
    return read_note_unit(note), read_noted_period(note or "", year)
