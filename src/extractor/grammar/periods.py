"""Periods: what a cell's bracket says about when its value holds, as printed and in EDTF.

EDTF as in ISO 8601-2: `2023-08/2023-10`, `2022-06/..`, `2024-02-29`. A month without a year lies in the fiscal year at
hand: April to December in its own year, January to March in the next.
"""

import re
import unicodedata
from dataclasses import dataclass, replace

from extractor.grammar.characters import LINES, WAVES
from extractor.grammar.dates import PART, Moment, behind, between, in_fiscal_year, since, until
from extractor.grammar.eras import ERA_YEAR, gregorian

# A time begins where no word of Latin letters and no figure goes on: SNS3回 and 12019.5時間 hold none.
_START = r"(?<![0-9A-Za-z.,])"
_YEAR = rf"{_START}(?:{ERA_YEAR}|(?P<gregorian>(?:19|20)\d\d))"
_MONTH = r"(?P<month>1[0-2]|0?[1-9])"
# Behind points (R6.2.29) and a bare era year (R5) nothing may stand that would make a counted number of them.
CLOSED = (
    rf"(?=$|[\s{LINES}{WAVES}、。，・,()（）\[\]【】:：/■]"
    r"|現在|時点|末|付|以|卒|採用|入学|開催|実|から|まで|の|に|対象|分(?!間))"
)
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])"
_PART = rf"(?P<part>{PART})?"
_FORMS = (
    rf"{_YEAR}[./]{_MONTH}(?:[./]{_DAY})?{CLOSED}",
    rf"{_YEAR}年度?(?:\s?{_MONTH}月(?:{_DAY}日)?{_PART})?(?!間)",
    rf"{_START}{_MONTH}月(?:{_DAY}日)?{_PART}(?!間)",
    rf"{_START}{ERA_YEAR}(?:年度?|{CLOSED})",
    rf"{_START}(?P<bare>\d{{1,2}})年度",
    r"第\d+(?:回|期|次|号)?",
)


def _unnamed(form: str) -> str:
    return re.sub(r"\(\?P<\w+>", "(?:", form)


TIME = "|".join(_unnamed(form) for form in _FORMS)
_ONE = re.compile("|".join(f"(?:{_unnamed(form)})" for form in _FORMS))
_TO = rf"\s*(?:[{LINES}{WAVES}]|から)\s*"
# What may follow: the moment or stretch itself …
_MOMENT = "現在|時点|末現在|末時点"
_STRETCH = "以降|から|まで|開催|実施|実績|期間"
# … or an intake, which says for whom and not when.
_INTAKE = "卒対象|卒業対象|卒|採用分|採用|入学|対象|分"
_PERIOD = re.compile(
    rf"(?P<start>{TIME})?(?P<to>{_TO})?(?P<end>{TIME})?\s*(?P<what>{_MOMENT}|{_STRETCH}|{_INTAKE})?(?:対象)?"
)
_AS_OF = re.compile(rf"(?P<time>{TIME})\s?(?P<what>{_MOMENT})")


@dataclass(frozen=True, slots=True)
class Period:
    """A period as printed, and in EDTF where that can be told."""

    text: str
    edtf: str | None


def _moment(text: str, fiscal_year: int) -> Moment | None:
    for form in _FORMS[:3]:
        found = re.fullmatch(form, text)
        if found is None:
            continue
        parts = found.groupdict()
        month = int(parts["month"]) if parts.get("month") else None
        day = int(parts["day"]) if parts.get("day") else None
        if parts.get("era"):
            year = gregorian(parts["era"], parts["era_year"])
        elif parts.get("gregorian"):
            year = int(parts["gregorian"])
        elif month is not None:
            year = in_fiscal_year(month, fiscal_year)
        else:
            return None
        moment = Moment(year, month, day, parts.get("part"))
        return moment if month is not None and moment.exists else None
    return None


def period(text: str, fiscal_year: int) -> Period | None:
    """The period that a text is, whole; None where it is anything else, an ordinal (第3回) among them.

    >>> period("8月～10月", 2023)
    Period(text='8月～10月', edtf='2023-08/2023-10')
    >>> period("R4.6～", 2022).edtf, period("R6.2.29現在", 2023).edtf, period("12月～2月", 2023).edtf
    ('2022-06/..', '2024-02-29', '2023-12/2024-02')
    >>> period("R6.3卒対象", 2022), period("3月：3日間延べ54名", 2022)
    (Period(text='R6.3卒対象', edtf=None), None)
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    found = _PERIOD.fullmatch(plain)
    if found is None or not (found["start"] or found["end"]) or "第" in plain:
        return None
    return Period(text.strip(), _edtf(found, fiscal_year))


def _edtf(found: re.Match[str], fiscal_year: int) -> str | None:
    if found["what"] and re.fullmatch(_INTAKE, found["what"]):
        return None
    start = _moment(found["start"], fiscal_year) if found["start"] else None
    end = _moment(found["end"], fiscal_year) if found["end"] else None
    if (found["start"] and start is None) or (found["end"] and end is None):
        return None
    if found["what"] and found["what"].startswith("末"):
        start, end = (start, replace(end, part="末")) if end else (start and replace(start, part="末"), end)
    if start and end:
        return between(start, end if _names_year(found["end"]) else behind(start, end))
    if start is not None:
        if found["what"] == "まで":
            return until(start)
        return since(start) if found["to"] or found["what"] in {"以降", "から"} else str(start)
    return until(end) if end else None


def _names_year(text: str) -> bool:
    return re.match(_unnamed(_YEAR), text) is not None


def as_of(text: str, fiscal_year: int) -> tuple[Period, int] | None:
    """The moment at which a note says that a figure was taken (…現在), and the fiscal year in which it lies.

    >>> as_of("R5の登録者数 R6.2.29現在", 2023)
    (Period(text='R6.2.29現在', edtf='2024-02-29'), 2023)
    """
    found = _AS_OF.search(unicodedata.normalize("NFKC", text))
    moment = _moment(found["time"], fiscal_year) if found else None
    year = moment.fiscal_year if moment else None
    if found is None or moment is None or year is None:
        return None
    if found["what"].startswith("末"):
        moment = replace(moment, part="末")
    return Period(found[0], str(moment)), year


def time_spans(text: str) -> list[tuple[int, int]]:
    """Where the times of a text stand, from and to.

    >>> time_spans("R5年3月 青森 10名")
    [(0, 5)]
    """
    return [found.span() for found in _ONE.finditer(text)]


def without_times(text: str) -> str:
    """The text with every time in it blanked out, so that what is left in digits are amounts.

    >>> without_times("R5年3月 青森 10名")
    '■ 青森 10名'
    >>> without_times("SNS3回 112月 2012.5時間 50H 3件")
    'SNS3回 112月 2012.5時間 50H 3件'
    """
    return _ONE.sub("■", text)
