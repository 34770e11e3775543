"""Units: in what a number is counted that has no counter of its own, and whether one that has is in its row's unit."""

import re
from collections.abc import Sequence
from functools import lru_cache

from extractor.document.layout import Cell
from extractor.document.outline import MetricTable
from extractor.grammar.normalize import key
from extractor.grammar.numerals import RUN
from extractor.grammar.quantities import Value, is_absent, read_value
from extractor.records.messages import make_message
from extractor.records.report import Quantity

_BRACKET = re.compile(r"[(（]\s*(?P<said>単位\s*[:：]?\s*)?(?P<unit>[^()（）]+?)\s*[)）]$")
_CAPTION = re.compile(r"^[(（［\[【〔]?\s*単位\s*[:：]?\s*(?P<unit>[^()（）［］\[\]【】〔〕]+?)\s*[)）］\]】〕]?$")
_DITTO = {"〃", "々", "同上"}


@lru_cache(maxsize=1000)
def base(unit: str) -> Quantity | None:
    """What one of a printed unit is: 千円 are 1000 円. None where it is no unit that the vocabulary has.

    >>> base("千円"), base("人／日")
    (Quantity(value=1000, unit='円', qualifiers=(), component=None), None)
    """
    one = read_value(f"1{unit}", 2000)
    return one.quantities[0] if len(one.quantities) == 1 and _plain(one.quantities[0]) and one.bare else None


def _plain(quantity: Quantity) -> bool:
    return quantity.unit is not None and not quantity.qualifiers


def head_unit(head: str) -> str | None:
    """The unit that the head of the names gives: 項目名（単位：千円）, or 項目名（件）. Another bracket is none."""
    found = _BRACKET.search(head)
    return found["unit"] if found and (found["said"] or base(found["unit"])) else None


def note_unit(note: str | None) -> str | None:
    """The unit that the note of a name is: 参加者数（人）, 参加者数（単位：人）."""
    plain = re.sub(r"^単位\s*[:：]?\s*", "", note or "")
    return plain if plain and base(plain) else None


def caption_unit(found: MetricTable) -> str | None:
    """The one unit that the line over a table gives. A line with several (単位：人、件) does not say which is whose."""
    said = _CAPTION.match(found.caption.text) if found.caption else None
    return said["unit"] if said and base(said["unit"]) else None


def row_unit(found: MetricTable, row: int) -> tuple[str, Cell] | None:
    """The unit in a row's unit column, 〃 being the one above, and the cell of it; None where none is printed."""
    if found.unit_column is None:
        return None
    for above in (one for one in reversed(found.body) if one <= row):
        cell = found.table.at(above, found.unit_column)
        if cell is None or not cell.text or is_absent(cell.text):
            return None
        if key(cell.text) not in _DITTO:
            own = found.table.at(row, found.unit_column)
            return re.sub(r"^[(（](.*)[)）]$", r"\1", cell.text), own or cell
    return None


def counted(text: str, year: int, units: Sequence[str | None]) -> Value:
    """What a cell says; one number that nothing counts is in the first of these units that there is."""
    value = read_value(text, year)
    unit = next((one for one in units if one), None)
    if unit is None or len(value.quantities) != 1 or value.quantities[0].unit is not None:
        return value
    one = base(unit)
    for run in RUN.finditer(text):
        within = read_value(f"{text[: run.end()]}{unit}{text[run.end() :]}", year)
        fits = one is not None and len(within.quantities) == 1 and within.quantities[0].unit == one.unit
        if one is not None and fits and within.quantities[0].value == value.quantities[0].value * one.value:
            return within
    return Value("unreadable", period=value.period, why=make_message("unreadable.unit", unit=unit))


def differs(quantity: Quantity, text: str, unit: str) -> bool:
    """Whether an amount with a counter of its own is not in its row's unit: 12名 in 件, 1,200円 in 千円."""
    one = base(unit)
    if one is None or key(quantity.unit or "") != key(one.unit or ""):
        return True
    return one.value != 1 and key(unit) not in key(text)
