"""Years: eras and fiscal years. A fiscal year (年度) is named by the Gregorian year in which its April lies."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from extractor.grammar.characters import LINES
from extractor.grammar.vocabulary import alternatives, vocabulary

# First Gregorian year of each era (令和元年 = 2019), by its name, its name in a square and its letter.
ERAS = {"令和": 2019, "平成": 1989, "昭和": 1926, "大正": 1912, "明治": 1868}
ERAS |= {"㋿": 2019, "㍻": 1989, "㍼": 1926, "㍽": 1912, "㍾": 1868, "R": 2019, "H": 1989, "S": 1926, "T": 1912}
ERA_YEAR = r"(?P<era>(?:令和|平成|昭和|大正|明治|[㋿㍻-㍾])\s?|[RHST])(?P<era_year>\d{1,2}|元)"
# A year in a column's head, perhaps with the same one of another reckoning in brackets: 令和4年度(2022), 2022(R4)年度.
_FISCAL = re.compile(
    rf"(?:{ERA_YEAR}|(?P<gregorian>(?:19|20)\d\d)|(?P<bare>\d{{1,2}}|元))(?P<suffix>年度|年)?"
    r"(?:\((?P<other>(?:令和|平成|[RH])(?:\d{1,2}|元)|(?:19|20)\d\d|\d{1,2})(?:年度?)?\))?(?P<last>年度|年)?末?"
)
# What may stand before the name of a column beside those of years, and behind it: a year; the sum by which it is got.
_OF_YEAR = rf"(?:(?:{ERA_YEAR}|(?:19|20)\d\d|(?:\d{{1,2}}|元)(?=年))(?:年度|年)?の?)?"
_SUM = rf"\(?[A-Za-z0-9/÷×*%+=→{re.escape(LINES)}]*\)?"
# A goal may be set for a year as far off as this; a value is none of a year to come, but for the next.
PLANNED_YEARS = 15

_STATED = re.compile(rf"(?:{ERA_YEAR}|(?P<gregorian>20\d\d))(?:\s?年度|(?=\s?(?:事業費|決算|予算)))")


def gregorian(era: str, year: str) -> int:
    """The Gregorian year of an era's year.

    >>> gregorian("令和", "5"), gregorian("令和", "元"), gregorian("H", "30")
    (2023, 2019, 2018)
    """
    return ERAS[era.strip()] + (1 if year == "元" else int(year)) - 1


def era_year(year: int) -> str:
    """A Gregorian year in the era in which it began last, by the era's letter.

    >>> era_year(2023), era_year(2019), era_year(2018), era_year(1867)
    ('R5', 'R1', 'H30', '')
    """
    begun = max(((first, era) for era, first in ERAS.items() if era in "RHST" and first <= year), default=None)
    return f"{begun[1]}{year - begun[0] + 1}" if begun else ""


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """What the head of a column says: the fiscal year, and the unit of its bare numbers where it gives one.

    `planned` (目標, 計画, 見込): it holds no actual values but such as are aimed at or expected; None: actual ones.
    """

    year: int
    planned: str | None = None
    unit: str | None = None


@cache
def _dress() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str | None]]:
    """A unit in brackets; a word before or behind the year; what each word says of the values (None: actual ones)."""
    words = vocabulary()
    kinds: dict[str, str | None] = dict.fromkeys(words.columns.actual)
    kinds |= {word: name for name, forms in words.columns.planned.items() for word in forms}
    one = alternatives(tuple(kinds))
    unit = re.compile(rf"\((?:単位:?)?([百千万億]*(?:{alternatives(words.counters.words)}))\)")
    return unit, re.compile(rf"^\(?({one})\)?(?=.)|(?<=.)\(?({one})\)?$"), kinds


def _parts(text: str) -> tuple[re.Match[str], str | None, str | None] | None:
    """The year that a head is, what its values are, and their unit; None where anything else stands in it."""
    unit, word, kinds = _dress()
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    units = unit.findall(plain)
    plain = unit.sub("", plain)
    said: set[str | None] = set()
    while found := word.search(plain):
        said.add(kinds[found[1] or found[2]])
        plain = plain[: found.start()] + plain[found.end() :]
    year = _FISCAL.fullmatch(re.sub(r"^[(\[【]([^()]*)[)\]】]$", r"\1", plain))
    if year is None or (year["bare"] and not (year["suffix"] or year["last"])) or len(said) > 1 or len(units) > 1:
        return None
    return year, next(iter(said), None), next(iter(units), None)


def names_year(text: str) -> bool:
    """Whether a column's head names a year, of whatever report.

    >>> [names_year(text) for text in ("4年度", "令和4年度(実績)", "R4", "5年度 目標値", "男性", "目標値", "12")]
    [True, True, True, True, False, False, False]
    """
    return _parts(text) is not None


@cache
def _beside() -> re.Pattern[str]:
    return re.compile(rf"{_OF_YEAR}(?:{alternatives(vocabulary().columns.beside)}){_SUM}")


def beside_years(text: str) -> bool:
    """Whether a head is one of a column that is known to hold no year's value: a rate, a difference, a remark.

    >>> [beside_years(text) for text in ("備　考", "5年度 達成率（％）", "増減 (B－A)", "備考 5年度", "実績（備考）")]
    [True, True, True, False, False]
    """
    plain = _dress()[0].sub("", re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)))
    return _beside().fullmatch(plain) is not None


def column_head(text: str, report_year: int) -> ColumnHead | None:
    """What a column's head says; None where it names no year, or one that no report of this year has.

    A year without an era is one of the era in which it comes nearest to the report's year, and not after the next.

    >>> [column_year(text, 2023) for text in ("4年度", "５年度", "R4", "令和4年度", "H30", "2022年度", "単位", "3年目")]
    [2022, 2023, 2022, 2022, 2018, 2022, None, None]
    >>> column_year("30年度", 2019), column_year("元年度", 2020), column_year("55年度", 2023)
    (2018, 2019, None)
    >>> column_head("令和5年度 目標値（人）", 2023), column_head("実績 R4年度", 2023)
    (ColumnHead(year=2023, planned='目標', unit='人'), ColumnHead(year=2022, planned=None, unit=None))
    >>> column_head("令和5年度(2023)", 2023), column_head("令和5年度(2022)", 2023)
    (ColumnHead(year=2023, planned=None, unit=None), None)
    """
    parts = _parts(text)
    if parts is None:
        return None
    found, planned, unit = parts
    last = report_year + (PLANNED_YEARS if planned else 1)
    if found["era"]:
        years = [gregorian(found["era"], found["era_year"])]
    elif found["gregorian"]:
        years = [int(found["gregorian"])]
    else:
        years = [gregorian(era, found["bare"]) for era in ("令和", "平成")]
    fitting = [year for year in years if report_year - 30 < year <= last and _agrees(year, found["other"])]
    return ColumnHead(min(fitting, key=lambda year: abs(report_year - year)), planned, unit) if fitting else None


def _agrees(year: int, other: str | None) -> bool:
    """Whether a year in brackets behind a year is the same one."""
    if other is None:
        return True
    found = re.fullmatch(rf"{ERA_YEAR}|(?P<gregorian>\d{{4}})|(?P<bare>\d{{1,2}})", other)
    if found is None or found["bare"]:
        return found is not None and any(gregorian(era, found["bare"]) == year for era in ("令和", "平成"))
    return year == (gregorian(found["era"], found["era_year"]) if found["era"] else int(found["gregorian"]))


def column_year(text: str, report_year: int) -> int | None:
    """The fiscal year that a column's head names, as `column_head` reads it."""
    found = column_head(text, report_year)
    return found.year if found else None


def stated_fiscal_years(text: str) -> list[tuple[int, str]]:
    """The fiscal years that a title or head states, and how it states them.

    >>> stated_fiscal_years("令和6年度版 施策の実施状況（令和5年度実績）")
    [(2024, '令和6年度'), (2023, '令和5年度')]
    >>> stated_fiscal_years("R5事業費 (千円)"), stated_fiscal_years("令和5年9月")
    ([(2023, 'R5')], [])
    """
    found = []
    for each in _STATED.finditer(unicodedata.normalize("NFKC", text)):
        year = gregorian(each["era"], each["era_year"]) if each["era"] else int(each["gregorian"])
        found.append((year, each[0]))
    return found


def stated_fiscal_year(text: str) -> tuple[int, str] | None:
    """The first fiscal year that a text states."""
    return next(iter(stated_fiscal_years(text)), None)
