"""Clock: what year a printed time means, by the report's fiscal year and by the times named before it."""

import re
from bisect import bisect_left
from dataclasses import dataclass

from extractor.grammar.dates import Moment, date_behind, in_fiscal_year
from extractor.grammar.eras import ERA_YEAR, era_to_gregorian, parse_column_year
from extractor.grammar.numerals import DIGITS_IN_WORDS, parse_numeral

# Years from the report's, from the fiscal year or year named before, and months from the month named before.
_OF_REPORT = {"今": 0, "本": 0, "当": 0, "当該": 0, "昨": -1, "一昨": -2, "次": 1, "来": 1, "再来": 2}
_OF_NAMED = {"同": 0, "前": -1, "前々": -2, "翌": 1, "翌々": 2}
_OF_MONTH = {"同": 0, "翌": 1, "前": -1, "前年同": -12, "前年の同": -12}
# The parts of a moment that say its year.
_YEARS = frozenset({"named", "bare", "relative"})
# Before a number of years: an era that could not be read, or what else has years (高校3年10月).
_OTHER_YEARS = re.compile(r"(?:[和成正治続社歴生]|高校|中学|小学|学校|大学)$")
_IN_WORDS = re.compile(f"[{DIGITS_IN_WORDS}十]+$")
_END = re.compile(r"[。\n]")


def find_parts(found: re.Match[str]) -> dict[str, str]:
    """Collect the groups of a match that matched, by their names."""
    return {name: text for name, text in found.groupdict().items() if text}


def _parse_count(text: str) -> int:
    """Parse a small number in figures or words; 元 is 1, and what is no number 0."""
    return 1 if text == "元" else int(text) if text.isascii() else parse_numeral(text) or 0


@dataclass(frozen=True, slots=True)
class _Printed:
    """What is printed of a moment, and what it may refer to.

    `sentence` counts the sentences before it, `before` are the two characters before it, `start` is the beginning of
    the stretch that it ends, `joined` the moment to which it is joined (7日と8日).
    """

    parts: dict[str, str]
    sentence: int
    before: str
    start: Moment | None
    joined: Moment | None

    @property
    def part(self) -> str | None:
        """What is printed of the moment's part (上旬, 上半期)."""
        return self.parts.get("part") or self.parts.get("stretch")

    @property
    def fiscal(self) -> bool:
        """Whether its year is a fiscal one."""
        return "fiscal" in self.parts or "joined" in self.parts

    def count(self, name: str) -> int | None:
        """Parse a number of it; None where it is not printed."""
        return _parse_count(self.parts[name]) if name in self.parts else None


