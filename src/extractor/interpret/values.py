"""Values: what a cell says, as state, amounts and period. A number is matched whole, or the cell is unreadable."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from extractor.interpret.numbers import RUN, number
from extractor.interpret.periods import Period, period, without_times
from extractor.model.record import Quantity, Status
from extractor.vocabulary import alternatives, vocabulary

# Signs that say in print that there is no value.
_ABSENT = re.compile(r"^[-‐‑‒–—―−－ーｰ─━〜～~]{1,3}$")
_BRACKET = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")
# What may stand directly behind an amount: its end, a blank, a separator, a bracket, a blanked-out time.
_END = re.compile(r"$|[\s、,。・／/;；:：()\[\]【】〔〕※■+＋]")


@dataclass(frozen=True, slots=True)
class Value:
    """A cell's value. `bare`: the cell holds its amounts and nothing in words besides. `why` says why unreadable."""

    status: Status
    quantities: tuple[Quantity, ...] = ()
    period: Period | None = None
    bare: bool = True
    why: str = ""


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = vocabulary()
    before = re.compile(
        rf"(?:^|(?<=[\s、,。・／/;；:：()\[\]【】〔〕※■])|(?<=間))((?:(?:{alternatives(words.qualifiers.before)})\s*)+)$"
    )
    unit = re.compile(rf"\s?({alternatives(words.counters.words)})")
    after = re.compile(rf"({alternatives(words.qualifiers.after)})")
    return before, unit, after


def _qualifiers_before(text: str) -> tuple[str, ...]:
    """The qualifiers at the end of a text."""
    found = _patterns()[0].search(text)
    return tuple(re.findall(alternatives(vocabulary().qualifiers.before), found[1])) if found else ()


def _amount(text: str, start: int, end: int) -> tuple[Quantity, int] | None:
    """The amount whose figure stands at `start` to `end`, and where it ends; None where it is not understood whole."""
    value = number(text[start:end])
    if value is None:
        return None
    _, unit_pattern, after_pattern = _patterns()
    before = _qualifiers_before(text[:start])
    # The longest counter behind which the amount may end, or go on with a qualifier or another amount.
    for unit in _units(text, end, unit_pattern):
        stop = end if unit is None else end + len(unit[0])
        after = after_pattern.match(text, stop)
        last = after.end() if after else stop
        if _END.match(text, last) or _begins_amount(text[last:]):
            qualifiers = before + ((after[1],) if after else ())
            return Quantity(value=value, unit=unit[1] if unit else None, qualifiers=qualifiers), last
    return None


def _units(text: str, at: int, pattern: re.Pattern[str]) -> list[re.Match[str] | None]:
    found = pattern.match(text, at)
    return [found, None] if found else [None]


def _begins_amount(text: str) -> bool:
    words = alternatives(vocabulary().qualifiers.before)
    return bool(re.match(rf"(?:{words})\s*\d", text))


def _periods(text: str, fiscal_year: int) -> tuple[str, Period | None]:
    """The text without the brackets that are periods, and the first of these."""
    first: Period | None = None

    def take(found: re.Match[str]) -> str:
        nonlocal first
        inside = period(found[1], fiscal_year)
        if inside is None:
            return found[0]
        first = first or inside
        return " "

    return _BRACKET.sub(take, text), first


def read_value(text: str, fiscal_year: int) -> Value:
    """What a cell of the column of `fiscal_year` says.

    >>> read_value("6件 8名", 2023).quantities[1]
    Quantity(value=8, unit='名', qualifiers=(), component=None)
    >>> [read_value(text, 2023).status for text in ("22名", "－", "", "十数社", "1,23名", "22各")]
    ['read', 'absent', 'blank', 'unreadable', 'unreadable', 'unreadable']
    >>> value = read_value("1,000名 (8月～10月)", 2022)
    >>> value.quantities[0].value, value.period.edtf
    (1000, '2022-08/2022-10')
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return Value("blank")
    if "\ufffd" in plain:
        return Value("unreadable", why="a character could not be read")
    rest, when = _periods(plain, fiscal_year)
    if _ABSENT.match(rest.strip()):
        return Value("absent", period=when)
    return _amounts(without_times(rest), when)


def _amounts(text: str, when: Period | None) -> Value:
    quantities = []
    left = ""
    at = 0
    for run in RUN.finditer(text):
        if run.start() < at:
            return Value("unreadable", period=when, why=f"{run[0]} is not understood")
        start = run.start()
        if text[start] in "-−" and left + text[at:start].strip() != "":
            start += 1  # a minus begins a cell; elsewhere the sign is a dash between words
        found = _amount(text, start, run.end())
        if found is None:
            return Value(
                "unreadable", period=when, why=f"{run[0].strip()} is not understood with what stands beside it"
            )
        quantity, stop = found
        quantities.append(quantity)
        left += text[at:start]
        at = stop
    left += text[at:]
    if not quantities:
        return Value("unreadable", period=when, why="there is no number in it")
    words = re.sub(alternatives(vocabulary().qualifiers.before), "", left)
    bare = not re.search(r"\w", words.replace("■", ""))
    return Value("read", tuple(quantities), when, bare=bare)


def read_amount(text: str, unit: str) -> tuple[int | None, str | None]:
    """A budget cell in thousand yen, where its column is in `unit`, and why it could not be read.

    A blank or a dash gives neither.

    >>> read_amount("4,789", "千円"), read_amount("△12", "百万円"), read_amount("－", "千円")
    ((4789, None), (-12000, None), (None, None))
    >>> read_amount("4,7B9", "千円")[1], read_amount("1,500", "円")[1]
    ('it is not a number', 'it is no whole number of thousand yen')
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain or _ABSENT.match(plain):
        return None, None
    found = re.fullmatch(r"(.*?)\s*([百千万億]*円)?", plain)
    figure = number(found[1]) if found else None
    if found is None or figure is None:
        return None, "it is not a number"
    scales = {"円": 1, "千円": 1000, "万円": 10**4, "百万円": 10**6, "億円": 10**8}
    scale = scales.get(found[2] or unit)
    if scale is None:
        return None, f"its unit {found[2] or unit} is not known"
    yen = figure * scale
    return (int(yen // 1000), None) if yen % 1000 == 0 else (None, "it is no whole number of thousand yen")
