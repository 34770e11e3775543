"""Moments: a day, month, year or fiscal year, and stretches of them, in EDTF (ISO 8601-2)."""

import re
from calendar import monthrange
from dataclasses import dataclass, replace

from extractor.grammar.characters import LINES, WAVES

# Months and days in figures, and in words as prose has them too.
MONTH, DAY = "1[0-2]|0?[1-9]", "3[01]|[12][0-9]|0?[1-9]"
MONTH_IN_WORDS = "十[一二]?|[一二三四五六七八九]"
DAY_IN_WORDS = "三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九]"
# Thirds of a month (旬): the first and the last day; None: the month's last.
_THIRDS = {"上旬": (1, 10), "初旬": (1, 10), "中旬": (11, 20), "下旬": (21, None)}
_ABOUT = ("頃", "ごろ")
# Parts that have no first and no last day: a time with one is left without its date.
VAGUE = ("初め", "はじめ", "半ば", "中頃", "中ごろ", "前半", "後半")
# The beginning of a fiscal year, as 末 is its last day.
OUTSET = "当初(?!予算|計画|事業|額)|初め|始め|はじめ"
# Seasons, by their numbers in ISO 8601-2.
_SEASONS = {"春": 21, "夏": 22, "秋": 23, "冬": 24}
SEASON = "[春夏秋冬](?:[季期]|(?=[^一-鿿]))"
PART = "|".join((*_THIRDS, *VAGUE, "末", *_ABOUT, OUTSET, rf"(?:{SEASON})(?=[にかまと、。～・のは]|以降|及び|頃|$)"))
# Halves and quarters of a year: from which month of it on, and how many.
_STRETCHES = {"上半期": (0, 6), "上期": (0, 6), "下半期": (6, 6), "下期": (6, 6)}
_STRETCHES |= {f"第{count}四半期": (3 * place, 3) for place in range(4) for count in ("1234"[place], "一二三四"[place])}
HALF = "[上下]半?期"
STRETCH = "|".join(_STRETCHES)
# Behind points (R6.2.29) and a bare era year (R5) nothing may stand that would make a counted number of them.
CLOSED = (
    rf"(?=$|[\s{LINES}{WAVES}、。，・,()（）\[\]【】:：/■]"
    r"|現在|時点|末|付|以|卒|採用|入学|開催|実|から|まで|の|に|と|や|及び|並びに|対象|分(?!間))"
)
# What stands behind a moment and makes it the end of a stretch, or its beginning.
_UNTIL, _SINCE = frozenset({"まで", "以前"}), frozenset({"～", "から", "以来", "以降", "以後"})
_APRIL = 4


