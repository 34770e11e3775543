"""Years: eras, and the fiscal years that titles and heads of columns name.

A fiscal year (年度) is named by the Gregorian year in which its April lies.
"""

import re
import unicodedata
from collections.abc import Iterable

# First Gregorian year of each era (令和元年 = 2019), by its name, its name in a square and its letter.
_ERAS = {"令和": 2019, "平成": 1989, "昭和": 1926, "大正": 1912, "明治": 1868}
_ERAS |= {"㋿": 2019, "㍻": 1989, "㍼": 1926, "㍽": 1912, "㍾": 1868, "R": 2019, "H": 1989, "S": 1926, "T": 1912}
ERA_NAME = "|".join(era for era in _ERAS if not era.isascii())
ERA_LETTER = f"[{''.join(era for era in _ERAS if era.isascii())}]"
ERA_YEAR = rf"(?P<era>(?:{ERA_NAME})\s?|{ERA_LETTER})(?P<era_year>[0-9]{{1,2}}|元)"
GREGORIAN = "(?P<gregorian>(?:19|20)[0-9]{2})"
# Years by their distance from the report's.
_RELATIVE = {"本年": 0, "当年": 0, "今年": 0, "前年": -1, "昨年": -1, "前々年": -2, "翌年": 1}
_RELATIVE |= {f"{word}度": distance for word, distance in _RELATIVE.items()}
_YEAR = rf"{ERA_YEAR}|{GREGORIAN}|(?P<bare>[0-9]{{1,2}}|元)|(?P<relative>{'|'.join(sorted(_RELATIVE, reverse=True))})"
# The eras in which a year without an era may lie.
_LATEST = ("令和", "平成")
# A year in a column's head, perhaps with the same one of another reckoning in brackets: 令和4年度(2022), 2022(R4)年度.
_FISCAL = re.compile(
    rf"(?:{_YEAR})(?P<suffix>年度|年)?"
    r"(?:\((?P<other>(?:令和|平成|[RH])(?:[0-9]{1,2}|元)|(?:19|20)[0-9]{2}|[0-9]{1,2})(?:年度?)?\))?"
    r"(?P<last>年度|年)?末?"
)
_STATED = re.compile(
    rf"(?:{ERA_YEAR}|(?P<gregorian>20[0-9]{{2}}))"
    r"(?:\s?(?:事業|会計)?年度|(?=\s?(?:当初|最終|補正後)?(?:事業費|決算|予算|実績|評価|事[前後]評価|執行|報告|成果)))"
)
# The year in which an edition is published: 令和6年版, 令和6年度版, 2024年版.
_EDITION = re.compile(rf"(?:{ERA_YEAR}|(?P<gregorian>20[0-9]{{2}}))\s?年(?P<fiscal>度)?\s?版")
# A year and nothing else.
_YEAR_ALONE = re.compile(rf"(?:{ERA_YEAR}|{GREGORIAN})(?:年度?)?")
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


def match_fiscal_year(text: str) -> re.Match[str] | None:
    """Match a text without blanks that is a fiscal year, of whatever report, and nothing else.

    >>> [bool(match_fiscal_year(text)) for text in ("4年度", "令和4年度", "R4", "2022", "前年度", "12", "3年目")]
    [True, True, True, True, True, False, False]
    """
    found = _FISCAL.fullmatch(text)
    return found if found and (not found["bare"] or found["suffix"] or found["last"]) else None


def list_possible_years(found: re.Match[str], report_year: int) -> list[int]:
    """List the fiscal years that a match of `match_fiscal_year` may mean.

    A year without an era may be of several.

    Args:
        found: The match.
        report_year: The fiscal year of the report, from which 前年度 counts.

    Returns:
        The years, without those that a year of another reckoning in brackets contradicts.
    """
    other = re.fullmatch(_YEAR, found["other"]) if found["other"] else None
    allowed = _list_years(other, report_year) if other else None
    return [year for year in _list_years(found, report_year) if allowed is None or year in allowed]


