"""Years: eras, and the fiscal years that titles and heads of columns name.

A fiscal year (年度) is named by the Gregorian year in which its April lies.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from extractor.grammar.characters import LINES
from extractor.grammar.vocabulary import load_vocabulary, words_to_regex

# First Gregorian year of each era (令和元年 = 2019), by its name, its name in a square and its letter.
_ERAS = {"令和": 2019, "平成": 1989, "昭和": 1926, "大正": 1912, "明治": 1868}
_ERAS |= {"㋿": 2019, "㍻": 1989, "㍼": 1926, "㍽": 1912, "㍾": 1868, "R": 2019, "H": 1989, "S": 1926, "T": 1912}
ERA_NAME = "|".join(era for era in _ERAS if not era.isascii())
ERA_LETTER = f"[{''.join(era for era in _ERAS if era.isascii())}]"
ERA_YEAR = rf"(?P<era>(?:{ERA_NAME})\s?|{ERA_LETTER})(?P<era_year>[0-9]{{1,2}}|元)"
GREGORIAN = "(?P<gregorian>(?:19|20)[0-9]{2})"
# Years by their distance from the report's.
_RELATIVE = {"本年度": 0, "当年度": 0, "今年度": 0, "前年度": -1, "昨年度": -1, "前々年度": -2}
_YEAR = rf"{ERA_YEAR}|{GREGORIAN}|(?P<bare>[0-9]{{1,2}}|元)|(?P<relative>{'|'.join(_RELATIVE)})"
# The eras in which a year without an era may lie.
_LATEST = ("令和", "平成")
# A year in a column's head, perhaps with the same one of another reckoning in brackets: 令和4年度(2022), 2022(R4)年度.
_FISCAL = re.compile(
    rf"(?:{_YEAR})(?P<suffix>年度|年)?"
    r"(?:\((?P<other>(?:令和|平成|[RH])(?:[0-9]{1,2}|元)|(?:19|20)[0-9]{2}|[0-9]{1,2})(?:年度?)?\))?"
    r"(?P<last>年度|年)?末?"
)
# What may stand before the name of a column beside those of years, and behind it: a year; the sum by which it is got.
_OF_YEAR = rf"(?:(?:{ERA_YEAR}|{GREGORIAN}|(?:[0-9]{{1,2}}|元)(?=年))(?:年度|年)?の?)?"
_SUM = rf"\(?[A-Za-z0-9/÷×*%+=→{re.escape(LINES)}]*\)?"
_STATED = re.compile(rf"(?:{ERA_YEAR}|(?P<gregorian>20[0-9]{{2}}))(?:\s?年度|(?=\s?(?:事業費|決算|予算)))")
# A goal may be set for a year as far off as this; a value is none of a year to come, but for the next.
PLANNED_YEARS = 15
# A column holds no year that lies farther back from the report's.
_PAST_YEARS = 30


def era_to_gregorian(era: str, year: str) -> int:
    """Convert the year of an era to a Gregorian year.

    Args:
        era: The era's name, its name in a square or its letter, perhaps with a blank behind it.
        year: The year in ASCII figures, or 元 for the first.

    Returns:
        The Gregorian year. That the era lasted so long is not checked.

    >>> era_to_gregorian("令和", "5"), era_to_gregorian("令和", "元"), era_to_gregorian("H", "30")
    (2023, 2019, 2018)
    """
    return _ERAS[era.strip()] + (1 if year == "元" else int(year)) - 1


def year_of_match(found: re.Match[str]) -> int:
    """Read the Gregorian year of a match of `ERA_YEAR` or `GREGORIAN`."""
    return era_to_gregorian(found["era"], found["era_year"]) if found["era"] else int(found["gregorian"])


def gregorian_to_era(year: int) -> str:
    """Write a Gregorian year by the letter of the era that began last by its end.

    The text is empty before 1912.

    >>> gregorian_to_era(2023), gregorian_to_era(2019), gregorian_to_era(2018), gregorian_to_era(1867)
    ('R5', 'R1', 'H30', '')
    """
    begun = max(((first, era) for era, first in _ERAS.items() if era.isascii() and first <= year), default=None)
    return f"{begun[1]}{year - begun[0] + 1}" if begun else ""


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """What the head of a column says.

    It is the fiscal year, and the unit of the column's bare numbers where the head gives one. `planned` (目標, 計画,
    見込): it holds no actual values but such as are aimed at or expected; None: actual ones.
    """

    year: int
    planned: str | None = None
    unit: str | None = None


@cache
def _compile_dress() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str | None]]:
    """Compile a unit in brackets and a word beside the year; map each word to the values it names (None: actual)."""
    words = load_vocabulary()
    kinds: dict[str, str | None] = dict.fromkeys(words.columns.actual)
    kinds |= {word: name for name, forms in words.columns.planned.items() for word in forms}
    word = words_to_regex(kinds)
    unit = re.compile(rf"\((?:単位:?)?([百千万億]*(?:{words_to_regex(words.counters.words)}))\)")
    return unit, re.compile(rf"^\(?({word})\)?(?=.)|(?<=.)\(?({word})\)?$"), kinds


# A letter or number by which another head speaks of a column: 4年度（A）, 5年度 ②.
_TAG = re.compile(r"\([A-Z]\)|(?<=[度績値額算標])[A-Z]$|^[A-GI-QU-Z](?=[令平前本当今昨第0-9]|[RH][0-9])")


def _fold_head(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", re.sub("[①-⑳]", "", text)))


def _split_head(text: str) -> tuple[re.Match[str], str | None, str | None] | None:
    """Split a head into its year, the kind of its values and their unit; None where anything else stands in it."""
    unit, word, kinds = _compile_dress()
    plain = _fold_head(text)
    units = unit.findall(plain)
    plain = _TAG.sub("", unit.sub("", plain))
    said: set[str | None] = set()
    while found := word.search(plain):
        said.add(kinds[found[1] or found[2]])
        plain = plain[: found.start()] + plain[found.end() :]
    year = _FISCAL.fullmatch(re.sub(r"^[(\[【]([^()]*)[)\]】]$", r"\1", plain))
    if year is None or (year["bare"] and not (year["suffix"] or year["last"])) or len(said) > 1 or len(units) > 1:
        return None
    return year, next(iter(said), None), next(iter(units), None)


def names_year(text: str) -> bool:
    """Tell whether a column's head names a year, of whatever report.

    >>> [names_year(text) for text in ("4年度", "令和4年度(実績)", "R4", "5年度 目標値", "男性", "目標値", "12")]
    [True, True, True, True, False, False, False]
    """
    return _split_head(text) is not None


def split_year_pair(text: str) -> tuple[str, str] | None:
    """Split the head of a column that holds two years' values, the second in brackets.

    >>> split_year_pair("5年度（4年度）"), split_year_pair("令和5年度 (2023)"), split_year_pair("5年度（実績）")
    (('5年度', '4年度'), None, None)
    """
    found = re.fullmatch(r"(.+?)\s*[(（]([^()（）]+)[)）]", text.strip())
    first, second = (_split_head(found[1]), _split_head(found[2])) if found else (None, None)
    if found is None or first is None or second is None:
        return None
    apart = not set(_possible_years(first[0], 0)) & set(_possible_years(second[0], 0))
    return (found[1], found[2]) if apart else None


def stands_beside_years(text: str) -> bool:
    """Tell whether a head is of a column known to hold no year's value.

    Such a column holds a rate, a difference or a remark.

    >>> [stands_beside_years(text) for text in ("備　考", "5年度 達成率（％）", "備考 5年度", "実績（備考）")]
    [True, True, False, False]
    """
    beside = words_to_regex(load_vocabulary().columns.beside)
    head = _compile_dress()[0].sub("", _fold_head(text))
    return re.fullmatch(rf"{_OF_YEAR}(?:{beside}){_SUM}", head) is not None


def parse_column_head(text: str, report_year: int) -> ColumnHead | None:
    """Parse the head of a column of values.

    A year without an era is one of the era in which it comes nearest to the report's year, and not after the next.

    Args:
        text: The head as printed.
        report_year: The fiscal year of the report.

    Returns:
        What it says; None where it names no year, or one that no report of this year has.

    >>> [parse_column_year(text, 2023) for text in ("4年度", "５年度", "R4", "令和4年度", "H30", "単位", "3年目")]
    [2022, 2023, 2022, 2022, 2018, None, None]
    >>> parse_column_year("30年度", 2019), parse_column_year("元年度", 2020), parse_column_year("55年度", 2023)
    (2018, 2019, None)
    >>> parse_column_head("令和5年度 目標値（人）", 2023), parse_column_head("実績 R4年度", 2023)
    (ColumnHead(year=2023, planned='目標', unit='人'), ColumnHead(year=2022, planned=None, unit=None))
    >>> parse_column_head("令和5年度(2023)", 2023), parse_column_head("令和5年度(2022)", 2023)
    (ColumnHead(year=2023, planned=None, unit=None), None)
    """
    parts = _split_head(text)
    if parts is None:
        return None
    found, planned, unit = parts
    last = report_year + (PLANNED_YEARS if planned else 1)
    other = re.fullmatch(_YEAR, found["other"]) if found["other"] else None
    fitting = [
        year
        for year in _possible_years(found, report_year)
        if report_year - _PAST_YEARS < year <= last and (other is None or year in _possible_years(other, report_year))
    ]
    return ColumnHead(min(fitting, key=lambda year: abs(report_year - year)), planned, unit) if fitting else None


def _possible_years(found: re.Match[str], report_year: int) -> list[int]:
    """List the Gregorian years that a match of `_YEAR` may mean."""
    if found["relative"]:
        return [report_year + _RELATIVE[found["relative"]]]
    if found["bare"]:
        return [era_to_gregorian(era, found["bare"]) for era in _LATEST]
    return [year_of_match(found)]


def parse_column_year(text: str, report_year: int) -> int | None:
    """Parse the fiscal year that a column's head names.

    Args:
        text: The head as printed.
        report_year: The fiscal year of the report.

    Returns:
        The year, as `column_head` reads it; None where that reads none.
    """
    head = parse_column_head(text, report_year)
    return head.year if head else None


def find_stated_fiscal_years(text: str) -> list[tuple[int, str]]:
    """Find the fiscal years that a title or head states, and how it states each.

    >>> find_stated_fiscal_years("令和6年度版 施策の実施状況（令和5年度実績）")
    [(2024, '令和6年度'), (2023, '令和5年度')]
    >>> find_stated_fiscal_years("R5事業費 (千円)"), find_stated_fiscal_years("令和5年9月")
    ([(2023, 'R5')], [])
    """
    return [(year_of_match(found), found[0]) for found in _STATED.finditer(unicodedata.normalize("NFKC", text))]


def find_stated_fiscal_year(text: str) -> tuple[int, str] | None:
    """Find the first fiscal year that a text states, and how."""
    return next(iter(find_stated_fiscal_years(text)), None)
