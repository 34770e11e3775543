"""Moments: a day, month, year or fiscal year, and stretches of them, in EDTF (ISO 8601-2)."""

from calendar import monthrange
from dataclasses import dataclass, replace

# Thirds of a month (旬): the first and the last day; None: the month's last.
_THIRDS = {"上旬": (1, 10), "初旬": (1, 10), "中旬": (11, 20), "下旬": (21, None)}
PART = "上旬|初旬|中旬|下旬|末|頃|ごろ"
_ABOUT = {"頃", "ごろ"}
# Halves and quarters of a year: from which month of it on, and how many.
_STRETCHES = {"上半期": (0, 6), "上期": (0, 6), "下半期": (6, 6), "下期": (6, 6)}
_STRETCHES |= {f"第{count}四半期": (3 * place, 3) for place in range(4) for count in ("1234"[place], "一二三四"[place])}
HALF = "上半期|下半期"
STRETCH = rf"{HALF}|上期|下期|第[1-4一二三四]四半期"


def in_fiscal_year(month: int, fiscal_year: int) -> int:
    """The year of a month that is printed without one: April to December lie in the fiscal year's own, others next."""
    return fiscal_year if month >= 4 else fiscal_year + 1


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, month, year, decade or fiscal year; `part` is what is printed of it (上旬, 末, 頃, 上半期).

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
    def exists(self) -> bool:
        """Whether the calendar has such a day."""
        return self.day is None or (self.month is not None and 1 <= self.day <= monthrange(self.year, self.month)[1])

    @property
    def fiscal_year(self) -> int | None:
        """The fiscal year in which it lies; None of a calendar year, which lies in two."""
        if self.fiscal:
            return self.year
        if self.month is None:
            return None
        return self.year if self.month >= 4 else self.year - 1

    @property
    def ends(self) -> tuple[str, str]:
        """Its first and its last day, month or year."""
        about = "~" if self.part in _ABOUT else ""
        if self.decade:
            return (f"{self.year // 10}X",) * 2
        if self.month is None and (stretch := _STRETCHES.get(self.part or "")):
            first = self.year * 12 + stretch[0] + 3 * self.fiscal
            last = first + stretch[1] - 1
            return f"{first // 12:04d}-{first % 12 + 1:02d}", f"{last // 12:04d}-{last % 12 + 1:02d}"
        if self.fiscal:
            return (f"{self.year + 1}-03-31",) * 2 if self.part == "末" else (f"{self.year}-04", f"{self.year + 1}-03")
        if self.month is None:
            return (f"{self.year}-12-31" if self.part == "末" else f"{self.year:04d}{about}",) * 2
        month = f"{self.year:04d}-{self.month:02d}"
        if self.day is not None:
            return (f"{month}-{self.day:02d}{about}",) * 2
        final = monthrange(self.year, self.month)[1]
        if self.part == "末":
            return (f"{month}-{final}",) * 2
        if third := _THIRDS.get(self.part or ""):
            return f"{month}-{third[0]:02d}", f"{month}-{third[1] or final}"
        return (f"{month}{about}",) * 2

    def __str__(self) -> str:
        first, last = self.ends
        return first if first == last else f"{first}/{last}"


def behind(start: Moment, end: Moment) -> Moment:
    """The end of a stretch that is printed without its year: it takes the first that does not lie before the start.

    >>> str(behind(Moment(2023, 12), Moment(2023, 3)))
    '2024-03'
    """
    before = (end.month or 0, end.day or 31) < (start.month or 0, start.day or 0)
    return replace(end, year=start.year + before)


def between(start: Moment, end: Moment) -> str | None:
    """The stretch between two moments; None where it would end before it begins.

    >>> between(Moment(2023, 8), Moment(2023, 10)), between(Moment(2023, 8), Moment(2022, 10))
    ('2023-08/2023-10', None)
    """
    first, last = start.ends[0], end.ends[1]
    shared = min(len(first.rstrip("~")), len(last.rstrip("~")))
    return f"{first}/{last}" if first[:shared] <= last[:shared] else None


def since(start: Moment) -> str:
    """From a moment on."""
    return f"{start.ends[0]}/.."


def until(end: Moment) -> str:
    """Up to a moment."""
    return f"../{end.ends[1]}"
