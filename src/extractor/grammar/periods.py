"""Periods: what a cell's bracket says about when its value holds, as printed and in EDTF.

EDTF as in ISO 8601-2: `2023-08/2023-10`, `2022-06/..`, `2024-02-29`. A month without a year lies in the fiscal year at
hand: April to December in its own year, January to March in the next.
"""

import re
import unicodedata
from dataclasses import dataclass, replace

from extractor.grammar import dates
from extractor.grammar.characters import LINES, WAVES
from extractor.grammar.dates import CLOSED, date_behind, moment_to_edtf, stretch_to_edtf
from extractor.grammar.eras import ERA_YEAR, GREGORIAN
from extractor.grammar.prose_dates import parse_moment

# A time begins where no word of Latin letters and no figure goes on: SNS3回 and 12019.5時間 hold none.
_START = r"(?<![0-9A-Za-z.,])"
_YEAR = rf"{_START}(?:{ERA_YEAR}|{GREGORIAN})"
_IN_MONTH = rf"(?:{dates.MONTH})月(?:(?:{dates.DAY})日)?(?:{dates.PART})?"
# The first three say which day or month, with its year or without; the others say which year or which time.
_TIMES = (
    rf"{_YEAR}[./](?:{dates.MONTH})(?:[./](?:{dates.DAY}))?{CLOSED}",
    rf"{_YEAR}年度?(?:\s?{_IN_MONTH})?(?!間)",
    rf"{_START}{_IN_MONTH}(?!間)",
    rf"{_START}{ERA_YEAR}(?:年度?|{CLOSED})",
    rf"{_START}[0-9]{{1,2}}年度",
    r"第[0-9]+(?:回|期|次|号)?",
)
_TIME = "|".join(f"(?:{re.sub(r'[?]P<[a-z_]+>', '?:', form)})" for form in _TIMES)
_ANY_TIME = re.compile(_TIME)
_TO = rf"\s*(?:[{LINES}{WAVES}]|から)\s*"
_MOMENT = "現在|時点|末現在|末時点"
# What may follow: the moment or stretch itself, or an intake, which says for whom and not when.
_PERIOD = re.compile(
    rf"(?P<start>{_TIME})?(?P<to>{_TO})?(?P<end>{_TIME})?\s*"
    rf"(?P<what>{_MOMENT}|以降|から|まで|開催|実施|実績|期間"
    r"|(?P<intake>卒対象|卒業対象|卒|採用分|採用|入学|対象|分))?(?:対象)?"
)
_AS_OF = re.compile(rf"(?P<time>{_TIME})\s?(?P<what>{_MOMENT})")


@dataclass(frozen=True, slots=True)
class Period:
    """A period as printed, and in EDTF where that can be told."""

    text: str
    edtf: str | None


def parse_period(text: str, fiscal_year: int) -> Period | None:
    """Parse the period that a text is, whole.

    Args:
        text: The text, as within a bracket of a cell.
        fiscal_year: The fiscal year of the cell's column, in which a month without a year lies.

    Returns:
        The period; None where the text is anything else, an ordinal (第3回) among them.

    >>> parse_period("8月～10月", 2023)
    Period(text='8月～10月', edtf='2023-08/2023-10')
    >>> parse_period("R4.6～", 2022).edtf, parse_period("R6.2.29現在", 2023).edtf, parse_period("12月～2月", 2023).edtf
    ('2022-06/..', '2024-02-29', '2023-12/2024-02')
    >>> parse_period("R5年度3月", 2023).edtf, parse_period("R5年3月", 2023).edtf
    ('2024-03', '2023-03')
    >>> parse_period("R6.3卒対象", 2022), parse_period("3月：3日間延べ54名", 2022)
    (Period(text='R6.3卒対象', edtf=None), None)
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    found = _PERIOD.fullmatch(plain)
    if found is None or not (found["start"] or found["end"]) or "第" in plain:
        return None
    return Period(text.strip(), _period_to_edtf(found, fiscal_year))


def _period_to_edtf(found: re.Match[str], fiscal_year: int) -> str | None:
    read = [parse_moment(time, fiscal_year) for time in (found["start"], found["end"]) if time]
    moments = [moment for moment in read if moment]
    what = found["what"] or ""
    if found["intake"] or len(moments) < len(read):
        return None
    if what.startswith("末"):
        moments[-1] = replace(moments[-1], part="末")
    if len(moments) == 1:
        is_open = found["to"] and what != "まで"
        return moment_to_edtf(moments[0], "まで" if found["end"] else "～" if is_open else what)
    start, end = moments
    has_year = re.match(_YEAR, found["end"]) is not None
    return stretch_to_edtf(start, end if has_year else date_behind(start, end))


def find_as_of(text: str, fiscal_year: int) -> tuple[Period, int] | None:
    """Find the moment at which a note says that a figure was taken (…現在).

    Args:
        text: The note.
        fiscal_year: The fiscal year in which a month without a year lies.

    Returns:
        The first such moment, and the fiscal year in which it lies; None where there is none.

    >>> find_as_of("R5の登録者数 R6.2.29現在", 2023)
    (Period(text='R6.2.29現在', edtf='2024-02-29'), 2023)
    >>> find_as_of("R5の登録者数", 2023) is None
    True
    """
    found = _AS_OF.search(unicodedata.normalize("NFKC", text))
    moment = parse_moment(found["time"], fiscal_year) if found else None
    year = moment.fiscal_year if moment else None
    if found is None or moment is None or year is None:
        return None
    moment = replace(moment, part="末") if found["what"].startswith("末") else moment
    return Period(found[0], str(moment)), year


def find_time_spans(text: str) -> list[tuple[int, int]]:
    """Find the half-open places of the times of a text.

    >>> find_time_spans("R5年3月 青森 10名")
    [(0, 5)]
    """
    return [found.span() for found in _ANY_TIME.finditer(text)]


def blank_out_times(text: str) -> str:
    """Blank out every time of a text, so that what is left in digits are amounts.

    >>> blank_out_times("R5年3月 青森 10名")
    '■ 青森 10名'
    >>> blank_out_times("SNS3回 112月 2012.5時間 50H 3件")
    'SNS3回 112月 2012.5時間 50H 3件'
    """
    return _ANY_TIME.sub("■", text)
