"""Units: in what a number is counted that has no counter of its own.

They also say whether a number that has a counter is in its row's unit.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from extractor.document.outline import MetricTable
from extractor.grammar.normalize import comparison_key
from extractor.grammar.numerals import SIGNED_FIGURE
from extractor.grammar.quantities import CellValue, is_absent, read_value
from extractor.records.messages import make_message
from extractor.records.report import Quantity

_BRACKET = re.compile(r"[(（]\s*(?P<said>単位\s*[:：]?\s*)?(?P<unit>[^()（）]+?)\s*[)）]$")
_CAPTION = re.compile(r"^[(（［\[【〔]?\s*単位\s*[:：]?\s*(?P<unit>[^()（）［］\[\]【】〔〕]+?)\s*[)）］\]】〕]?$")
_DITTO = {"〃", "々", "同上"}


@lru_cache(maxsize=1000)
def parse_unit(unit: str) -> Quantity | None:
    """Parse a printed unit: what one of it is (千円 are 1000 円).

    None where the vocabulary does not have it.

    >>> parse_unit("千円"), parse_unit("人／日")
    (Quantity(value=1000, unit='円', qualifiers=(), component=None, lower=None, upper=None), None)
    """
    one = read_value(f"1{unit}", 2000)
    quantity = one.quantities[0] if len(one.quantities) == 1 and one.bare else None
    return quantity if quantity and quantity.unit is not None and not quantity.qualifiers else None


def read_head_unit(head: str) -> str | None:
    """Read the unit that the head of the names gives; None where it gives none.

    Such heads are 項目名（単位：千円）, 項目名（件） and 単位：人.
    """
    found = _BRACKET.search(head) or _CAPTION.search(head.rpartition(" ")[2])
    return found["unit"] if found and (found.groupdict().get("said", "単位") or parse_unit(found["unit"])) else None


def read_note_unit(note: str | None) -> str | None:
    """Read the unit that the note of a name is: 参加者数（人）, 参加者数（単位：人）."""
    plain = re.sub(r"^単位\s*[:：]?\s*", "", note or "")
    return plain if plain and parse_unit(plain) else None


def read_caption_unit(found: MetricTable) -> str | None:
    """Read the one unit that the line over a table gives.

    None for a line with several (単位：人、件).
    """
    said = _CAPTION.match(found.caption.text) if found.caption else None
    return said["unit"] if said and parse_unit(said["unit"]) else None


def find_row_unit(found: MetricTable, row: int) -> str | None:
    """Find the unit in a row's unit column.

    Args:
        found: The table with its axes.
        row: The row, counted from 0.

    Returns:
        The unit as printed, that of a row above for 〃; None where none is printed.
    """
    if found.unit_column is None:
        return None
    for above in (one for one in reversed(found.body) if one <= row):
        cell = found.table.find_cell(above, found.unit_column)
        if cell is None or not cell.text or is_absent(cell.text):
            return None
        if comparison_key(cell.text) not in _DITTO:
            return re.sub(r"^[(（](.*)[)）]$", r"\1", cell.text)
    return None


def read_in_unit(text: str, year: int, units: Sequence[str | None]) -> CellValue:
    """Read a cell whose unit may be printed elsewhere.

    Args:
        text: The text of the cell.
        year: Its fiscal year.
        units: Units that are printed for it, the nearest first; None for places without one.

    Returns:
        The value; a single number without a unit is in the first unit that there is, and unreadable where the unit is
        not understood.
    """
    value = read_value(text, year)
    unit = next((one for one in units if one), None)
    if unit is None or len(value.quantities) != 1 or value.quantities[0].unit is not None:
        return value
    one = parse_unit(unit)
    for run in SIGNED_FIGURE.finditer(text):
        within = read_value(f"{text[: run.end()]}{unit}{text[run.end() :]}", year)
        fits = one is not None and len(within.quantities) == 1 and within.quantities[0].unit == one.unit
        if one is not None and fits and within.quantities[0].value == value.quantities[0].value * one.value:
            return within
    return CellValue("unreadable", period=value.period, why=make_message("unreadable.unit", unit=unit))


def has_other_unit(quantity: Quantity, text: str, unit: str) -> bool:
    """Tell whether an amount with a unit of its own is not in its row's unit.

    Examples are 12名 in 件 and 1,200円 in 千円.

    Args:
        quantity: The amount.
        text: The text of its cell.
        unit: The unit that is printed for the row.

    Returns:
        Whether the two units differ, or one is a multiple of the other.
    """
    one = parse_unit(unit)
    if one is None or comparison_key(quantity.unit or "") != comparison_key(one.unit or ""):
        return True
    return one.value != 1 and comparison_key(unit) not in comparison_key(text)