class Clock:
    """Gives the moments of one text, which must be asked for in the order of print."""

    def __init__(self, text: str, fiscal_year: int | None) -> None:
        self._fiscal_year = fiscal_year
        self._ends = [found.end() for found in _END.finditer(text)]
        self._era: str | None = None
        self._last: Moment | None = None
        # Whether the last time's year is printed, or taken from one that is.
        self._printed = False
        # The fiscal year named in the sentence that ends behind so many others.
        self._named: tuple[int, int] | None = None
        self._before: tuple[Moment | None, tuple[int, int] | None] = None, None

    def read_moment(
        self, found: re.Match[str], start: Moment | None = None, joined: Moment | None = None
    ) -> Moment | None:
        """Read what moment is printed.

        Args:
            found: The match of a moment of `prose_dates`.
            start: The beginning of the stretch that it ends, where it ends one.
            joined: The moment to which it is joined, where it is.

        Returns:
            The moment; None where it cannot be told which it is, or the calendar has none such.
        """
        sentence = bisect_left(self._ends, found.end())
        before = found.string[max(0, found.start() - 2) : found.start()]
        self._before = self._last, self._named
        moment = self._resolve(_Printed(find_parts(found), sentence, before, start, joined))
        if moment is None or not moment.is_possible:
            return None
        self._last = moment
        if moment.fiscal_year is not None:
            self._named = sentence, moment.fiscal_year
        return moment

    def forget_moment(self) -> None:
        """Forget the last moment, to which later ones do not refer (前年度比)."""
        self._last, self._named = self._before

    def _resolve(self, printed: _Printed) -> Moment | None:
        """Read a moment by the first rule for which its words are printed."""
        parts = printed.parts
        year_was_printed, self._printed = self._printed, bool(parts.keys() & {"pointed", *_YEARS})
        if "within" in parts:
            return self._read_within_report(parts["within"], printed.part)
        if "pointed" in parts:
            return self._read_pointed(parts["pointed"], printed.part)
        if "season" in parts:
            year = self._fiscal_year
            return None if year is None else Moment(year + _OF_REPORT[parts["season"][0]], part=parts["season"][1])
        if parts.keys() & _YEARS:
            return self._read_with_year(printed)
        self._printed = year_was_printed and (printed.start or printed.joined) is not None
        refers = year_was_printed or "on" in parts
        return self._read_without_year(printed, printed.start or (printed.joined if refers else None))

    def _read_within_report(self, text: str, part: str | None) -> Moment | None:
        """Read 年度内, 年度末, 上半期: of the report's fiscal year."""
        end = re.sub("^年度[内中]?", "", text) or part
        return Moment(self._fiscal_year, part=end, fiscal=True) if self._fiscal_year is not None else None

    def _read_with_year(self, printed: _Printed) -> Moment | None:
        month, day, is_decade = printed.count("month"), printed.count("day"), "decade" in printed.parts
        if "stretch" in printed.parts and (month is not None or is_decade):
            return None
        year = self._find_year(printed)
        if year is None or (is_decade and (year % 10 or month is not None)):
            return None
        if is_decade:
            return Moment(year, decade=True)
        if printed.fiscal and month is not None:
            return Moment(in_fiscal_year(month, year), month, day, printed.part)
        return Moment(year, month, day, printed.part, printed.fiscal)

    def _read_pointed(self, text: str, part: str | None) -> Moment | None:
        year_text, month, *day = re.split("[./-]", text)
        if not day and len(year_text) <= 2 and year_text.isdigit():
            # A month and a day (10/15).
            year = self._fiscal_year
            number = int(year_text)
            return None if year is None else Moment(in_fiscal_year(number, year), number, int(month), part)
        year = self._parse_year(year_text)
        return Moment(year, _parse_count(month), _parse_count(day[0]) if day else None, part) if year else None

    def _find_year(self, printed: _Printed) -> int | None:
        """Find the year of a moment that says it: by its number, its era's number, or a word (昨年度)."""
        if "named" in printed.parts:
            return self._parse_year(printed.parts["named"])
        if "relative" in printed.parts:
            return self._find_relative_year(printed)
        return None if _OTHER_YEARS.search(printed.before) else self._find_bare_year(printed.parts["bare"], printed)

    def _find_bare_year(self, text: str, printed: _Printed) -> int | None:
        """Find the year of an era that is not printed: of the era last named, else near the report's."""
        has_month, report = "month" in printed.parts, self._fiscal_year
        if self._era is not None:
            return era_to_gregorian(self._era, str(_parse_count(text)))
        year = parse_column_year(f"{text}年度", report) if report is not None else None
        if year is None or report is None or printed.fiscal or (has_month and printed.start is not None):
            return year
        # 5年10月1日, where it is the report's year or one beside it.
        return year if has_month and abs(year - report) <= 1 else None

    def _parse_year(self, text: str) -> int | None:
        """Parse the year that an era and a number, or a number alone, name; None where the number is none (二三)."""
        words = _IN_WORDS.search(text)
        number = parse_numeral(words[0]) if words else None
        if words and number is None:
            return None
        plain = text[: words.start()] + str(number) if words else text
        era = re.fullmatch(ERA_YEAR, plain)
        if era is None:
            return int(plain)
        self._era = era["era"]
        return era_to_gregorian(era["era"], era["era_year"])

    def _find_relative_year(self, printed: _Printed) -> int | None:
        """Find the year of 昨年度, 翌年: by the report where it is a fiscal year, else by the year named before."""
        word, report = printed.parts["relative"], self._fiscal_year
        if printed.fiscal and word in _OF_REPORT:
            return None if report is None else report + _OF_REPORT[word]
        if word in _OF_REPORT:
            return self._find_year_of_month(printed)
        base = self._find_fiscal_base(word, printed.sentence) if printed.fiscal else self._find_calendar_base(printed)
        return None if base is None else base + _OF_NAMED[word]

    def _find_year_of_month(self, printed: _Printed) -> int | None:
        """Find the year of 本年6月, by the report's; January to March of 本年 or 昨年 may lie in one of two years."""
        shift, month, report = _OF_REPORT[printed.parts["relative"]], printed.count("month"), self._fiscal_year
        if report is None or (shift <= 0 and month is not None and in_fiscal_year(month, report) > report):
            return None
        return report + shift

    def _find_fiscal_base(self, word: str, sentence: int) -> int | None:
        """Find the fiscal year to which 翌年度 refers: that of its sentence, else the report's (not 同)."""
        if self._named is not None and self._named[0] == sentence:
            return self._named[1]
        return None if word == "同" else self._fiscal_year

    def _find_calendar_base(self, printed: _Printed) -> int | None:
        """Find the year to which 翌年 refers; 同年1月 would lie in one of two years of a fiscal year named before."""
        last, month = self._last, printed.count("month")
        if last is None:
            return None
        in_two_years = last.fiscal and printed.parts["relative"] == "同" and month is not None and month < 4
        return None if in_two_years else last.year

    def _read_without_year(self, printed: _Printed, base: Moment | None) -> Moment | None:
        """Read a month or day without its year: it takes that of `base`, else of the month before or the report."""
        part = printed.part
        month, day = printed.count("alone"), printed.count("of")
        if month is not None:
            if base is not None and base.month is not None:
                return date_behind(base, Moment(base.year, month, day, part))
            year = self._fiscal_year
            return None if year is None else Moment(in_fiscal_year(month, year), month, day, part)
        shift = _OF_MONTH[printed.parts["next"]] if "next" in printed.parts else 0
        base = self._last if "next" in printed.parts else base
        if base is None or base.month is None:
            return None
        years, months = divmod(base.year * 12 + base.month - 1 + shift, 12)
        return Moment(years, months + 1, printed.count("on"), part)