def _list_years(found: re.Match[str], report_year: int) -> list[int]:
    if found["relative"]:
        return [report_year + _RELATIVE[found["relative"]]]
    if found["bare"]:
        return [era_to_gregorian(era, found["bare"]) for era in _LATEST]
    return [year_of_match(found)]


def choose_nearest_year(years: Iterable[int], report_year: int, ahead: int = 1) -> int | None:
    """Choose the year that comes nearest to the report's.

    Args:
        years: The years that a text may mean.
        report_year: The fiscal year of the report.
        ahead: How far behind the report's a year may lie.

    Returns:
        The year; None where none is one that a report of this year speaks of.
    """
    fitting = [year for year in years if report_year - _PAST_YEARS < year <= report_year + ahead]
    return min(fitting, key=lambda year: abs(report_year - year), default=None)


def parse_column_year(text: str, report_year: int) -> int | None:
    """Parse the fiscal year that a text is.

    A year without an era is one of the era in which it comes nearest to the report's year, and not after the next.

    Args:
        text: The year as printed.
        report_year: The fiscal year of the report.

    Returns:
        The year; None where the text is anything else, or a year that no report of this year speaks of.

    >>> [parse_column_year(text, 2023) for text in ("4年度", "５年度", "R4", "令和4年度", "H30", "単位", "3年目")]
    [2022, 2023, 2022, 2022, 2018, None, None]
    >>> parse_column_year("30年度", 2019), parse_column_year("元年度", 2020), parse_column_year("55年度", 2023)
    (2018, 2019, None)
    """
    found = match_fiscal_year(re.sub(r"\s", "", unicodedata.normalize("NFKC", text)))
    return choose_nearest_year(list_possible_years(found, report_year), report_year) if found else None


def find_stated_fiscal_years(text: str) -> list[tuple[int, str]]:
    """Find the fiscal years that a title or head states, and how it states each.

    >>> find_stated_fiscal_years("令和6年度版 施策の実施状況（令和5年度実績）")
    [(2024, '令和6年度'), (2023, '令和5年度')]
    >>> find_stated_fiscal_years("R5事業費 (千円)"), find_stated_fiscal_years("令和5年9月")
    ([(2023, 'R5')], [])
    """
    return [(year_of_match(found), found[0]) for found in _STATED.finditer(unicodedata.normalize("NFKC", text))]


def find_edition_years(text: str) -> list[int]:
    """Find the fiscal years that the report may be of whose title says in which year it was published.

    Such a report is on the year before, but for one whose publisher means the year itself; the likelier comes first.

    >>> [find_edition_years(title) for title in ("令和6年版 施策の実施状況", "令和6年度版 施策", "令和6年度 施策")]
    [[2023, 2024], [2024, 2023], []]
    """
    found = _EDITION.search(unicodedata.normalize("NFKC", text))
    if found is None:
        return []
    year = year_of_match(found)
    return [year, year - 1] if found["fiscal"] else [year - 1, year]


def find_bare_years(text: str) -> list[tuple[int, str]]:
    """Find the years of an era, or Gregorian ones, that stand for themselves in the head of a column.

    >>> find_bare_years("決算額 R5"), find_bare_years("5年度"), find_bare_years("R5.4現在")
    ([(2023, 'R5')], [], [])
    """
    parts = re.split(r"[\s()]+", unicodedata.normalize("NFKC", text))
    return [(year_of_match(found), part) for part in parts if (found := _YEAR_ALONE.fullmatch(part))]


def write_fiscal_year(year: int) -> str:
    """Write a fiscal year as offices do: 令和5年度.

    >>> write_fiscal_year(2023), write_fiscal_year(2019), write_fiscal_year(2015)
    ('令和5年度', '令和元年度', '平成27年度')
    """
    era = next(era for era, first in _ERAS.items() if first <= year)
    number = year - _ERAS[era] + 1
    return f"{era}{'元' if number == 1 else number}年度"


def find_stated_fiscal_year(text: str) -> tuple[int, str] | None:
    """Find the first fiscal year that a text states, and how."""
    return next(iter(find_stated_fiscal_years(text)), None)