def in_fiscal_year(month: int, fiscal_year: int) -> int:
    """Find the calendar year of a month that is printed without one.

    Args:
        month: The month, 1 to 12.
        fiscal_year: The fiscal year in which it lies.

    Returns:
        The fiscal year itself for April to December, the next year for January to March.

    >>> in_fiscal_year(4, 2023), in_fiscal_year(3, 2023)
    (2023, 2024)
    """
    return fiscal_year if month >= _APRIL else fiscal_year + 1


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, month, year, decade or fiscal year.

    `part` is what is printed of it (上旬, 末, 頃, 上半期).

    >>> str(Moment(2023, 8, part="下旬")), str(Moment(2024, 3, part="末")), str(Moment(2023, fiscal=True))
    ('2023-08-21/2023-08-31', '2024-03-31', '2023-04/2024-03')
    """

    year: int
    month: int | None = None
    day: int | None = None
    part: str | None = None
    fiscal: bool = False
    decade: bool = False

    @property
    def is_possible(self) -> bool:
        """Whether the calendar has such a day or part: no month has a season, no year a third."""
        part = self.part or ""
        if part in VAGUE and not self.fiscal:
            return False
        if self.month is not None and (part[:1] in _SEASONS or part[:2] == "当初"):
            return False
        if self.month is None and part in _THIRDS:
            return False
        return self.day is None or (self.month is not None and 1 <= self.day <= monthrange(self.year, self.month)[1])

    @property
    def fiscal_year(self) -> int | None:
        """The fiscal year in which it lies; None of a calendar year, which lies in two."""
        if self.fiscal:
            return self.year
        if self.month is None:
            return None
        return self.year if self.month >= _APRIL else self.year - 1

    @property
    def first_and_last(self) -> tuple[str, str]:
        """Its first and its last day, month or year in EDTF."""
        about = "~" if self.part in _ABOUT else ""
        if self.decade:
            return (f"{self.year // 10}X",) * 2
        return self._limit_year(about) if self.month is None else self._limit_month(self.month, about)

    def _limit_year(self, about: str) -> tuple[str, str]:
        if stretch := _STRETCHES.get(self.part or ""):
            first = self.year * 12 + stretch[0] + 3 * self.fiscal
            last = first + stretch[1] - 1
            return f"{first // 12:04d}-{first % 12 + 1:02d}", f"{last // 12:04d}-{last % 12 + 1:02d}"
        if season := _SEASONS.get((self.part or " ")[0]):
            return (f"{self.year:04d}-{season}",) * 2
        if self.fiscal and re.fullmatch(OUTSET, self.part or ""):
            return (f"{self.year:04d}-04-01",) * 2
        if self.fiscal:
            return (f"{self.year + 1}-03-31",) * 2 if self.part == "末" else (f"{self.year}-04", f"{self.year + 1}-03")
        return (f"{self.year}-12-31" if self.part == "末" else f"{self.year:04d}{about}",) * 2

    def _limit_month(self, month_number: int, about: str) -> tuple[str, str]:
        month = f"{self.year:04d}-{month_number:02d}"
        final = monthrange(self.year, month_number)[1]
        if self.day is not None:
            return (f"{month}-{self.day:02d}{about}",) * 2
        if self.part == "末":
            return (f"{month}-{final}",) * 2
        if third := _THIRDS.get(self.part or ""):
            return f"{month}-{third[0]:02d}", f"{month}-{third[1] or final}"
        return (f"{month}{about}",) * 2

    def __str__(self) -> str:
        first, last = self.first_and_last
        return first if first == last else f"{first}/{last}"


def date_behind(start: Moment, end: Moment) -> Moment:
    """Date the end of a stretch that is printed without its year.

    Args:
        start: The beginning of the stretch.
        end: Its end; its year is not looked at.

    Returns:
        The end in the first year in which it does not lie before the beginning.

    >>> str(date_behind(Moment(2023, 12), Moment(2023, 3)))
    '2024-03'
    """
    is_earlier = (end.month or 0, end.day or 31) < (start.month or 0, start.day or 0)
    return replace(end, year=start.year + is_earlier)


def stretch_to_edtf(start: Moment, end: Moment) -> str | None:
    """Write the stretch between two moments.

    Args:
        start: Its first moment.
        end: Its last moment.

    Returns:
        An EDTF interval; None where it would end before it begins.

    >>> stretch_to_edtf(Moment(2023, 8), Moment(2023, 10)), stretch_to_edtf(Moment(2023, 8), Moment(2022, 10))
    ('2023-08/2023-10', None)
    """
    first, last = start.first_and_last[0], end.first_and_last[1]
    shared = min(len(first.rstrip("~")), len(last.rstrip("~")))
    return f"{first}/{last}" if first[:shared] <= last[:shared] else None


def moment_to_edtf(moment: Moment, behind: str | None = None) -> str:
    """Write a moment, or the open stretch that it bounds.

    Args:
        moment: The moment.
        behind: What is printed behind it (から, まで, ～, 現在).

    Returns:
        An EDTF interval open at one end behind から, ～, 以降, まで and the like; else the moment's EDTF.

    >>> [moment_to_edtf(Moment(2023, 8), behind) for behind in ("から", "まで", "現在", None)]
    ['2023-08/..', '../2023-08', '2023-08', '2023-08']
    """
    first, last = moment.first_and_last
    return f"../{last}" if behind in _UNTIL else f"{first}/.." if behind in _SINCE else str(moment)
