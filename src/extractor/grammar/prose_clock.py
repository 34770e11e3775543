"""Clock: what year a printed time means, by the report's fiscal year and by the times named before it."""

import re
from bisect import bisect_left

from extractor.grammar.dates import Moment, behind, in_fiscal_year
from extractor.grammar.eras import ERA_YEAR, column_year, gregorian
from extractor.grammar.numerals import numeral

_OF_REPORT = {"今": 0, "本": 0, "当": 0, "昨": -1, "一昨": -2, "次": 1, "来": 1, "再来": 2}
_OF_NAMED = {"同": 0, "前": -1, "前々": -2, "翌": 1, "翌々": 2}
# Before a number of years: an era that could not be read, or what else has years (高校3年10月).
_OTHER_YEARS = re.compile(r"(?:[和成正治続社歴生]|高校|中学|小学|学校|大学)$")
_END = re.compile(r"[。\n]")


def _count(text: str) -> int:
    return 1 if text == "元" else int(text) if text.isascii() else numeral(text) or 0


class Clock:
    """Gives the moments of one text, in the order of print."""

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

    def moment(self, found: re.Match[str], start: Moment | None = None, joined: Moment | None = None) -> Moment | None:
        """What moment is printed, behind `start` of a stretch or `joined` to another; None: it cannot be told which."""
        sentence = bisect_left(self._ends, found.end())
        self._before = self._last, self._named
        moment = self._resolve(found, sentence, start, joined)
        if moment is None or not moment.exists:
            return None
        self._last = moment
        if moment.fiscal_year is not None:
            self._named = sentence, moment.fiscal_year
        return moment

    def forget(self) -> None:
        """The last moment was none that later ones could refer to (前年度比)."""
        self._last, self._named = self._before

    def _resolve(
        self, found: re.Match[str], sentence: int, start: Moment | None, joined: Moment | None
    ) -> Moment | None:
        parts = {name: text for name, text in found.groupdict().items() if text}
        part, fiscal = parts.get("part") or parts.get("stretch"), "fiscal" in parts or "joined" in parts
        printed, self._printed = self._printed, bool(parts.keys() & {"pointed", "named", "bare", "relative"})
        if "within" in parts:
            end = re.sub("^年度[内中]?", "", parts["within"]) or part
            return Moment(self._fiscal_year, part=end, fiscal=True) if self._fiscal_year is not None else None
        if "pointed" in parts:
            year, *rest = re.split("[./]", parts["pointed"])
            pointed = [*map(_count, rest), None]
            return Moment(self._year(year), pointed[0], pointed[1], part)
        month, day = (_count(parts[name]) if name in parts else None for name in ("month", "day"))
        if "stretch" in parts and (month is not None or "decade" in parts):
            return None
        if "named" in parts:
            year = self._year(parts["named"])
        elif "bare" in parts:
            if _OTHER_YEARS.search(found.string[max(0, found.start() - 2) : found.start()]):
                return None
            bare = self._bare(parts["bare"], fiscal or (month is not None and start is not None))
            bare = self._nearby(parts["bare"]) if bare is None and month is not None else bare
            if bare is None:
                return None
            year = bare
        elif "relative" in parts:
            told = self._told(parts["relative"], fiscal, month, sentence)
            if told is None:
                return None
            year = told
        else:
            self._printed = printed and (start or joined) is not None
            return self._without_year(parts, part, start, joined if printed or "on" in parts else None)
        if "decade" in parts:
            return Moment(year, decade=True) if year % 10 == 0 and month is None else None
        if fiscal and month is not None:
            return Moment(in_fiscal_year(month, year), month, day, part)
        return Moment(year, month, day, part, fiscal)

    def _year(self, text: str) -> int:
        """The year that an era and a number, or a number alone, name."""
        words = re.search("[一二三四五六七八九十〇]+$", text)
        plain = text[: words.start()] + str(numeral(words[0])) if words else text
        era = re.fullmatch(ERA_YEAR, plain)
        if era is None:
            return int(plain)
        self._era = era["era"]
        return gregorian(era["era"], era["era_year"])

    def _bare(self, text: str, fiscal: bool) -> int | None:
        """The year of an era that is not printed: the one last named, else for a fiscal year the report's."""
        if self._era is not None:
            return gregorian(self._era, "元" if text == "元" else str(_count(text)))
        return column_year(f"{text}年度", self._fiscal_year) if fiscal and self._fiscal_year is not None else None

    def _nearby(self, text: str) -> int | None:
        """The year of an era that is not printed (5年10月1日), where it is the report's or one beside it."""
        if self._fiscal_year is None:
            return None
        year = column_year(f"{text}年度", self._fiscal_year)
        return year if year is not None and abs(year - self._fiscal_year) <= 1 else None

    def _told(self, word: str, fiscal: bool, month: int | None, sentence: int) -> int | None:
        """The year of 昨年度, 翌年: by the report where it is a fiscal year, else by the year named before."""
        if fiscal and word in _OF_REPORT:
            return None if self._fiscal_year is None else self._fiscal_year + _OF_REPORT[word]
        if word not in _OF_NAMED:
            return None
        if not fiscal:
            # Of a fiscal year named before, 同年1月 would lie in one of two years.
            unclear = self._last is None or (self._last.fiscal and word == "同" and month is not None and month < 4)
            return None if unclear or self._last is None else self._last.year + _OF_NAMED[word]
        if self._named is not None and self._named[0] == sentence:
            return self._named[1] + _OF_NAMED[word]
        return None if self._fiscal_year is None or word == "同" else self._fiscal_year + _OF_NAMED[word]

    def _without_year(
        self, parts: dict[str, str], part: str | None, start: Moment | None, joined: Moment | None
    ) -> Moment | None:
        """A month or day without its year: of the stretch's beginning, of what it is joined to, of the fiscal year."""
        base = start or joined
        if "alone" in parts:
            month, day = _count(parts["alone"]), _count(parts["of"]) if "of" in parts else None
            if base is not None and base.month is not None:
                return behind(base, Moment(base.year, month, day, part))
            if self._fiscal_year is None:
                return None
            return Moment(in_fiscal_year(month, self._fiscal_year), month, day, part)
        day = _count(parts["on"]) if "on" in parts else None
        if "next" not in parts:
            return Moment(base.year, base.month, day, part) if base is not None and base.month is not None else None
        last = self._last
        if last is None or last.month is None:
            return None
        months = last.year * 12 + last.month - 1 + {"同": 0, "翌": 1, "前": -1}[parts["next"]]
        return Moment(months // 12, months % 12 + 1, day, part)
