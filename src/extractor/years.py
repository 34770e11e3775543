"""Years: eras and fiscal years. A fiscal year (年度) is named by the Gregorian year in which its April lies."""

import re
import unicodedata

# First Gregorian year of each era (令和元年 = 2019), by its name, its name in a square and its letter.
ERAS = {"令和": 2019, "平成": 1989, "昭和": 1926, "大正": 1912, "明治": 1868}
ERAS |= {"㋿": 2019, "㍻": 1989, "㍼": 1926, "㍽": 1912, "㍾": 1868, "R": 2019, "H": 1989, "S": 1926, "T": 1912}
ERA_YEAR = r"(?P<era>(?:令和|平成|昭和|大正|明治|[㋿㍻-㍾])\s?|[RHST])(?P<era_year>\d{1,2}|元)"
_FISCAL = re.compile(
    rf"(?:実績|決算)?(?:{ERA_YEAR}|(?P<gregorian>(?:19|20)\d\d)|(?P<bare>\d{{1,2}}|元))(?P<suffix>年度|年)?"
    r"(?:\((?:R|H)?\d{1,4}(?:年度?)?\))?[(]?(?:実績値?|決算額?|[のに]実績|事業費|計)?[)]?"
)


_STATED = re.compile(rf"(?:{ERA_YEAR}|(?P<gregorian>20\d\d))(?:\s?年度|(?=\s?(?:事業費|決算|予算)))")


def gregorian(era: str, year: str) -> int:
    """The Gregorian year of an era's year.

    >>> gregorian("令和", "5"), gregorian("令和", "元"), gregorian("H", "30")
    (2023, 2019, 2018)
    """
    return ERAS[era.strip()] + (1 if year == "元" else int(year)) - 1


def _fiscal(text: str) -> re.Match[str] | None:
    found = _FISCAL.fullmatch(re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)))
    return None if found is None or (found["bare"] and not found["suffix"]) else found


def names_year(text: str) -> bool:
    """Whether a column's head names a year, of whatever report.

    >>> [names_year(text) for text in ("4年度", "令和4年度(実績)", "R4", "男性", "目標値", "12")]
    [True, True, True, False, False, False]
    """
    return _fiscal(text) is not None


def column_year(text: str, report_year: int) -> int | None:
    """The fiscal year that a column's head names; None where it names none, or one that no report of this year has.

    A year without an era is one of the era in which it comes nearest to the report's year, and not after the next.

    >>> [column_year(text, 2023) for text in ("4年度", "５年度", "R4", "令和4年度", "H30", "2022年度", "単位", "3年目")]
    [2022, 2023, 2022, 2022, 2018, 2022, None, None]
    >>> column_year("30年度", 2019), column_year("元年度", 2020), column_year("55年度", 2023)
    (2018, 2019, None)
    """
    found = _fiscal(text)
    if found is None:
        return None
    if found["era"]:
        year = gregorian(found["era"], found["era_year"])
    elif found["gregorian"]:
        year = int(found["gregorian"])
    else:
        ends = [gregorian(era, found["bare"]) for era in ("令和", "平成")]
        year = min((end for end in ends if end <= report_year + 1), key=lambda end: report_year - end, default=0)
    return year if report_year - 30 < year <= report_year + 1 else None


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
