"""Values: what a cell says, as state, amounts and period. A number is matched whole, or the cell is unreadable."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from extractor.interpret.numbers import RUN, number
from extractor.interpret.periods import Period, period, without_times
from extractor.model.record import Quantity, Status
from extractor.signs import LINES, UNSURE_MINUS, WAVES
from extractor.vocabulary import alternatives, vocabulary

# Signs of full width as their plain ones, so that one pattern finds both; what counts (％, ㎡) and ～ stay as printed.
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in "％～"}
# Numerals of other kinds: taken for words they would be lost, taken for figures they might be misread. (m² is a unit.)
_ODD_NUMERAL = re.compile(r"(?![0-9])\d|(?<!m)[²³]|[¹¼½¾⅐-ↂ↉⁰-₉]")
# Signs that say in print that there is no value.
_ABSENT = re.compile(rf"^[{LINES}{WAVES}]{{1,3}}$")
_BRACKET = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")
_LOOSE_DASH = re.compile(rf"\s*[{LINES}]\s+[0-9]")
# A bracket without a figure, such as a remark behind a dash.
_WORDS_IN_BRACKET = re.compile(r"[(\[【〔][^0-9()\[\]【】〔〕]*[)\]】〕]")
# What may stand directly behind an amount: its end, a blank, a separator, a bracket, a blanked-out time.
_END = re.compile(r"$|[\s、,。・;；:：()\[\]【】〔〕※■+＋]|[/／](?=\s*[0-9])")
# A mark that refers to a note elsewhere (10名※1).
_REFERENCE = re.compile(r"(?<=\S)[※*][0-9]{1,2}(?=$|[\s、,)])")
# A minus: no hyphen or dash of another kind is taken for it.
_MINUS = "-−"
# What before a figure, or its sign, makes it part of something that is not understood: letters easily taken for
# figures, points, other numerals, the end of a range, what may or may not be a minus.
_BROKEN_BEFORE = re.compile(
    rf"(?:(?<![A-Za-z])[lIOo|]|[0-9.,{LINES}{WAVES}{UNSURE_MINUS}一二三四五六七八九〇十百千万億兆壱弐参])$"
)
_SIGNS = frozenset({"Pd", "Sm", "Sc", "Sk"})
# Behind an amount: what turns it into a difference (22名 減).
_DIFFERENCE = re.compile(r"\s*\(?(?:増|減|不足|超過)")
# Three decimals of things that come whole: a point printed for a comma.
_POINT_FOR_COMMA = re.compile(r"[0-9]{1,3}\.[0-9]{3}")
# 内訳: what a bracket says of a part of the whole before it (うち県内 20名).
_PART = re.compile(r"(?:^|[\s、,(\[])(うち|内)[^0-9()\[\]、,]{1,15}$")


@dataclass(frozen=True, slots=True)
class Value:
    """A cell's value. `bare`: the cell holds its amounts and nothing in words besides. `why` says why unreadable."""

    status: Status
    quantities: tuple[Quantity, ...] = ()
    period: Period | None = None
    bare: bool = True
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The vocabulary as patterns: qualifiers that end at a place, one qualifier, a counter, qualifiers behind it."""

    before: re.Pattern[str]
    qualifier: re.Pattern[str]
    unit: re.Pattern[str]
    after: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    words = vocabulary()
    # A word may be spread out (合　計).
    spread = sorted(words.qualifiers.before, key=lambda word: (-len(word), word))
    one = "|".join(r"\s?".join(map(re.escape, word)) for word in spread)
    begins = r"(?:^|(?<=[\s、,。・/／;；:：()\[\]【】〔〕※■①-⑳])|(?<=間))\(?"
    return _Patterns(
        before=re.compile(rf"{begins}((?:(?:{one})\s*)+)\)?\s*$"),
        qualifier=re.compile(one),
        unit=re.compile(rf"\s?({alternatives(words.counters.words)})"),
        after=re.compile(rf"({alternatives(words.qualifiers.after)})|\s?\(({alternatives(words.qualifiers.noted)})\)"),
    )


def _qualifiers_before(text: str) -> tuple[str, ...]:
    """The qualifiers at the end of a text, or うち where the bracket tells of a part."""
    if found := _patterns().before.search(text):
        return tuple(re.sub(r"\s", "", word) for word in _patterns().qualifier.findall(found[1]))
    part = _PART.search(text)
    return (part[1],) if part else ()


def _amount(text: str, start: int, end: int) -> tuple[Quantity, int] | None:
    """The amount whose figure stands at `start` to `end`, and where it ends; None where it is not understood whole."""
    value = number(text[start:end])
    if value is None:
        return None
    unit = _patterns().unit.match(text, end)
    stop = unit.end() if unit else end
    after = _patterns().after.match(text, stop)
    last = after.end() if after else stop
    if not (_END.match(text, last) or (unit and _begins_amount(text, last))) or _DIFFERENCE.match(text, last):
        return None
    if unit and comes_whole(text[start:end], unit[1]):
        return None
    qualifiers = _qualifiers_before(text[:start])
    if after:
        qualifiers += (after[1] or after[2],)
    return Quantity(value=value, unit=unit[1] if unit else None, qualifiers=qualifiers), last


def comes_whole(figure: str, unit: str) -> bool:
    """Whether a figure has three decimals and counts what comes whole: a point printed for a comma (1.234人)."""
    return unit in vocabulary().counters.whole and _POINT_FOR_COMMA.fullmatch(figure) is not None


def _begins_amount(text: str, at: int) -> bool:
    """Whether another amount begins here (3日間延べ54名, 1組2名)."""
    while found := _patterns().qualifier.match(text, at):
        at = found.end()
    return bool(re.compile(r"\s*[0-9]").match(text, at))


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


def _leading_period(text: str, fiscal_year: int) -> tuple[str, Period | None]:
    """The text without the time that it begins with (4月～3月 12回), where that is the only one in it."""
    head, _, rest = text.partition(" ")
    found = period(head, fiscal_year) if rest and without_times(rest) == rest else None
    return (rest, found) if found else (text, None)


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
    plain = text.translate(_HALF_WIDTH).strip()
    if not plain:
        return Value("blank")
    if "\ufffd" in plain:
        return Value("unreadable", why="a character could not be read")
    if odd := _ODD_NUMERAL.search(plain):
        return Value("unreadable", why=f"{odd[0]} is no plain figure")
    rest, when = _periods(plain, fiscal_year)
    if when is None:
        rest, when = _leading_period(rest, fiscal_year)
    if is_absent(_WORDS_IN_BRACKET.sub("", rest)):
        return Value("absent", period=when)
    return _amounts(without_times(_REFERENCE.sub("", rest)), when)


def _amounts(text: str, when: Period | None) -> Value:
    if _LOOSE_DASH.match(text):
        return Value("unreadable", period=when, why="it is not known whether the dash is a minus")
    quantities = []
    left = ""
    at = 0
    while run := RUN.search(text, at):
        start = run.start()
        found = None if _broken_before(text, start) else _amount(text, start, run.end())
        if found is None:
            return Value(
                "unreadable", period=when, why=f"{run[0].strip()} is not understood with what stands beside it"
            )
        quantity, stop = found
        quantities.append(quantity)
        left += text[at:start]
        at = stop
    tail = text[at:]
    if not quantities:
        return Value("unreadable", period=when, why="there is no number in it")
    if any(map(is_absent, f"{left} {tail}".split())):
        return Value("unreadable", period=when, why="a dash stands beside a number")
    bare = not re.search(r"\w", (_patterns().qualifier.sub("", left) + tail).replace("■", ""))
    if (len(quantities) > 1 or not bare) and any(quantity.unit is None for quantity in quantities):
        return Value("unreadable", period=when, why="it holds a number that nothing counts, beside other things")
    return Value("read", tuple(quantities), when, bare=bare)


def _broken_before(text: str, start: int) -> bool:
    """Whether what stands before a figure leaves it in doubt: part of a word, a range's end, a dash or minus."""
    before = text[:start]
    if text[start] in _MINUS:
        return bool(before) and not re.search(r"[\s:：(\[【、,]$", before)
    # Other signs of mathematics and money (±, ≧, ¥, …) change what a figure says; a plus does not.
    sign = before[-1:]
    return bool(_BROKEN_BEFORE.search(before)) or (sign != "+" and unicodedata.category(sign or "x") in _SIGNS)


def is_absent(text: str) -> bool:
    """Whether a cell holds a dash alone, which says in print that there is no value.

    >>> [is_absent(text) for text in ("－", "—", "ー", "", "-5", "なし")]
    [True, True, True, False, False, False]
    """
    return bool(_ABSENT.match(text.strip()))


def read_amount(text: str, unit: str) -> tuple[int | None, str | None]:
    """A budget cell in thousand yen, where its column is in `unit`, and why it could not be read.

    A blank or a dash gives neither.

    >>> read_amount("4,789", "千円"), read_amount("△12", "百万円"), read_amount("－", "千円")
    ((4789, None), (-12000, None), (None, None))
    >>> read_amount("4,7B9", "千円")[1], read_amount("1,500", "円")[1]
    ('it is not a number', 'it is no whole number of thousand yen')
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain or is_absent(plain):
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
