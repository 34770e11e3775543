"""Values: what a cell says, as state, amounts and period. A number is matched whole, or the cell is unreadable."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from extractor.grammar.cell_amounts import NotUnderstood, pair_brackets, read_tokens
from extractor.grammar.cell_tokens import cut_into_tokens
from extractor.grammar.characters import LINES, WAVES
from extractor.grammar.numerals import hides_figure, number
from extractor.grammar.periods import Period, period, without_times
from extractor.grammar.vocabulary import alternatives, vocabulary
from extractor.records.messages import Message, make_message
from extractor.records.report import Quantity, Status

# Signs of full width as their plain ones, so that one pattern finds both; what counts (％, ㎡) and ～ stay as printed.
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in "％～"}
# Numerals of other kinds: taken for words they would be lost, taken for figures they might be misread. (m² is a unit.)
_ODD_NUMERAL = re.compile(r"(?![0-9])\d|(?<!m)[²³]|[¹¼½¾⅐-ↂ↉⁰-₉]")
# Signs that say in print that there is no value.
_ABSENT = re.compile(rf"^[{LINES}{WAVES}]{{1,3}}$")
_BRACKET = re.compile(
    "|".join(rf"{re.escape(a)}([^()\[\]【】〔〕]*){re.escape(b)}" for a, b in ("()", "[]", "【】", "〔〕"))
)
_LOOSE_DASH = re.compile(rf"\s*[{LINES}]\s+[0-9]")
# A bracket without a figure, such as a remark behind a dash.
_WORDS_IN_BRACKET = re.compile(r"[(\[【〔][^0-9()\[\]【】〔〕]*[)\]】〕]")
# A mark that refers to a note elsewhere (10名※1).
_REFERENCE = re.compile(r"(?<=\S)[※*][0-9]{1,2}(?=$|[\s、,)])")
# What a cell holds besides its amounts.
_WORDS = frozenset({"bullet", "label", "particle"})


@dataclass(frozen=True, slots=True)
class Value:
    """A cell's value. `bare`: the cell holds its amounts and nothing in words besides. `why` says why unreadable."""

    status: Status
    quantities: tuple[Quantity, ...] = ()
    period: Period | None = None
    bare: bool = True
    why: Message | None = None


def _periods(text: str, fiscal_year: int) -> tuple[str, Period | None]:
    """The text without the brackets that are periods, and the first of these."""
    first: Period | None = None

    def take(found: re.Match[str]) -> str:
        nonlocal first
        inside = period(found[found.lastindex or 0], fiscal_year)
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
        return Value("unreadable", why=make_message("unreadable.character"))
    if odd := _ODD_NUMERAL.search(plain):
        return Value("unreadable", why=make_message("unreadable.numeral", text=odd[0]))
    rest, when = _periods(plain, fiscal_year)
    if when is None:
        rest, when = _leading_period(rest, fiscal_year)
    if is_absent(_WORDS_IN_BRACKET.sub("", rest)):
        return Value("absent", period=when)
    return _amounts(_REFERENCE.sub("", rest), when)


def _amounts(text: str, when: Period | None) -> Value:
    if _LOOSE_DASH.match(text):
        return Value("unreadable", period=when, why=make_message("unreadable.dash"))
    tokens = cut_into_tokens(text)
    try:
        pair_brackets(tokens)
        quantities = read_tokens(tokens)
    except NotUnderstood as said:
        return Value("unreadable", period=when, why=said.why)
    if not quantities:
        return Value("unreadable", period=when, why=make_message("unreadable.no-number"))
    bare = not any(one.kind in _WORDS for one in tokens)
    if (len(quantities) > 1 or not bare) and any(quantity.unit is None for quantity in quantities):
        return Value("unreadable", period=when, why=make_message("unreadable.uncounted"))
    return Value("read", quantities, when, bare=bare)


def is_absent(text: str) -> bool:
    """Whether a cell holds a dash alone, which says in print that there is no value.

    >>> [is_absent(text) for text in ("－", "—", "ー", "", "-5", "なし")]
    [True, True, True, False, False, False]
    """
    return bool(_ABSENT.match(text.strip()))


def read_amount(text: str, unit: str) -> tuple[int | None, Message | None]:
    """A budget cell in thousand yen, where its column is in `unit`, and why it could not be read.

    A blank or a dash gives neither.

    >>> read_amount("4,789", "千円"), read_amount("△12", "百万円"), read_amount("－", "千円")
    ((4789, None), (-12000, None), (None, None))
    >>> str(read_amount("4,7B9", "千円")[1]), str(read_amount("1,500", "円")[1])
    ('it is not a number', 'it is no whole number of thousand yen')
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain or is_absent(plain):
        return None, None
    if hides_figure(text):
        return None, make_message("unreadable.not-number")
    if _LOOSE_DASH.match(plain):
        return None, make_message("unreadable.dash")
    found = re.fullmatch(r"(.*?)\s*([百千万億]*円)?", plain)
    figure = _signed(found[1]) if found else None
    if found is None or figure is None:
        return None, make_message("unreadable.not-number")
    scales = {"円": 1, "千円": 1000, "万円": 10**4, "百万円": 10**6, "億円": 10**8}
    scale = scales.get(found[2] or unit)
    if scale is None:
        return None, make_message("unreadable.unit-unknown", unit=found[2] or unit)
    yen = figure * scale
    return (int(yen // 1000), None) if yen % 1000 == 0 else (None, make_message("unreadable.not-whole"))


def _signed(text: str) -> int | Decimal | None:
    """The value of a figure with one sign or word of sign before it, alone or in a bracket; None: it is not one."""
    signs = vocabulary().signs
    word = alternatives(signs.all)
    found = re.match(rf"(?:\((?P<bracketed>{word})\)|(?P<sign>{word}|[-−+]))\s?(?=[0-9])", text)
    if found is None:
        return number(text)
    value = number(text[found.end() :])
    sign = found["bracketed"] or found["sign"]
    return -value if value is not None and (sign in "-−" or sign in signs.all_negative) else value
