"""Heads: what the head of a column, or of a row, says of the values under it or beside it.

A head is made of a year, the kind of the values (目標), the part of the year (上期) and their unit, in any order; or it
is of a column that stands beside those of values (増減).
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from extractor.grammar.characters import BRACKETS, LINES
from extractor.grammar.eras import (
    ERA_YEAR,
    GREGORIAN,
    PLANNED_YEARS,
    choose_nearest_year,
    list_possible_years,
    match_fiscal_year,
    parse_column_year,
)
from extractor.grammar.periods import parse_period
from extractor.grammar.vocabulary import load_vocabulary, words_to_regex


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """What the head of a column says.

    It is the fiscal year, and the unit of the column's bare numbers where the head gives one. `planned` (目標, 計画,
    見込): it holds no actual values but such as are aimed at or expected; None: actual ones. `part`: the part of the
    year (上期); None: all of it.
    """

    year: int
    planned: str | None = None
    unit: str | None = None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class HeadWords:
    """The words of a head. `kinds` are what it says of its values (None: actual ones), `spans` the year of a period."""

    year: re.Match[str] | None
    spans: int | None
    kinds: frozenset[str | None]
    part: str | None
    unit: str | None
    is_vague: bool

    @property
    def has_year(self) -> bool:
        """Whether it names a year."""
        return self.year is not None or self.spans is not None

    def conflicts_with(self, other: "HeadWords") -> bool:
        """Tell whether two heads are of different years, kinds or parts, so that they are of different values."""
        years = [set(list_possible_years(one.year, 0)) for one in (self, other) if one.year is not None]
        apart = len(years) > 1 and not years[0] & years[1]
        kinds = self.kinds and other.kinds and self.kinds != other.kinds
        return bool(apart or kinds or (self.part and other.part and self.part != other.part))


# A letter or number by which another head speaks of a column: 4年度（A）, 5年度 ②.
_TAG = re.compile(r"\([A-Z]\)|(?<=[度績値額算標])[A-Z]$|^[A-GI-QU-Z](?=[令平前本当今昨第0-9]|[RH][0-9])")
# All kinds of brackets as round ones.
_ROUND = str.maketrans({sign: side for pair in BRACKETS.items() for sign, side in zip(pair, "()", strict=True)})
_JOINTS = "/・:_,、"
_SIGNS = rf"A-Za-z0-9/÷×*%+=→.{re.escape(LINES)}"
_SUM = rf"\(?[{_SIGNS}]*\)?"
_LETTERS_SUM = rf"\(?[A-Z]\)?[{re.escape(LINES)}/÷]\(?[A-Z]\)?(?:[×*]100)?%?"
_ANY_YEAR = rf"(?:{ERA_YEAR}|{GREGORIAN}|(?:[0-9]{{1,2}}|元)(?=年)|[本当今昨前]年)(?:年度|年|度)?"


def _fold_head(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", re.sub("[①-⑳]", "", text)).translate(_ROUND))


@cache
def _compile_words() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str | None], frozenset[str]]:
    """Compile a unit in brackets and a word at an end of a head; map words to kinds of values; those of whole years."""
    columns, counters = load_vocabulary().columns, load_vocabulary().counters
    kinds: dict[str, str | None] = dict.fromkeys((*columns.actual, *columns.vague))
    kinds |= {word: name for name, forms in columns.planned.items() for word in forms}
    quarter = r"第[1-4一二三四](?:四半期|Q)|Q[1-4]"
    bare = r"[1-4一二三四](?:四半期|Q)|(?:1[0-2]|[1-9])月(?:分)?|[1-9][0-2]?月?[~-][1-9][0-2]?月"
    words = rf"{words_to_regex((*kinds, *columns.parts, *columns.whole))}|{quarter}|(?<![0-9年./])(?:{bare})"
    unit = rf"\((?:単位:?)?([百千万億]*(?:{words_to_regex(counters.words)}))\)"
    return re.compile(unit), re.compile(rf"^\(?({words})\)?|\(?({words})\)?$"), kinds, frozenset(columns.whole)


def split_head(text: str) -> HeadWords | None:
    """Split a head into its words.

    >>> words = split_head("令和5年度 上期 目標値（人）")
    >>> words.has_year, set(words.kinds), words.part, words.unit
    (True, {'目標'}, '上期', '人')
    >>> [split_head(text) is None for text in ("参加者数", "達成率", "実績", "R5.4～R6.3", "令和5年3月")]
    [True, True, False, False, True]
    """
    unit, word, known, whole = _compile_words()
    plain = _fold_head(text)
    units = unit.findall(plain)
    plain = _TAG.sub("", unit.sub("", plain))
    kinds: set[str | None] = set()
    parts: list[str] = []
    said: set[str] = set()
    while plain and not match_fiscal_year(plain) and (found := word.search(plain)):
        name = found[1] or found[2]
        said.add(name)
        kinds |= {known[name]} if name in known else set()
        parts += [] if name in known or name in whole else [name]
        plain = (plain[: found.start()] + plain[found.end() :]).strip(_JOINTS)
    if "見込" in kinds:
        kinds.discard(None)
    bare = re.sub(r"^\(([^()]*)\)$", r"\1", plain)
    year = match_fiscal_year(bare)
    if year is not None and not year["relative"] and not list_possible_years(year, 0):
        return None
    spans = None if year or not bare else _read_span(bare)
    if (bare and not year and not spans) or len(kinds) > 1 or len(units) > 1 or len(parts) > 1 or not (bare or said):
        return None
    part = parts[0] if parts else spans[1] if spans else None
    is_vague = said <= {*load_vocabulary().columns.vague, *whole}
    return HeadWords(
        year, spans[0] if spans else None, frozenset(kinds), part, next(iter(units), None), is_vague=is_vague
    )


def _read_span(text: str) -> tuple[int, str | None] | None:
    """Read the fiscal year of a period, or of a day at which figures were taken; the period where it is only a part."""
    period = parse_period(text, 2000) if re.match(rf"{ERA_YEAR}|{GREGORIAN}", text) else None
    moments = re.findall(r"(\d{4})-(\d{2})(?:-\d{2})?", period.edtf or "") if period else []
    years = {int(year) - (month < "04") for year, month in moments}
    is_moment = (
        len(moments) == 1 and re.search("現在|時点|末", text) and "." not in (period.edtf or "" if period else "")
    )
    if len(years) != 1 or not (is_moment or len(moments) == 2):
        return None
    whole = is_moment or [month for _, month in moments] == ["04", "03"]
    return years.pop(), None if whole else text


def names_year(text: str) -> bool:
    """Tell whether a column's head names a year, of whatever report.

    >>> [names_year(text) for text in ("4年度", "令和4年度(実績)", "R4", "5年度 目標値", "男性", "目標値", "12")]
    [True, True, True, True, False, False, False]
    """
    words = split_head(text)
    return words is not None and words.has_year


def names_kind(text: str) -> bool:
    """Tell whether a head says of which kind of values or part of a year its column is, and names no year.

    >>> [names_kind(text) for text in ("目標値", "実績", "上期", "第1四半期", "計", "事業費", "5年度", "参加者数")]
    [True, True, True, True, False, False, False, False]
    """
    words = split_head(text)
    return words is not None and not words.has_year and not words.is_vague


def find_planned_kind(text: str) -> str | None:
    """Find the kind of values that a text says and nothing else, where these are no actual ones.

    >>> [find_planned_kind(text) for text in ("目標値", "実績", "R5目標", "参加者数")]
    ['目標', None, None, None]
    """
    words = split_head(text) if names_kind(text) else None
    return next(iter(words.kinds), None) if words is not None and words.part is None else None


def find_part(text: str) -> str | None:
    """Find the part of a year that a head says.

    >>> find_part("5年度 上期"), find_part("5年度"), find_part("参加者数")
    ('上期', None, None)
    """
    words = split_head(text)
    return words.part if words is not None else None


def find_dated_kind(text: str) -> str | None:
    """Find of which kind of values the years are that stand under a head.

    >>> [find_dated_kind(text) for text in ("目標年度", "計画年", "実績年度", "目標値")]
    ['目標', '計画', None, None]
    """
    found = re.fullmatch(r"(.+?)(?:設定|達成)?年度?", _fold_head(text))
    return find_planned_kind(found[1]) if found else None


def says_whole(text: str) -> bool:
    """Tell whether a head says that its column is of the whole and nothing else: 計, 合計."""
    return _fold_head(text) in load_vocabulary().columns.whole


def find_value_columns(heads: Mapping[int, str]) -> dict[int, bool]:
    """Find the columns of values among all columns of a table.

    Args:
        heads: What stands over each column.

    Returns:
        Whether the head names the year of the values, for each such column. One that names none counts where no column
        of actual values does: it is then of the report's year. So does 計 beside parts of a year.
    """
    words = {column: found for column, text in heads.items() if (found := split_head(text)) is not None}
    stated = {column: True for column, found in words.items() if found.has_year}
    if any(not words[column].kinds - {None} for column in stated):
        return stated
    has_parts = any(found.part for found in words.values())
    unstated = {
        column: False
        for column, found in words.items()
        if not found.has_year and (not found.is_vague or (has_parts and says_whole(heads[column])))
    }
    return stated | unstated


def split_head_pair(text: str) -> tuple[str, str, str] | None:
    """Split the head of a column whose cells hold two values each, and say what stands between them.

    >>> split_head_pair("5年度（4年度）"), split_head_pair("令和5年度 (2023)"), split_head_pair("5年度（実績）")
    (('5年度', '4年度', '()'), None, None)
    >>> split_head_pair("(4年度) 5年度"), split_head_pair("R5 目標／実績"), split_head_pair("R4→R5")
    (('4年度', '5年度', ')'), ('R5 目標', 'R5 実績', '/'), ('R4', 'R5', '→'))
    """
    plain = "" if split_head(text) else text.strip()
    forms = (
        r"(.+?)\s*[(（]([^()（）]+)[)）]",
        r"[(（]([^()（）]+)[)）]\s*(.+)",
        r"([^/／→]+)[/／]([^/／→]+)",
        "([^→]+)→([^→]+)",
    )
    for form, joint in zip(forms, ("()", ")", "/", "→"), strict=True):
        found = re.fullmatch(form, plain)
        first, second = (found[1].strip(), found[2].strip()) if found else ("", "")
        words = split_head(first) if first else None, split_head(second) if second else None
        if words[0] is None or words[1] is None or not words[0].conflicts_with(words[1]):
            continue
        if words[0].has_year and not words[1].has_year:
            second = f"{_cut_year(first)} {second}"
        elif words[1].has_year and not words[0].has_year:
            first = f"{_cut_year(second)} {first}"
        return first, second, joint
    return None


def _cut_year(text: str) -> str:
    """Cut the year out of a head that has one."""
    found = re.search(_ANY_YEAR, unicodedata.normalize("NFKC", text))
    return found[0] if found else ""


def stands_beside_years(text: str) -> bool:
    """Tell whether a head is of a column known to hold no year's value.

    Such a column holds a rate, a difference or a remark.

    >>> [stands_beside_years(text) for text in ("備　考", "5年度 達成率（％）", "備考 5年度", "実績（備考）", "B/A")]
    [True, True, False, False, True]
    """
    return _match_beside(text) is not None


def _match_beside(text: str) -> re.Match[str] | None:
    return _compile_beside().fullmatch(_compile_words()[0].sub("", _fold_head(text)))


@cache
def _compile_beside() -> re.Pattern[str]:
    """Compile the heads of columns beside those of years: a word with a year or a sum, or a sum alone."""
    columns = load_vocabulary().columns
    beside = words_to_regex((*columns.beside, *(word for words in columns.compared.values() for word in words)))
    kind = words_to_regex(tuple(_compile_words()[2]))
    year = re.sub(r"\?P<[a-z_]+>", "?:", _ANY_YEAR)
    of_words = rf"\((?=[^()]*[/÷×*+=→{re.escape(LINES)}])(?:[{_SIGNS}]|{year}|{kind})*\)"
    named = rf"(?:(?P<of>{year})の?)?(?P<word>{beside})(?:\((?P<within>{year})\)|{of_words}|{_SUM})"
    return re.compile(rf"{named}|{_LETTERS_SUM}|{year}[/÷]{year}%?")


def parse_comparison(text: str, report_year: int) -> tuple[str, int | None] | None:
    """Parse the head of a column that compares values.

    Args:
        text: The head as printed.
        report_year: The fiscal year of the report.

    Returns:
        What is compared (`difference`, `ratio`, `growth`, `achievement`, or `sum` for 計), and of which year; None for
        the year that it does not name. None where the head says anything else.

    >>> [parse_comparison(text, 2023) for text in ("5年度 達成率（％）", "増減（A－B）", "備考")]
    [('achievement', 2023), ('difference', None), None]
    """
    if says_whole(text):
        return "sum", None
    found = _match_beside(text)
    compared = load_vocabulary().columns.compared
    name = next((name for name, words in compared.items() if found and found["word"] in words), None)
    said = (found["of"] or found["within"]) if found else None
    return (name, parse_column_year(said, report_year) if said else None) if name else None


def parse_column_head(text: str, report_year: int, default_year: int | None = None) -> ColumnHead | None:
    """Parse the head of a column of values.

    Args:
        text: The head as printed.
        report_year: The fiscal year of the report, to which a year without an era comes nearest.
        default_year: The year of a head that names none but a kind or part; None: such a head says nothing.

    Returns:
        What it says; None where it names no year, or one that no report of this year has.

    >>> parse_column_head("令和5年度 目標値（人）", 2023), parse_column_head("実績 R4年度 上期", 2023).part
    (ColumnHead(year=2023, planned='目標', unit='人', part=None), '上期')
    >>> parse_column_head("令和5年度(2023)", 2023).year, parse_column_head("令和5年度(2022)", 2023)
    (2023, None)
    >>> parse_column_head("目標値", 2023), parse_column_head("目標値", 2023, 2023).planned
    (None, '目標')
    """
    words = split_head(text)
    if words is None:
        return None
    planned = next(iter(words.kinds), None)
    if words.year is not None:
        possible = list_possible_years(words.year, report_year)
    else:
        possible = [year for year in (words.spans or default_year,) if year is not None]
    year = choose_nearest_year(possible, report_year, PLANNED_YEARS if planned else 1)
    return ColumnHead(year, planned, words.unit, words.part) if year is not None else None
